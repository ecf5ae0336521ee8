import type { Range } from "./ranges.ts";

/**
 * What a part of a prefix is. All of its own usable addresses are in exactly one range; `free` and `kept-free` hold many
 * addresses, the others one.
 */
export type RangeKind = "free" | "kept-free" | "reserved" | "assigned" | "quarantined";

/** For whom and on what grounds an address is given, or a range kept free. */
export type Grounds = {
  /** What it is for: a server, a device, an application. */
  name: string;
  /** Whose it is; null for a range that is kept free. */
  officeId: number | null;
  ticketId: number | null;
  /** Number of the letter, where there is one. */
  letter: string | null;
};

/** A range as rules see it. */
export type PresentRange = Range & {
  id: number;
  prefixId: number;
  kind: RangeKind;
  /** When a reservation or a quarantine ends. */
  until: Date | null;
};
