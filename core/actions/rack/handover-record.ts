import { insertPaper } from "../../db/papers.ts";
import { findHandover } from "../../db/rack/handovers.ts";
import type { Tx } from "../../db/tables.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { maySeeHandover } from "../../domain/rack/handover-rules.ts";
import type { Setting } from "../setting.ts";

/** Has the record of a handover (BAST) printed for who asks, to be signed by both sides. */
export async function askForHandoverRecord(
  tx: Tx,
  person: Person,
  { now, tasks }: Setting,
  { handoverId, regency }: { handoverId: number; regency: string },
): Promise<Outcome> {
  const handover = await findHandover(tx, handoverId);
  if (handover === undefined) return refuse("no-such-handover");
  const ticket = handover.ticketId === null ? undefined : await findTicket(tx, handover.ticketId);
  if (!maySeeHandover(person, ticket)) return refuse("no-such-handover");
  const details = { handoverId, regency };
  const paperId = await insertPaper(tx, { personId: person.id, kind: "handover-record", details, now });
  await tasks.enqueue(tx, "make-paper", { paperId });
  return accept();
}
