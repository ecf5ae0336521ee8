export type NameNotice =
  | { kind: "name-import"; importId: number }
  /** All that is wrong in a list of names, as a document. */
  | { kind: "name-import-problems"; importId: number }
  /** For infrastructure: the file of a zone was refused by the check, so the former one stays. */
  | { kind: "zone-refused"; zone: string }
  /** For infrastructure: names that since that moment, ISO 8601, lead elsewhere than they should, or again as they should. */
  | { kind: "names-flagged"; changedAt: string };
