import { attachDraftFiles } from "../db/attachments.ts";
import { findArrival, insertEntry, listCheckResults } from "../db/entries.ts";
import { writeJournal } from "../db/journal.ts";
import type { Tx } from "../db/tables.ts";
import { assignTicket, lockTicket, moveTicket } from "../db/tickets.ts";
import { closeWorkOrder, findOpenWorkOrder, issueWorkOrder, passWorkOrder } from "../db/work-orders.ts";
import type { Answers } from "../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { findProcedure } from "../domain/procedures/index.ts";
import type { Procedure, Step } from "../domain/procedures/procedure.ts";
import { decideStep } from "../domain/ticket/step-rules.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import { type CardNews, editSent, findFormerWorker, readersOf, refreshCards, tell, workersOf } from "./notices.ts";
import type { Setting } from "./setting.ts";

/**
 * Does one step of a procedure's table.
 *
 * @param input.version of the ticket that the button was made for; another one is refused, so that a second press or
 *   an old card changes nothing. A step that leaves the state may be done again: its form is used up instead.
 */
export async function doStep(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; step: string; version: number; answers: Answers; draftId?: number },
): Promise<Outcome<{ step: Step; ticket: Ticket }>> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const procedure = findProcedure(ticket.procedure);
  const decided = decideStep(procedure, input.step, ticket, person, input.answers, {
    now: setting.now,
    zone: setting.rules.zone,
    reopenWithinDays: setting.rules.reopenWithinDays,
    checked: (await listCheckResults(tx, ticket.id)).map(({ check }) => check),
  });
  if (!decided.ok) return decided;
  if (ticket.version !== input.version) return refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state });

  const { step, answers } = decided.value;
  const after = await ticketAfter(tx, procedure, decided.value, ticket, person, setting.now);
  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "step",
    step: step.name,
    role: step.role,
    personId: person.id,
    at: setting.now,
    answers,
    fromState: ticket.state,
    toState: after.state,
  });
  if (input.draftId !== undefined) await attachDraftFiles(tx, input.draftId, { ticketId: ticket.id, entryId });
  await moveWorkOrder(tx, step, after, person, setting.now);
  await storeMove(tx, ticket, after, setting.now);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "step-done",
    subject: { kind: "ticket", id: ticket.id },
    details: { step: step.name, role: step.role, fromState: ticket.state, toState: after.state, entryId },
  });
  await tellAbout(tx, step, ticket, after, entryId, person, setting);
  return accept({ step, ticket: after });
}

async function storeMove(tx: Tx, before: Ticket, after: Ticket, now: Date): Promise<void> {
  if (after.state === before.state) return assignTicket(tx, after.id, after.assigneeId, now);
  await moveTicket(tx, after.id, {
    state: after.state,
    holder: after.holder,
    assignee_id: after.assigneeId,
    ended_at: after.endedAt,
    resolution: after.resolution,
    changed_at: now,
  });
}

/** The ticket as the step leaves it. Work that comes back to a team goes to who did it there before. */
async function ticketAfter(
  tx: Tx,
  procedure: Procedure,
  { step, answers }: { step: Step; answers: Answers },
  ticket: Ticket,
  person: Person,
  now: Date,
): Promise<Ticket> {
  const holder = procedure.states[step.to]?.holder ?? null;
  const isSameTeam = holder === ticket.holder && step.role === holder;
  const isTeam = holder !== null && holder !== "user";
  const assigneeId = isSameTeam ? person.id : isTeam ? await findFormerWorker(tx, ticket.id, holder) : null;
  return {
    ...ticket,
    state: step.to,
    holder,
    assigneeId,
    version: step.to === ticket.state ? ticket.version : ticket.version + 1,
    endedAt: holder === null ? now : null,
    resolution: step.resolves ? (answers.note ?? null) : null,
  };
}

async function moveWorkOrder(tx: Tx, step: Step, after: Ticket, person: Person, now: Date): Promise<void> {
  if (step.workOrder === undefined) return;
  const by = { personId: person.id, now };
  if (step.workOrder === "issue") {
    if (after.holder === null) throw new Error(`issuing a work order: step ${step.name} leads to nobody`);
    await issueWorkOrder(tx, { ticketId: after.id, by: step.role, to: after.holder, ...by });
    return;
  }
  const order = await findOpenWorkOrder(tx, after.id);
  if (order === undefined) return; // cancelled before one was issued
  if (step.workOrder === "close") return closeWorkOrder(tx, order, by);
  if (after.holder === null) throw new Error(`passing a work order: step ${step.name} leads to nobody`);
  await passWorkOrder(tx, order, {
    kind: step.workOrder === "forward" ? "forwarded" : "returned",
    to: after.holder,
    ...by,
  });
}

async function tellAbout(
  tx: Tx,
  step: Step,
  before: Ticket,
  after: Ticket,
  entryId: number,
  person: Person,
  setting: Setting,
): Promise<void> {
  await refreshCards(tx, after.id, setting);
  if (before.holder === "user") await closeQuestion(tx, before, setting);
  if (step.tellsRequester) {
    await tell(tx, [after.requesterId], { kind: "step-told", ticketId: after.id, entryId }, setting);
  }
  if (step.role === "user" && person.id !== after.requesterId) {
    const news = "officer-acted";
    await tell(tx, [after.requesterId], { kind: "ticket-card", ticketId: after.id, news }, setting);
  }
  const { ids, news } = await workersToTell(tx, step, before, after);
  const others = ids.filter((id) => id !== person.id);
  await tell(tx, others, { kind: "ticket-card", ticketId: after.id, news }, setting);
}

/** The question that the requester was asked says how it was answered, and loses its buttons. */
async function closeQuestion(tx: Tx, before: Ticket, setting: Setting): Promise<void> {
  const entryId = await findArrival(tx, before.id, before.state);
  if (entryId === undefined) return;
  const question = { kind: "step-told", ticketId: before.id, entryId } as const;
  await editSent(tx, question, question, setting);
}

/** Whom the step brings work, or takes it from. */
async function workersToTell(
  tx: Tx,
  step: Step,
  before: Ticket,
  after: Ticket,
): Promise<{ ids: number[]; news: CardNews }> {
  const isCancelled = after.holder === null && step.role === "user";
  if (isCancelled) {
    const isWorkedOn = before.assigneeId !== null || before.holder === "user";
    return { ids: isWorkedOn ? await readersOf(tx, before) : [], news: "cancelled" };
  }
  const hasArrived = after.holder !== before.holder || after.assigneeId !== before.assigneeId;
  return {
    ids: hasArrived ? await workersOf(tx, after) : [],
    news: before.holder === null ? "reopened" : "arrived",
  };
}
