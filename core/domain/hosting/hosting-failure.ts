/** Why a machine could not plan or build an application, as the desk reads it. */
export const hostingFailures = [
  "access-over",
  "address-taken",
  "approvals-frozen",
  "archive-unreadable",
  "being-changed",
  "database-silent",
  "disk-full",
  "docker-missing",
  "dump-unreadable",
  "former-name-needed",
  "host-unreachable",
  "host-untrusted",
  "image-missing",
  "image-not-in-registry",
  "image-too-large",
  "image-unreadable",
  "isolated",
  "memory-exceeded",
  "name-taken",
  "network-given-up",
  "no-answer",
  "not-finished",
  "other",
  "plan-outdated",
  "profile-changed",
  "program-changed",
  "protected",
  "proxy-address-reserved",
  "proxy-missing",
  "psql-outdated",
  "pulumi-missing",
  "registry-unreachable",
  "stack-locked",
  "state-unreachable",
  "store-full",
  "subnet-taken",
  "too-slow",
  "unhealthy",
  "wrong-passphrase",
] as const;
export type HostingFailure = (typeof hostingFailures)[number];

/** What no other answers would mend: of a host, of what it fetches, or of Simpul's own machine. */
const ofMachines: ReadonlySet<HostingFailure> = new Set([
  ...([
    "disk-full",
    "docker-missing",
    "host-unreachable",
    "host-untrusted",
    "memory-exceeded",
    "not-finished",
  ] as const),
  ...([
    "other",
    "proxy-missing",
    "psql-outdated",
    "pulumi-missing",
    "registry-unreachable",
    "stack-locked",
    "state-unreachable",
  ] as const),
  ...(["store-full", "too-slow", "wrong-passphrase"] as const),
]);

export function isOfMachines(why: HostingFailure): boolean {
  return ofMachines.has(why);
}

/** Who holds a stack of Pulumi's, perhaps for ever: a lock has no end, and whether its holder lives is seen on their machine alone. */
export type StackLock = {
  stack: string;
  /** "root@simpul-1" */
  holder: string;
  /** as Pulumi writes it: "2026-11-28T08:41:19+07:00" */
  since: string;
};

/** What is told of work that failed. @property lock of a stack that somebody holds */
export type FailedWork = { why: HostingFailure; lock?: StackLock | undefined };

/** What was seen by the machine's own requests before "done" is said (R13). From the internet it cannot always be asked. */
export const seenFrom = ["passed", "not-applicable", "not-tested"] as const;
export type SeenFrom = (typeof seenFrom)[number];
