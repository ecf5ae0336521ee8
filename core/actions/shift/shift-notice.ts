export type ShiftNotice =
  /** Asks somebody to take over being on duty. */
  | { kind: "shift-offered"; shiftId: number; toPersonId: number }
  /** For who was on duty: who is now, or, without a successor, who ended it for them. */
  | { kind: "shift-over"; shiftId: number; byPersonId: number }
  /** Whose day it is by the roster, 2026-11-30; afterwards that it no longer is. */
  | { kind: "duty-today"; day: string; personId: number }
  /** For who is still on duty from a day before: whose day it is. */
  | { kind: "hand-over-due"; shiftId: number; toPersonId: number };
