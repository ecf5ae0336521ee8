/** What is shown of what stands, beside the notices of it. */
export type WatchScreen =
  /** What was found about a stack: changes by hand, and who wrote its state. */
  { kind: "watch"; stack: string };
