import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { changeTicket, lockTicket } from "../../db/ticket/tickets.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { pendingForm, refusalOfPending, refusalOfResuming } from "../../domain/ticket/pending-rules.ts";
import type { PendingOn, Ticket } from "../../domain/ticket/ticket.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { requesterSideOf, workersOf } from "./readers-of-ticket.ts";
import { refreshCards } from "./refresh-cards.ts";
import { setClock } from "./set-clock.ts";

/**
 * "Menunggu": the ticket waits for somebody or something until a day at the latest; then the clock brings it back. A
 * ticket that waits already waits anew. The requester, where it is for them, is told.
 */
export async function putOffTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; answers: Answers },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfPending(ticket, person);
  if (refusal !== undefined) return { ok: false, refusal };
  const parsed = parseAnswers(pendingForm, input.answers, { now: setting.now, zone: setting.rules.zone });
  if (!parsed.ok) return parsed;
  const answers = parsed.value;
  const pendingOn = answers["pending-on"] as PendingOn;
  const until = new Date(answers["pending-until"] ?? "");

  const by = { personId: person.id, at: setting.now };
  const entryId = await insertEntry(tx, { ticketId: ticket.id, kind: "pending", answers, ...by });
  await changeTicket(tx, ticket.id, {
    pending_on: pendingOn,
    pending_until: until,
    changed_at: setting.now,
  });
  await setClock(tx, ticket.id, setting);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "ticket-put-off",
    subject: { kind: "ticket", id: ticket.id },
    details: { on: pendingOn, until: until.toISOString(), entryId },
  });
  await refreshCards(tx, ticket.id, setting);
  if (pendingOn === "requester") {
    const readers = await requesterSideOf(tx, ticket);
    await tell(tx, readers, { kind: "pending-on-you", ticketId: ticket.id, entryId }, setting);
  }
  return accept();
}

/** "Lanjutkan": what it waited for has come before its time. */
export async function resumeTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfResuming(ticket, person);
  if (refusal !== undefined) return { ok: false, refusal };
  await goOn(tx, ticket, person.id, setting);
  const others = (await workersOf(tx, ticket)).filter((id) => id !== person.id);
  await tell(tx, others, { kind: "ticket-card", ticketId: ticket.id, news: "resumed" }, setting);
  return accept();
}

/** Ends the waiting: by a person, by the requester's answer, or by the clock (`personId` null). */
export async function goOn(tx: Tx, ticket: Ticket, personId: number | null, setting: Setting): Promise<void> {
  const entryId = await insertEntry(tx, { ticketId: ticket.id, kind: "resumed", personId, at: setting.now });
  await changeTicket(tx, ticket.id, {
    pending_on: null,
    pending_until: null,
    changed_at: setting.now,
  });
  await setClock(tx, ticket.id, setting);
  await writeJournal(tx, {
    at: setting.now,
    actorId: personId,
    ...(personId === null && ticket.holder !== null ? { onBehalfOf: ticket.holder } : {}),
    event: "ticket-resumed",
    subject: { kind: "ticket", id: ticket.id },
    details: { on: ticket.pendingOn, entryId },
  });
  await refreshCards(tx, ticket.id, setting);
}
