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
  "host-unreachable",
  "host-untrusted",
  "image-missing",
  "image-not-in-registry",
  "image-too-large",
  "image-unreadable",
  "isolated",
  "memory-exceeded",
  "name-taken",
  "no-answer",
  "not-finished",
  "other",
  "plan-outdated",
  "profile-changed",
  "program-changed",
  "protected",
  "proxy-missing",
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

/** What was seen by the machine's own requests before "done" is said (R13). From the internet it cannot always be asked. */
export const seenFrom = ["passed", "not-applicable", "not-tested"] as const;
export type SeenFrom = (typeof seenFrom)[number];
