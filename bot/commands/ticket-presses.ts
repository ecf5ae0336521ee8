import { askForHandoverRecord } from "../../core/actions/rack/handover-record.ts";
import { doStep } from "../../core/actions/ticket/do-step.ts";
import { reportUnreadable } from "../../core/actions/ticket/freeze.ts";
import { resumeTicket } from "../../core/actions/ticket/put-off-ticket.ts";
import { refusalOfReply } from "../../core/actions/ticket/readers-of-reply.ts";
import { takeTicket } from "../../core/actions/ticket/take-ticket.ts";
import { refusalOfMessage } from "../../core/actions/ticket/write-message.ts";
import { findIncident, isAffected } from "../../core/db/monitoring/incidents.ts";
import { listPeopleWithRole } from "../../core/db/people/people.ts";
import type { Tx } from "../../core/db/tables.ts";
import { listAttachments } from "../../core/db/ticket/attachments.ts";
import { findOpenQuestion } from "../../core/db/ticket/questions.ts";
import { findStepFacts } from "../../core/db/ticket/step-facts.ts";
import { awaitTicket, findTicket } from "../../core/db/ticket/tickets.ts";
import { wishesOf } from "../../core/domain/hosting/wishes.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { findStep, type Step } from "../../core/domain/procedures/procedure.ts";
import { refusalOfLateDecision } from "../../core/domain/ticket/approval-rules.ts";
import { refusalOfStep } from "../../core/domain/ticket/step-rules.ts";
import { isColleague, maySee, readsInternalNotes, type Ticket } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { messageForm } from "../forms/ticket/message-form.ts";
import { answersOfMachine, stepForm } from "../forms/ticket/step-form.ts";
import { ticketForms } from "../forms/ticket/ticket-forms.ts";
import type { PressOf } from "../presses/press.ts";

/**
 * Shows the ticket's card at the end of the chat; to a colleague of a silent requester the question, to who joined its outage how that
 * stands, and no more.
 */
export async function openTicket(conversation: Conversation, ticketId: number): Promise<Outcome> {
  const { tx, person } = conversation;
  const ticket = await awaitTicket(tx, ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  if (maySee(person, ticket)) {
    await reply(conversation, { kind: "ticket-card", ticketId, news: "opened" });
    return accept();
  }
  const incident = await findIncident(tx, ticketId);
  if (incident !== undefined && (await isAffected(tx, incident.outageId, person.id))) {
    await reply(conversation, { kind: "outage-joined", outageId: incident.outageId });
    return accept();
  }
  const question = isColleague(person, ticket) ? await findOpenQuestion(tx, ticket) : undefined;
  if (question === undefined || question.remindedAt === null) return refuse("no-such-ticket");
  await reply(conversation, { kind: "step-told", ticketId, entryId: question.entryId });
  return accept();
}

export function take({ tx, person, setting }: Conversation, press: PressOf<"take">): Promise<Outcome> {
  return takeTicket(tx, person, setting, press);
}

/** Does a step at once, or asks first what it wants to know. Who may not do it is told before anything is asked. */
export async function step(conversation: Conversation, press: PressOf<"step">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const ticket = await findTicket(tx, press.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const procedure = findProcedure(ticket.procedure);
  const wanted = findStep(procedure, press.step);
  if (wanted === undefined) return refuse("button-unknown");
  const answers = press.answers ?? {};
  if ((wanted.asks ?? []).length === 0) {
    const done = await doStep(tx, person, setting, { ...press, answers });
    return done.ok ? accept() : done;
  }
  const facts = await findStepFacts(tx, ticket, setting.rules);
  const { reopenWithinDays, maintainers } = setting.rules;
  const context = { now: setting.now, reopenWithinDays, maintainers, ...facts };
  const refusal =
    refusalOfLateDecision(wanted, ticket, person, press.version, facts.approval) ??
    refusalOfStep(procedure, wanted, ticket, person, context);
  if (refusal !== undefined) {
    reportUnreadable(facts.freeze, setting);
    return { ok: false, refusal };
  }
  if (ticket.version !== press.version) {
    return refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state });
  }
  const unheld = await findUnheldRole(tx, wanted);
  if (unheld !== undefined) return refuse("nobody-holds-role", { role: unheld });
  const subject = { ticketId: ticket.id, version: ticket.version, step: press.step, ...answers };
  const wished = wanted.takes === "application" ? wishesOf(ticket.answers, setting.rules.hosting) : {};
  const seen = await answersOfMachine(tx, ticket.id, wanted);
  return beginForm(conversation, stepForm, subject, { ...wished, ...answers, ...seen });
}

/** The record of a handover comes when it is printed. */
export async function printHandover(
  conversation: Conversation,
  { handoverId }: PressOf<"print-handover">,
): Promise<Outcome> {
  const { tx, person, setting, office } = conversation;
  const asked = await askForHandoverRecord(tx, person, setting, { handoverId, regency: office.regency });
  if (asked.ok) await reply(conversation, { kind: "said", what: "handover-record-asked" });
  return asked;
}

/** The role of somebody whom the step asks for and nobody is. */
async function findUnheldRole(tx: Tx, { asks = [] }: Step): Promise<Role | undefined> {
  for (const field of asks) {
    if (field.kind === "person" && (await listPeopleWithRole(tx, field.role)).length === 0) return field.role;
  }
  return undefined;
}

export async function showMore(conversation: Conversation, press: PressOf<"more">): Promise<Outcome> {
  const ticket = await visibleTicket(conversation, press.ticketId);
  if (!ticket.ok) return ticket;
  await reply(conversation, { kind: "ticket-more", ticketId: press.ticketId });
  return accept();
}

/** Who may not is told before anything is asked. */
export async function beginTicketForm(conversation: Conversation, press: PressOf<"ticket-form">): Promise<Outcome> {
  const found = await visibleTicket(conversation, press.ticketId);
  if (!found.ok) return found;
  const form = ticketForms[press.form];
  const refusal = await form.refusal(conversation, found.value);
  if (refusal !== undefined) return { ok: false, refusal };
  const own = await form.subject?.(conversation.tx, found.value);
  const subject = { ticketId: press.ticketId, ...own, ...(press.procedure && { procedure: press.procedure }) };
  return beginForm(conversation, form, subject);
}

export async function resume(conversation: Conversation, press: PressOf<"resume-ticket">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  return resumeTicket(tx, person, setting, press);
}

/** Who may not write is told before anything is asked. */
export async function write(conversation: Conversation, press: PressOf<"write">): Promise<Outcome> {
  const ticket = await visibleTicket(conversation, press.ticketId);
  if (!ticket.ok) return ticket;
  const toNobody = press.kind === "reply" ? await refusalOfReply(conversation.tx, ticket.value) : undefined;
  const refusal = refusalOfMessage(ticket.value, conversation.person, press.kind) ?? toNobody;
  if (refusal !== undefined) return { ok: false, refusal };
  return beginForm(conversation, messageForm, { ticketId: press.ticketId, kind: press.kind });
}

export async function showHistory(conversation: Conversation, press: PressOf<"history">): Promise<Outcome> {
  const ticket = await visibleTicket(conversation, press.ticketId);
  if (!ticket.ok) return ticket;
  // It comes as a message of its own, so that the card stays; its pages turn in place.
  const inPlace = press.turns === true;
  await reply(conversation, { kind: "history", ticketId: press.ticketId, page: press.page }, { inPlace });
  return accept();
}

export async function showFullText(conversation: Conversation, press: PressOf<"full-text">): Promise<Outcome> {
  const ticket = await visibleTicket(conversation, press.ticketId);
  if (!ticket.ok) return ticket;
  const [longest] = Object.entries(ticket.value.answers).sort(([, one], [, other]) => other.length - one.length);
  if (longest === undefined) return refuse("button-unknown");
  await reply(conversation, { kind: "full-text", ticketId: press.ticketId, field: longest[0] });
  return accept();
}

export async function showFiles(conversation: Conversation, press: PressOf<"files">): Promise<Outcome> {
  const ticket = await visibleTicket(conversation, press.ticketId);
  if (!ticket.ok) return ticket;
  const withInternalNotes = readsInternalNotes(conversation.person, ticket.value);
  const files = await listAttachments(conversation.tx, press.ticketId, { withInternalNotes });
  for (const { id } of files) await reply(conversation, { kind: "file", attachmentId: id });
  if (files.length === 0) await reply(conversation, { kind: "said", what: "no-files" });
  return accept();
}

async function visibleTicket({ tx, person }: Conversation, ticketId: number): Promise<Outcome<Ticket>> {
  const ticket = await findTicket(tx, ticketId);
  return ticket !== undefined && maySee(person, ticket) ? accept(ticket) : refuse("no-such-ticket");
}
