/** What is shown of hosting, beside the cards of its tickets. */
export type HostingScreen =
  /** What a machine has checked of the application of a ticket. */
  | { kind: "machine-checks"; ticketId: number; page: number }
  /** What one of these checks has found; `key`: see `machineCheckKey`. */
  | { kind: "machine-check"; ticketId: number; key: string }
  /** All that a machine hosts; of the person's office, where it is not their work. */
  | { kind: "applications"; page: number }
  | { kind: "application"; applicationId: number }
  /** The plan of an application in full, as a file. */
  | { kind: "application-plan"; ticketId: number };
