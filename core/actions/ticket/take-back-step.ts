import { writeJournal } from "../../db/journal/journal.ts";
import { findPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { findArrival, findLastStep } from "../../db/ticket/done-steps.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { findTicket, lockTicket, moveTicket } from "../../db/ticket/tickets.ts";
import { restoreWorkOrder } from "../../db/ticket/work-orders.ts";
import { parseAnswer } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { findStep, note } from "../../domain/procedures/procedure.ts";
import { approverRole } from "../../domain/ticket/approval-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { type LastStep, refusalOfTakingBack } from "../../domain/ticket/undo-rules.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { askApprovers, findPresentApproval, refreshApproval } from "./approvals.ts";
import { requesterSideOf, workersOf } from "./readers-of-ticket.ts";
import { refreshCards, refreshQuestion } from "./refresh-cards.ts";
import { setClock } from "./set-clock.ts";

/**
 * Takes back the last step, with a reason: state, assignee, work order and result are what they were. Nothing is
 * deleted; who was told of the step is told that it was taken back.
 *
 * @param input.entryId the step that the button was made for; another one is refused
 */
export async function takeBackStep(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; entryId: number; note: string },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const last = await findLastStep(tx, ticket.id);
  const refusal = refusalOfTakingBack(ticket, person, last, {
    now: setting.now,
    undoWithinHours: setting.rules.undoWithinHours,
  });
  if (refusal !== undefined) return { ok: false, refusal };
  if (last === undefined || last.entryId !== input.entryId) {
    return refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state });
  }
  const reason = parseAnswer(note, input.note, { now: setting.now, zone: setting.rules.zone });
  if (!reason.ok) return refuseAbout(note.name, reason.refusal);

  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "taken-back",
    personId: person.id,
    at: setting.now,
    answers: { note: reason.value },
    fromState: ticket.state,
    toState: last.fromState,
    takesBack: last.entryId,
  });
  const approval = await findPresentApproval(tx, ticket, setting);
  await restore(tx, ticket, last, person, setting);
  if (approval !== undefined) await refreshApproval(tx, ticket.id, approval, setting);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "step-taken-back",
    subject: { kind: "ticket", id: ticket.id },
    details: { step: last.step, stepEntryId: last.entryId, toState: last.fromState, entryId },
  });
  await tellRequesterSide(tx, ticket, last, entryId, setting);
  await tellWorkers(tx, ticket, person, setting);
  return accept();
}

async function restore(tx: Tx, ticket: Ticket, last: LastStep, person: Person, setting: Setting): Promise<void> {
  const { now } = setting;
  const { before, fromState } = last;
  const asked = await findPresentApproval(tx, { ...ticket, state: fromState }, setting);
  const turn = asked === undefined ? undefined : approverRole(asked);
  const holder = turn ?? findProcedure(ticket.procedure).states[fromState]?.holder ?? null;
  const worker = before.assigneeId === null ? undefined : await findPerson(tx, before.assigneeId);
  const isStillThere = worker !== undefined && holder !== null && hasRole(worker, holder);
  await moveTicket(tx, ticket.id, {
    state: fromState,
    holder,
    assignee_id: isStillThere ? worker.id : null,
    resolution: before.resolution,
    ended_at: dateOf(before.endedAt),
    pending_on: before.pendingOn,
    pending_until: dateOf(before.pendingUntil),
    due_at: dateOf(before.dueAt ?? null),
    changed_at: now,
  });
  await restoreWorkOrder(tx, ticket.id, before.workOrder, { personId: person.id, now });
  await setClock(tx, ticket.id, setting);
}

function dateOf(instant: string | null): Date | null {
  return instant === null ? null : new Date(instant);
}

/** From whom the work was taken, and to whom it comes back. */
async function tellWorkers(tx: Tx, before: Ticket, person: Person, setting: Setting): Promise<void> {
  const after = await findTicket(tx, before.id);
  const asked = after && (await findPresentApproval(tx, after, setting));
  // Who approves is asked again, and gets no work.
  if (after !== undefined && asked !== undefined) return askApprovers(tx, after, setting);
  const ids = [...(await workersOf(tx, before)), ...(after === undefined ? [] : await workersOf(tx, after))];
  const others = [...new Set(ids)].filter((id) => id !== person.id);
  await tell(tx, others, { kind: "ticket-card", ticketId: before.id, news: "taken-back" }, setting);
}

async function tellRequesterSide(
  tx: Tx,
  ticket: Ticket,
  last: LastStep,
  entryId: number,
  setting: Setting,
): Promise<void> {
  await refreshCards(tx, ticket.id, setting);
  // The question that the step asked loses its buttons; the one that it answered has them again.
  await refreshQuestion(tx, ticket.id, last.entryId, setting);
  const asked = await findArrival(tx, ticket.id, last.fromState);
  if (asked !== undefined) await refreshQuestion(tx, ticket.id, asked, setting);
  const step = findStep(findProcedure(ticket.procedure), last.step);
  if (step?.tellsRequester !== true) return;
  const readers = await requesterSideOf(tx, ticket);
  await tell(tx, readers, { kind: "step-taken-back", ticketId: ticket.id, entryId }, setting);
}
