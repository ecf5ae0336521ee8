/** Why a machine could not plan or build an application, as the desk reads it. */
export const hostingFailures = [
  "address-taken",
  "disk-full",
  "docker-missing",
  "host-unreachable",
  "image-missing",
  "image-unreadable",
  "memory-exceeded",
  "name-taken",
  "no-answer",
  "not-finished",
  "other",
  "profile-changed",
  "protected",
  "pulumi-missing",
  "stack-locked",
  "state-unreachable",
  "subnet-taken",
  "too-slow",
  "unhealthy",
  "wrong-passphrase",
] as const;
export type HostingFailure = (typeof hostingFailures)[number];

/** What was seen by the machine's own requests before "done" is said (R13). From the internet it cannot always be asked. */
export const seenFrom = ["passed", "not-applicable", "not-tested"] as const;
export type SeenFrom = (typeof seenFrom)[number];
