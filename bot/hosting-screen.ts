/** What is shown of hosting, beside the cards of its tickets. */
export type HostingScreen =
  /** What a machine has checked of the application of a ticket. */
  | { kind: "machine-checks"; ticketId: number; page: number }
  /** What one of these checks has found; `key`: see `machineCheckKey`. */
  | { kind: "machine-check"; ticketId: number; key: string }
  /** All that a machine hosts. */
  | { kind: "applications"; page: number }
  /** The plan of an application in full, as a file. */
  | { kind: "application-plan"; ticketId: number };
