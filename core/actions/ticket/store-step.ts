import { attachHeard } from "../../db/heard-messages.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { attachDraftFiles } from "../../db/ticket/attachments.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { assignTicket, moveTicket } from "../../db/ticket/tickets.ts";
import { closeWorkOrder, findOpenWorkOrder, issueWorkOrder, passWorkOrder } from "../../db/ticket/work-orders.ts";
import { endOfDay } from "../../domain/form/coming-day.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Person } from "../../domain/people/person.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { isMachineAtWork, type Step } from "../../domain/procedures/procedure.ts";
import { type Approval, isLastLink, presentLink } from "../../domain/ticket/approval-rules.ts";
import { roleOf } from "../../domain/ticket/step-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import type { Before } from "../../domain/ticket/undo-rules.ts";
import { beginMachineWork } from "../hosting/begin-machine-work.ts";
import { fetchNamedImage } from "../hosting/fetch-image.ts";
import { endMachineRun } from "../hosting/machine-progress.ts";
import { beginHandingOver } from "../hosting/offer-database-account.ts";
import { renewReservations } from "../ipam/renew-reservations.ts";
import type { Setting } from "../setting.ts";
import { beginApproval, findPresentApproval, storeDecision } from "./approvals.ts";
import { freePlanned, freeReserved } from "./free-reserved.ts";
import { findFormerWorker } from "./readers-of-ticket.ts";
import { setClock } from "./set-clock.ts";
import { tellOfStep } from "./tell-of-step.ts";

/**
 * Stores a step that was decided, with all that comes of it: entry, work order, journal row, messages, and the clock.
 *
 * @param by without a person it is the clock's, on behalf of the step's role
 * @returns the ticket as the step left it
 */
export async function storeStep(
  tx: Tx,
  setting: Setting,
  ticket: Ticket,
  { step: asked, answers }: { step: Step; answers: Answers },
  by: { person: Person | null; draftId?: number },
): Promise<Ticket> {
  const personId = by.person?.id ?? null;
  const approval = await findPresentApproval(tx, ticket, setting);
  const isPassedOn = approval !== undefined && asked.decides === "approved" && !isLastLink(approval);
  const step = isPassedOn ? passedOn(asked, ticket) : asked;
  const after = isPassedOn
    ? passOn(ticket, approval)
    : await ticketAfter(tx, { step, answers }, ticket, personId, setting);
  const role = roleOf(step, ticket);
  const { assigneeId, others } = partAssignee(step, answers);
  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "step",
    step: step.name,
    role,
    personId,
    ...(assigneeId === undefined ? {} : { toPersonId: assigneeId }),
    at: setting.now,
    answers: others,
    fromState: ticket.state,
    toState: after.state,
    before: await beforeOf(tx, ticket),
    isTold: step.tellsRequester === true,
  });
  if (personId !== null) await fetchNamedImage(tx, setting, { answers, personId, ticketId: ticket.id, entryId });
  if (by.draftId !== undefined) {
    await attachDraftFiles(tx, by.draftId, { ticketId: ticket.id, entryId });
    await attachHeard(tx, by.draftId, { entryId });
  }
  const { decides } = step;
  await changeHoldings(tx, setting, step, ticket.id, personId);
  if (approval !== undefined && decides !== undefined) {
    await storeDecision(tx, setting, approval, { ticketId: ticket.id, entryId, decides, role, personId });
  }
  if (after.state !== ticket.state) {
    const { procedure, state } = after;
    const approver = await beginApproval(tx, setting, { ticketId: ticket.id, procedure, state, entryId });
    if (approver !== undefined) {
      after.holder = approver;
      after.assigneeId = null;
    }
    if (isMachineAtWork(findProcedure(ticket.procedure), ticket.state)) {
      await endMachineRun(tx, setting, { ticketId: ticket.id, step: step.name });
    }
    await beginMachineWork(tx, setting, after);
  }
  await moveWorkOrder(tx, step, after, personId, setting.now);
  const stored = await storeMove(tx, ticket, after, setting);
  await writeJournal(tx, {
    at: setting.now,
    actorId: personId,
    ...(personId === null ? { onBehalfOf: role } : {}),
    event: "step-done",
    subject: { kind: "ticket", id: ticket.id },
    details: { step: step.name, role, fromState: ticket.state, toState: after.state, entryId },
  });
  await tellOfStep(tx, step, ticket, after, { entryId, personId, approval }, setting);
  return stored;
}

/** What the registers and hosts hold for the ticket: freed, kept longer, or handed over. */
async function changeHoldings(
  tx: Tx,
  setting: Setting,
  { frees, givesUpPlan, renews, handsOver }: Step,
  ticketId: number,
  personId: number | null,
): Promise<void> {
  if (frees) await freeReserved(tx, setting, ticketId, { personId });
  if (givesUpPlan) await freePlanned(tx, setting, ticketId, { personId });
  if (renews && personId !== null) await renewReservations(tx, setting, ticketId, { personId });
  if (handsOver) await beginHandingOver(tx, setting, { ticketId });
}

/** An approval after which others of the chain have to approve too: the ticket stays where it is, and nobody is told a result. */
function passedOn({ name, role, from, asks = [], decides = "approved" }: Step, { state }: Ticket): Step {
  return { name, role, from, to: state, asks, decides };
}

/** To the next one of the chain; the buttons of the one before are refused from now on. */
function passOn(ticket: Ticket, approval: Approval): Ticket {
  const holder = approval.chain[presentLink(approval) + 1] ?? ticket.holder;
  return { ...ticket, holder, assigneeId: null, version: ticket.version + 1, pendingOn: null, pendingUntil: null };
}

/** Whom the step names stands in a column of its own: it is somebody of the register, no answer in words. */
function partAssignee(step: Step, answers: Answers): { assigneeId: number | undefined; others: Answers } {
  if (step.assigns === undefined) return { assigneeId: undefined, others: answers };
  const { [step.assigns]: assignee, ...others } = answers;
  return { assigneeId: assignee === undefined ? undefined : Number(assignee), others };
}

/** Kept with the step, so that it can be taken back. */
async function beforeOf(tx: Tx, ticket: Ticket): Promise<Before> {
  const order = await findOpenWorkOrder(tx, ticket.id);
  return {
    assigneeId: ticket.assigneeId,
    resolution: ticket.resolution,
    endedAt: ticket.endedAt?.toISOString() ?? null,
    pendingOn: ticket.pendingOn,
    pendingUntil: ticket.pendingUntil?.toISOString() ?? null,
    dueAt: ticket.dueAt?.toISOString() ?? null,
    workOrder: order === undefined ? null : { id: order.id, holder: order.holder },
  };
}

/** @returns the ticket as it is stored, with when the clock looks at it next */
async function storeMove(tx: Tx, before: Ticket, after: Ticket, setting: Setting): Promise<Ticket> {
  if (after.version === before.version) {
    await assignTicket(tx, after.id, after.assigneeId, setting.now);
    return after;
  }
  await moveTicket(tx, after.id, {
    state: after.state,
    holder: after.holder,
    assignee_id: after.assigneeId,
    ended_at: after.endedAt,
    resolution: after.resolution,
    due_at: after.dueAt,
    changed_at: setting.now,
  });
  return { ...after, wakesAt: await setClock(tx, after.id, setting) };
}

/** The ticket as the step leaves it. Work that comes back to a team goes to who did it there before. */
async function ticketAfter(
  tx: Tx,
  { step, answers }: { step: Step; answers: Answers },
  ticket: Ticket,
  personId: number | null,
  { now, rules }: Setting,
): Promise<Ticket> {
  const holder = findProcedure(ticket.procedure).states[step.to]?.holder ?? null;
  // Who decides on something does not work on it by that.
  const staysWithTeam = step.role === holder && step.decides === undefined;
  const isTeam = holder !== null && holder !== "user";
  const former = isTeam && step.role !== holder ? await findFormerWorker(tx, ticket.id, holder) : null;
  const assigneeId = partAssignee(step, answers).assigneeId ?? (staysWithTeam ? personId : former);
  const due = step.setsDue === undefined ? undefined : answers[step.setsDue];
  return {
    ...ticket,
    state: step.to,
    holder,
    assigneeId,
    version: step.to === ticket.state ? ticket.version : ticket.version + 1,
    endedAt: holder === null ? now : null,
    resolution: resolutionAfter(step, answers, ticket),
    dueAt: due === undefined ? ticket.dueAt : endOfDay(due, rules.zone),
  };
}

/** What a step before the last one said stays; who reopens a ticket has it resolved anew. */
function resolutionAfter(step: Step, answers: Answers, ticket: Ticket): string | null {
  if (step.resolves) return answers.note ?? null;
  return ticket.holder === null ? null : ticket.resolution;
}

async function moveWorkOrder(tx: Tx, step: Step, after: Ticket, personId: number | null, now: Date): Promise<void> {
  if (step.workOrder === undefined) return;
  const by = { personId, now };
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
