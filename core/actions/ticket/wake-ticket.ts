import { writeJournal } from "../../db/journal/journal.ts";
import { findAccount } from "../../db/people/accounts.ts";
import { getPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { insertApprovalReminder } from "../../db/ticket/approvals.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { findOpenQuestion, type OpenQuestion, type Reached } from "../../db/ticket/questions.ts";
import { lockTicket, setWakesAt } from "../../db/ticket/tickets.ts";
import { addWorkingDays } from "../../domain/calendar/add-working-days.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { stepsFrom } from "../../domain/procedures/procedure.ts";
import { nextOfClock } from "../../domain/ticket/clock-rules.ts";
import { decideStepByClock } from "../../domain/ticket/step-rules.ts";
import { speaksForRequester, type Ticket } from "../../domain/ticket/ticket.ts";
import { editSent, tell, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { askApprovers, findPresentApproval } from "./approvals.ts";
import { goOn } from "./put-off-ticket.ts";
import { onlookersOf, workersOf } from "./readers-of-ticket.ts";
import { findWaits, setClock } from "./set-clock.ts";
import { storeStep } from "./store-step.ts";

/**
 * The clock looks at a ticket: does what is due by a rule of the desk, and notes when to look again. Safe to run twice,
 * also at once: whoever comes second finds that nothing is due.
 */
export async function wakeTicket(tx: Tx, setting: Setting, { ticketId }: { ticketId: number }): Promise<void> {
  const ticket = await lockTicket(tx, ticketId);
  if (ticket === undefined || ticket.wakesAt === null || ticket.wakesAt > setting.now) return;
  // A Simpul that stood still and comes back at night writes to nobody before the morning.
  const opening = addWorkingDays(setting.now, 0, setting.rules.calendar).at;
  if (opening > setting.now) return setWakesAt(tx, ticketId, opening);
  const question = await findOpenQuestion(tx, ticket);
  const waits = await findWaits(tx, ticket, setting);
  const next = nextOfClock(ticket, question, setting.rules, waits);
  if (next !== undefined && next.at <= setting.now) {
    if (next.do === "resume") await resume(tx, ticket, setting);
    if (next.do === "remind" && question !== undefined) await remind(tx, ticket, question, setting);
    if (next.do === "close-unanswered" && question !== undefined) await closeUnanswered(tx, ticket, question, setting);
    if (next.do === "remind-approvers") await remindApprovers(tx, ticket, setting);
    if (next.do === "lapse") await lapse(tx, ticket, setting);
    if (next.do === "remind-of-end" || next.do === "end-term") await actOnTerm(tx, ticket, next.do, setting);
  }
  await setClock(tx, ticketId, setting);
}

/** Those who can decide now are asked once more, in a message below; where there is nobody, who asked is told again. */
async function remindApprovers(tx: Tx, ticket: Ticket, setting: Setting): Promise<void> {
  const approval = await findPresentApproval(tx, ticket, setting);
  if (approval === undefined) return;
  await insertApprovalReminder(tx, approval.id, setting.now);
  await writeJournal(tx, {
    at: setting.now,
    actorId: null,
    ...(ticket.holder === null ? {} : { onBehalfOf: ticket.holder }),
    event: "approvers-reminded",
    subject: { kind: "ticket", id: ticket.id },
    details: { round: approval.round },
  });
  await askApprovers(tx, ticket, setting, true);
}

/** Nobody has decided in time: the request ends, and can be made again. */
async function lapse(tx: Tx, ticket: Ticket, setting: Setting): Promise<void> {
  const procedure = findProcedure(ticket.procedure);
  const step = stepsFrom(procedure, ticket.state).find(({ decides }) => decides === "lapsed");
  await doByClock(tx, ticket, step?.name ?? "", setting);
}

/** What was granted ends, or soon will: those who granted it are told as well as who has it. */
async function actOnTerm(tx: Tx, ticket: Ticket, what: "remind-of-end" | "end-term", setting: Setting): Promise<void> {
  const { term } = findProcedure(ticket.procedure);
  if (term === undefined || ticket.holder === null) return;
  await doByClock(tx, ticket, what === "end-term" ? term.ends : term.reminds, setting);
  const news = what === "end-term" ? "term-ended" : "term-ends-soon";
  await tellRole(tx, ticket.holder, { kind: "ticket-card", ticketId: ticket.id, news }, setting, ticket.requesterId);
}

async function doByClock(tx: Tx, ticket: Ticket, step: string, setting: Setting): Promise<void> {
  const context = { now: setting.now, zone: setting.rules.zone };
  const decided = decideStepByClock(findProcedure(ticket.procedure), step, ticket, {}, context);
  if (!decided.ok) throw new Error(`step ${step} of ticket ${ticket.id} by the clock: ${decided.refusal.code}`);
  await storeStep(tx, setting, ticket, decided.value, { person: null });
}

/** The day has come until which the ticket waited: who works on it decides what comes next. */
async function resume(tx: Tx, ticket: Ticket, setting: Setting): Promise<void> {
  await goOn(tx, ticket, null, setting);
  await tell(tx, await workersOf(tx, ticket), { kind: "ticket-card", ticketId: ticket.id, news: "resumed" }, setting);
}

/**
 * Asks once more. From the first reminder on colleagues of the requester may answer, so the office's system officer is
 * asked then too. Where the requester cannot be reached the help desk is asked to phone.
 */
async function remind(tx: Tx, ticket: Ticket, question: OpenQuestion, setting: Setting): Promise<void> {
  const chatId = await chatOfRequester(tx, ticket);
  const reached: Reached = chatId === undefined ? "help-desk" : "requester";
  await recordReminder(tx, ticket, question, reached, setting);
  const { entryId } = question;
  const again = { kind: "step-told", ticketId: ticket.id, entryId, isReminder: true } as const;
  if (chatId === undefined) {
    await tellRole(tx, "help-desk", { kind: "phone-requester", ticketId: ticket.id }, setting, ticket.requesterId);
  } else {
    await editSent(tx, again, { kind: "question-repeated", ticketId: ticket.id }, setting, chatId);
    await tell(tx, [ticket.requesterId], again, setting);
  }
  if (question.remindedAt !== null) return;
  const officers = (await onlookersOf(tx, ticket)).filter((id) => id !== ticket.requesterId);
  await tell(tx, officers, again, setting);
}

/** @returns undefined for a requester who has no account, blocked the bot, or left the office with which the ticket stays */
async function chatOfRequester(tx: Tx, ticket: Ticket): Promise<number | undefined> {
  const requester = await getPerson(tx, ticket.requesterId);
  if (!speaksForRequester(requester, ticket)) return undefined;
  const account = await findAccount(tx, requester.id);
  return account?.unreachableSince === null ? account.telegramUserId : undefined;
}

async function recordReminder(
  tx: Tx,
  ticket: Ticket,
  question: OpenQuestion,
  reached: Reached,
  { now }: Setting,
): Promise<void> {
  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "reminded",
    personId: null,
    role: "help-desk",
    at: now,
    answers: { reached },
    fromState: ticket.state,
    toState: ticket.state,
  });
  await writeJournal(tx, {
    at: now,
    actorId: null,
    onBehalfOf: "help-desk",
    event: "requester-reminded",
    subject: { kind: "ticket", id: ticket.id },
    details: { reached, questionEntryId: question.entryId, entryId },
  });
}

/** What was found and done, as the question said it, becomes the final resolution. */
async function closeUnanswered(tx: Tx, ticket: Ticket, { note }: OpenQuestion, setting: Setting): Promise<void> {
  const answers = note === undefined ? {} : { note };
  const context = { now: setting.now, zone: setting.rules.zone };
  const decided = decideStepByClock(findProcedure(ticket.procedure), "close-unanswered", ticket, answers, context);
  if (!decided.ok) throw new Error(`closing ticket ${ticket.id} by rule: ${decided.refusal.code}`);
  await storeStep(tx, setting, ticket, decided.value, { person: null });
}
