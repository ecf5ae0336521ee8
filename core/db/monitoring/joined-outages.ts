import { behindOf, isPlainlyDown } from "../../domain/monitoring/present.ts";
import type { JoinedOutage } from "../../domain/monitoring/trouble.ts";
import type { Db } from "../tables.ts";
import { findTicket } from "../ticket/tickets.ts";
import { findIncidentOf } from "./incidents.ts";
import type { StoredOutage } from "./outages.ts";
import type { Present } from "./present-states.ts";

/** An outage as who wants to join it finds it, with its ticket, if there is one. */
export type FoundOutage = JoinedOutage & { outage: StoredOutage; ticketId: number | undefined };

/** @param present all that is watched, as it is now */
export async function findJoinedOutage(
  db: Db,
  outage: StoredOutage,
  present: Pick<Present, "all">,
): Promise<FoundOutage> {
  const root = present.all.get(outage.targetId);
  const behind = behindOf(present, outage.targetId);
  const ticketId = (await findIncidentOf(db, outage.id))?.ticketId;
  const ticket = ticketId === undefined ? undefined : await findTicket(db, ticketId);
  return {
    ...{ outage, ticketId, endedAt: outage.endedAt },
    officeIds: root === undefined ? [] : [root, ...behind].map(({ officeId }) => officeId),
    isPlain: root !== undefined && isPlainlyDown(root),
    ticket: ticket === undefined ? null : { hasEnded: ticket.endedAt !== null },
  };
}
