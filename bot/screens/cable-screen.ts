/** What is shown of cables and ports. */
export type CableScreen =
  | { kind: "cables"; page: number; unprinted?: true }
  | { kind: "cables-of-ticket"; ticketId: number; page: number }
  | { kind: "cable"; cableId: number }
  /** Asks once more before it is removed. */
  | { kind: "cable-removing"; cableId: number; labelId: number }
  | { kind: "cables-found"; text: string; page: number }
  /** Which port of a device goes where. */
  | { kind: "device-ports"; assetId: number; page: number }
  | { kind: "cable-export" };
