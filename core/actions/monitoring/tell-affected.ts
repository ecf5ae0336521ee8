import { findIncident, markAffectedTold } from "../../db/monitoring/incidents.ts";
import type { Tx } from "../../db/tables.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";

/** The ticket of an outage has ended: who joined it is told, once, also where it is reopened and ends again. @param butNot who is told otherwise */
export async function tellAffected(
  tx: Tx,
  setting: Setting,
  { id: ticketId }: Pick<Ticket, "id">,
  butNot: readonly number[],
): Promise<void> {
  const incident = await findIncident(tx, ticketId);
  if (incident === undefined) return;
  const affected = await markAffectedTold(tx, incident.outageId, "told_at", setting.now);
  const ids = affected.filter((id) => !butNot.includes(id));
  await tell(tx, ids, { kind: "incident-over", ticketId }, setting);
}

/** What the ticket is about answers again: who joined may try, once, also where it falls and comes back after that. */
export async function tellAffectedOfReturn(
  tx: Tx,
  setting: Setting,
  { ticketId, outageId }: { ticketId: number; outageId: number },
): Promise<void> {
  const affected = await markAffectedTold(tx, outageId, "told_restored_at", setting.now);
  await tell(tx, affected, { kind: "incident-restored", ticketId }, setting);
}
