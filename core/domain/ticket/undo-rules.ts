import type { Role } from "../people/roles.ts";

/** What a step found: the ticket and its open work order, as they are when the step is taken back. Instants are ISO 8601. */
export type Before = {
  assigneeId: number | null;
  resolution: string | null;
  endedAt: string | null;
  workOrder: { id: number; holder: Role } | null;
};
