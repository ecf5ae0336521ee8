import { listWaiting } from "../../core/db/people/registrations.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import { isApprover } from "../../core/domain/ticket/approval-rules.ts";
import { overseesDesk } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";
import type { PressOf } from "../presses/press.ts";

export async function showOverview(conversation: Conversation): Promise<Outcome> {
  if (!overseesDesk(conversation.person)) return refuse("not-overseer");
  await reply(conversation, { kind: "overview" });
  return accept();
}

/** The lists behind it; their pages turn in place. */
export async function showOfOverview(
  conversation: Conversation,
  press: PressOf<"loads" | "weaknesses">,
): Promise<Outcome> {
  if (!overseesDesk(conversation.person)) return refuse("not-overseer");
  const { page } = press;
  const screen = press.do === "loads" ? ({ kind: "loads", page } as const) : weaknessesOf(press);
  await reply(conversation, screen, { inPlace: press.turns === true });
  return accept();
}

function weaknessesOf({ month, page }: PressOf<"weaknesses">) {
  return { kind: "weaknesses", month, page } as const;
}

export async function turnResults(conversation: Conversation, press: PressOf<"search">): Promise<Outcome> {
  const { text, page } = press;
  await reply(conversation, { kind: "search-results", text, page }, { inPlace: press.turns === true });
  return accept();
}

export async function showTicketList(conversation: Conversation, press: PressOf<"list">): Promise<Outcome> {
  const { list, page, role, personId } = press;
  if (list === "approvals" && !isApprover(conversation.person)) return refuse("not-at-desk");
  if (list === "office" && !hasRole(conversation.person, "system-officer")) return refuse("not-officer");
  const isOfAll = list === "open" || list === "team" || list === "person";
  if (isOfAll && !overseesDesk(conversation.person)) return refuse("not-overseer");
  const of = { ...(role === undefined ? {} : { role }), ...(personId === undefined ? {} : { personId }) };
  await reply(conversation, { kind: "ticket-list", list, page, ...of }, { inPlace: press.turns === true });
  return accept();
}

/** A chat is not flooded: the others come when these are decided. */
const registrationsAtOnce = 10;

/** Shows those that wait once more, each with its buttons, the oldest first. */
export async function showWaitingRegistrations(conversation: Conversation): Promise<Outcome> {
  const { tx, person } = conversation;
  if (!hasRole(person, "system-officer")) return refuse("not-officer");
  const waiting = await listWaiting(tx, person.officeId);
  if (waiting.length === 0) return refuse("no-registration-waits");
  for (const { id } of waiting.slice(0, registrationsAtOnce)) {
    await reply(conversation, { kind: "registration-asked", registrationId: id });
  }
  return accept();
}
