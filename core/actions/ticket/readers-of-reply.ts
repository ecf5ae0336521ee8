import { findIncident, listAffected } from "../../db/monitoring/incidents.ts";
import type { Db } from "../../db/tables.ts";
import { type Refusal, refuse } from "../../domain/outcome.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { reachable } from "../people/reachable.ts";
import { requesterSideOf } from "./readers-of-ticket.ts";

/** Who is to read what the desk replies, and can be reached: the requester's side, and of an outage's ticket all who joined it. */
export async function readersOfReply(db: Db, ticket: Ticket): Promise<number[]> {
  const incident = await findIncident(db, ticket.id);
  const affected = incident === undefined ? [] : await reachable(db, await listAffected(db, incident.outageId));
  return [...new Set([...(await requesterSideOf(db, ticket)), ...affected.map(({ personId }) => personId)])];
}

/** On a ticket that a machine opened: somebody who reads it has to be there. A requester who cannot be reached has a phone. */
export async function refusalOfReply(db: Db, ticket: Ticket): Promise<Refusal | undefined> {
  const isToNobody = ticket.channel === "monitor" && (await readersOfReply(db, ticket)).length === 0;
  return isToNobody ? refuse("nobody-affected").refusal : undefined;
}
