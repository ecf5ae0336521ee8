/** The parts of what a machine does on a host, in the order in which they mostly come. */
export const machineParts = [
  "image",
  "recovery",
  "preview",
  "update",
  "network",
  "volume",
  "database",
  "filling",
  "container",
  "database-asked",
  "routes",
  "name-asked",
  "drain",
  "removal",
] as const;
export type MachinePart = (typeof machineParts)[number];

/** How far a part has come. @property endedAt null: it is under way, or was when its worker died */
export type PartOfRun = { part: MachinePart; begunAt: Date; endedAt: Date | null };

/** What a machine does for a ticket, from its turn to its end. */
export type MachineRun = {
  id: number;
  ticketId: number;
  /** the state of the ticket in which it works */
  doing: string;
  begunAt: Date;
  /** null: it is under way */
  endedAt: Date | null;
  /** the step with which it ended */
  endedBy: string | null;
  parts: readonly PartOfRun[];
};
