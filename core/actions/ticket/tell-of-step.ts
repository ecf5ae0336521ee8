import { findRestored } from "../../db/monitoring/incidents.ts";
import type { Tx } from "../../db/tables.ts";
import { findArrival } from "../../db/ticket/done-steps.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { asksApproval, type Step } from "../../domain/procedures/procedure.ts";
import type { Approval } from "../../domain/ticket/approval-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { tellAffected } from "../monitoring/tell-affected.ts";
import { tell, tellRole } from "../notices.ts";
import { tellIfNobodyHolds } from "../people/nobody-holds.ts";
import type { Setting } from "../setting.ts";
import { askApprovers, refreshApproval, tellAskers } from "./approvals.ts";
import { plannersOf, readersOf, requesterSideOf, workersOf } from "./readers-of-ticket.ts";
import { refreshCards, refreshQuestion } from "./refresh-cards.ts";
import type { CardNews } from "./ticket-notice.ts";

/** The entry of a step, who did it, and the request for approval that it found under way. */
type Done = { entryId: number; personId: number | null; approval: Approval | undefined };

/** Cards, questions and requests say how the ticket stands now; who has to do with the step is told. */
export async function tellOfStep(
  tx: Tx,
  step: Step,
  before: Ticket,
  after: Ticket,
  { entryId, personId, approval }: Done,
  setting: Setting,
): Promise<void> {
  await refreshCards(tx, after.id, setting);
  // A ticket that had ended is reopened: what told of its end cannot be answered any more.
  if (before.holder === "user" || before.holder === null) await closeQuestion(tx, before, setting);
  const readers = step.tellsRequester ? await requesterSideOf(tx, after) : [];
  if (step.tellsRequester) await tellRequester(tx, step, after, { entryId, readers }, setting);
  if (after.holder === null) await tellAffected(tx, setting, after, readers);
  if (step.role === "user" && personId !== after.requesterId) {
    const news = "officer-acted";
    await tell(tx, [after.requesterId], { kind: "ticket-card", ticketId: after.id, news }, setting);
  }
  if (await tellOfApproval(tx, step, before, after, { personId, approval }, setting)) return;
  const { ids, news } = await workersToTell(tx, step, before, after);
  const others = ids.filter((id) => id !== personId);
  await tell(tx, others, { kind: "ticket-card", ticketId: after.id, news }, setting);
  if (after.holder !== before.holder) await tellIfNobodyHolds(tx, after, setting);
}

/** @returns whether approval is asked now, so that nobody gets the ticket as work */
async function tellOfApproval(
  tx: Tx,
  step: Step,
  before: Ticket,
  after: Ticket,
  { personId, approval }: Omit<Done, "entryId">,
  setting: Setting,
): Promise<boolean> {
  if (after.version === before.version) return false;
  const isAsked = asksApproval(findProcedure(after.procedure), after.state);
  if (approval !== undefined) {
    await refreshApproval(tx, before.id, approval, setting);
    const isDecided = step.decides !== undefined && after.state !== before.state;
    if (isDecided) await tellAskers(tx, before, approval, { decides: step.decides, personId }, setting);
  }
  if (isAsked) await askApprovers(tx, after, setting);
  return isAsked;
}

/** Whom the bot cannot reach is asked by the help desk, which notes the answer. Where a machine asked for it nobody waits for news. */
async function tellRequester(
  tx: Tx,
  { readsChecksOf: list }: Step,
  after: Ticket,
  { entryId, readers }: { entryId: number; readers: readonly number[] },
  setting: Setting,
): Promise<void> {
  const isAsked = after.holder === "user";
  // What answers again confirms it by itself, within seconds.
  if (isAsked && (await findRestored(tx, after.id))?.isDoubted === false) return;
  if (list !== undefined) await tell(tx, readers, { kind: "checks-told", ticketId: after.id, list }, setting);
  await tell(tx, readers, { kind: "step-told", ticketId: after.id, entryId }, setting);
  if (readers.includes(after.requesterId)) return;
  if (!isAsked && (readers.length > 0 || after.channel === "monitor")) return;
  const notice = {
    kind: "phone-requester",
    ticketId: after.id,
    ...(isAsked ? {} : { isNews: true as const }),
  } as const;
  await tellRole(tx, "help-desk", notice, setting, after.requesterId);
}

/** The question that the requester was asked says how it was answered, and loses its buttons. */
async function closeQuestion(tx: Tx, before: Ticket, setting: Setting): Promise<void> {
  const entryId = await findArrival(tx, before.id, before.state);
  if (entryId !== undefined) await refreshQuestion(tx, before.id, entryId, setting);
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
    const readers = isWorkedOn ? await readersOf(tx, before) : [];
    return { ids: [...new Set([...readers, ...(await plannersOf(tx, before))])], news: "cancelled" };
  }
  const hasArrived = after.holder !== before.holder || after.assigneeId !== before.assigneeId;
  return {
    ids: hasArrived ? await workersOf(tx, after) : [],
    news: before.holder === null ? "reopened" : "arrived",
  };
}
