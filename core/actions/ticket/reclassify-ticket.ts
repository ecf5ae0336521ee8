import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { findArrival } from "../../db/ticket/done-steps.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { findTicket, lockTicket, moveTicket } from "../../db/ticket/tickets.ts";
import { closeWorkOrder, findOpenWorkOrder } from "../../db/ticket/work-orders.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { subjectFor } from "../../domain/procedures/procedure.ts";
import { fieldsToReclassify, refusalOfReclassifying } from "../../domain/ticket/reclassify-rules.ts";
import { endMachineRun } from "../hosting/machine-progress.ts";
import { tell } from "../notices.ts";
import { tellIfNobodyHolds } from "../people/nobody-holds.ts";
import type { Setting } from "../setting.ts";
import { askApprovers, beginApproval, findPresentApproval, refreshApproval } from "./approvals.ts";
import { freeReserved } from "./free-reserved.ts";
import { readersOf, requesterSideOf } from "./readers-of-ticket.ts";
import { refreshCards, refreshQuestion } from "./refresh-cards.ts";
import { setClock } from "./set-clock.ts";

/**
 * Begins the ticket anew under another procedure, with its number, its files and all that was said. An open work order
 * is closed; the help desk issues the next one. Who worked on it and the requester's side are told.
 *
 * @param input.version of the ticket that the form was begun with
 * @param input.answers what the other procedure asks and the ticket does not answer yet, and a note
 */
export async function reclassifyTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; version: number; procedure: string; answers: Answers },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const to = findProcedure(input.procedure);
  const refusal = refusalOfReclassifying(ticket, person, to);
  if (refusal !== undefined) return { ok: false, refusal };
  if (ticket.version !== input.version) return refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state });
  const parsed = parseAnswers(fieldsToReclassify(ticket, to), input.answers, {
    now: setting.now,
    zone: setting.rules.zone,
    domain: setting.rules.names.domain,
  });
  if (!parsed.ok) return parsed;
  const { note, ...added } = parsed.value;

  const answers: Answers = { ...ticket.answers, ...added };
  const holder = to.states[to.initial]?.holder;
  if (holder === undefined) throw new Error(`re-classifying a ticket: nobody holds the first state of ${to.name}`);
  const readers = await readersOf(tx, ticket);
  const asked = ticket.holder === "user" ? await findArrival(tx, ticket.id, ticket.state) : undefined;
  const approval = await findPresentApproval(tx, ticket, setting);
  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "reclassified",
    personId: person.id,
    at: setting.now,
    answers: { "from-procedure": ticket.procedure, "to-procedure": to.name, ...added, ...(note && { note }) },
    fromState: ticket.state,
    toState: to.initial,
  });
  const at = { ticketId: ticket.id, procedure: to.name, state: to.initial, entryId };
  const approver = await beginApproval(tx, setting, at);
  await moveTicket(tx, ticket.id, {
    procedure: to.name,
    item: null,
    state: to.initial,
    holder: approver ?? holder,
    assignee_id: approver === undefined && hasRole(person, holder) ? person.id : null,
    subject: subjectFor(to, answers),
    occurred_at: answers["occurred-at"] === undefined ? ticket.occurredAt : new Date(answers["occurred-at"]),
    answers: JSON.stringify(answers),
    changed_at: setting.now,
  });
  await setClock(tx, ticket.id, setting);
  await freeReserved(tx, setting, ticket.id, { personId: person.id });
  await endMachineRun(tx, setting, { ticketId: ticket.id, step: "reclassified" });
  const order = await findOpenWorkOrder(tx, ticket.id);
  if (order !== undefined) await closeWorkOrder(tx, order, { personId: person.id, now: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "ticket-reclassified",
    subject: { kind: "ticket", id: ticket.id },
    details: { from: ticket.procedure, to: to.name, fromState: ticket.state, toState: to.initial, entryId },
  });
  await refreshCards(tx, ticket.id, setting);
  if (approval !== undefined) await refreshApproval(tx, ticket.id, approval, setting);
  const after = approver === undefined ? undefined : await findTicket(tx, ticket.id);
  if (after !== undefined) await askApprovers(tx, after, setting);
  else await tellIfNobodyHolds(tx, { id: ticket.id, holder }, setting);
  if (asked !== undefined) await refreshQuestion(tx, ticket.id, asked, setting);
  const others = [...readers, ...(await requesterSideOf(tx, ticket))].filter((id) => id !== person.id);
  await tell(tx, others, { kind: "reclassified", ticketId: ticket.id, entryId }, setting);
  return accept();
}
