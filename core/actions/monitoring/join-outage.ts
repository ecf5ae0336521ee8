import { writeJournal } from "../../db/journal/journal.ts";
import { insertAffected } from "../../db/monitoring/incidents.ts";
import { findJoinedOutage } from "../../db/monitoring/joined-outages.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { findOutage } from "../../db/monitoring/outages.ts";
import { findAllPresent } from "../../db/monitoring/present-states.ts";
import { findPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { attachDraftFiles } from "../../db/ticket/attachments.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import type { Answers } from "../../domain/form/field.ts";
import { joinParts } from "../../domain/form/parts.ts";
import { aboutReporter, refusalOfJoining, refusalOfNotingAffected } from "../../domain/monitoring/trouble.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { tellInPrivate } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";
import { openIncident } from "./open-incident.ts";

/** A complaint that was begun, and is not filed: what it says, and its files, come to the outage's ticket. */
export type Begun = { draftId: number; answers: Answers };

type Joining = { outageId: number; begun?: Begun | undefined };

/**
 * "Saya juga terdampak": somebody joins the ticket of an outage, once, and is told of its end. Where it has none yet one is
 * opened: somebody has noticed.
 *
 * @param input.personId whom the help desk notes as affected; absent: who does it
 * @returns the ticket's number
 */
export async function joinOutage(
  tx: Tx,
  person: Person,
  setting: Setting,
  { personId = person.id, ...input }: Joining & { personId?: number | undefined },
): Promise<Outcome<number>> {
  if (personId === person.id) return join(tx, person, setting, input);
  const mayNot = refusalOfNotingAffected(person);
  if (mayNot !== undefined) return { ok: false, refusal: mayNot };
  const affected = await findPerson(tx, personId);
  if (affected === undefined) return refuse("no-such-person");
  const joined = await join(tx, affected, setting, input, person);
  if (!joined.ok) return { ok: false, refusal: aboutReporter(joined.refusal) };
  await tellInPrivate(tx, [personId], { kind: "outage-joined", outageId: input.outageId }, setting);
  return joined;
}

/** @param actor who noted it, where that is somebody else */
async function join(
  tx: Tx,
  person: Person,
  setting: Setting,
  { outageId, begun }: Joining,
  actor = person,
): Promise<Outcome<number>> {
  const { now } = setting;
  await lockStates(tx);
  const outage = await findOutage(tx, outageId);
  const present = await findAllPresent(tx, now);
  // What is watched no more is nobody's.
  if (outage === undefined || !present.has(outage.targetId)) return refuse("outage-is-over");
  const found = await findJoinedOutage(tx, outage, { all: present });
  const mayNot = refusalOfJoining(person, found);
  if (mayNot !== undefined) return { ok: false, refusal: mayNot };
  const ticketId = found.ticketId ?? (await openIncident(tx, setting, outage));
  const ticket = await lockTicket(tx, ticketId);
  // It may just have been closed.
  if (ticket === undefined || ticket.endedAt !== null) return refuse("incident-ended");
  const joined = { outageId, personId: person.id, officeId: person.officeId, now };
  if (!(await insertAffected(tx, joined))) return refuse("affected-already", { ticketId });
  const words = joinParts([begun?.answers.place, begun?.answers.description, begun?.answers.contact]);
  const entryId = await insertEntry(tx, {
    ...{ ticketId, kind: "affected", personId: person.id, at: now, fromState: ticket.state, toState: ticket.state },
    answers: words === "" ? {} : { note: words },
  });
  const files = begun === undefined ? 0 : await attachDraftFiles(tx, begun.draftId, { ticketId, entryId });
  await writeJournal(tx, {
    ...{ at: now, actorId: actor.id, event: "outage-joined", subject: { kind: "ticket", id: ticketId } },
    details: { outageId, officeId: person.officeId, entryId, files, ...(actor !== person && { personId: person.id }) },
  });
  await refreshCards(tx, ticketId, setting);
  return accept(ticketId);
}
