import { issueLinkCode, unlinkAccount } from "../../core/actions/people/link-account.ts";
import { decideRole, grantRole, withdrawRole } from "../../core/actions/people/manage-people.ts";
import { reactivatePerson } from "../../core/actions/people/move-person.ts";
import { findPerson, listLinkedWithRole } from "../../core/db/people/people.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { decideLeaving } from "../../core/domain/people/leaving-rules.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import { type Conversation, reply } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { leavingForm } from "../forms/people/leaving-form.ts";
import { personForm } from "../forms/people/person-form.ts";
import { transferForm } from "../forms/people/transfer-form.ts";
import { searchForm } from "../forms/search-form.ts";
import type { PressOf } from "../presses/press.ts";

/** Screens of the people register; what changes it authorises again in its action. */
export async function showPeople(
  conversation: Conversation,
  screen: { kind: "people"; search: string; page: number } | { kind: "person" | "roles-of"; personId: number },
  options: { inPlace?: boolean } = {},
): Promise<Outcome> {
  if (!hasRole(conversation.person, "administrator")) return refuse("not-administrator");
  await reply(conversation, screen, options);
  return accept();
}

export async function beginPersonForm(conversation: Conversation, personId?: number): Promise<Outcome> {
  if (!hasRole(conversation.person, "administrator")) return refuse("not-administrator");
  return beginForm(conversation, personForm, personId === undefined ? {} : { personId });
}

export async function beginSearch(conversation: Conversation): Promise<Outcome> {
  if (!hasRole(conversation.person, "administrator")) return refuse("not-administrator");
  return beginForm(conversation, searchForm, {});
}

export async function changeRole(conversation: Conversation, press: PressOf<"grant" | "withdraw">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const change = press.do === "grant" ? grantRole : withdrawRole;
  const done = await change(tx, person, setting, press);
  if (!done.ok) return done;
  await reply(conversation, { kind: "roles-of", personId: press.personId }, { inPlace: true });
  if (done.value === "proposed") await reply(conversation, { kind: "said", what: "role-proposed" });
  return accept();
}

/** The messages that proposed it say what was decided; the person's page, if it was pressed there, is shown anew. */
export async function decide(conversation: Conversation, press: PressOf<"decide-role">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done = await decideRole(tx, person, setting, press);
  const { personId } = press;
  if (personId !== undefined) await reply(conversation, { kind: "person", personId }, { inPlace: true });
  return done;
}

export async function issueCode(conversation: Conversation, personId: number): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const code = await issueLinkCode(tx, person, setting, { personId });
  if (!code.ok) return code;
  await reply(conversation, { kind: "link-code", personId, code: code.value });
  return accept();
}

export async function unlink(conversation: Conversation, personId: number): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done = await unlinkAccount(tx, person, setting, { personId });
  if (done.ok) await reply(conversation, { kind: "person", personId }, { inPlace: true });
  return done;
}

/** Asks where to, or why; who may not do it is told before anything is asked. */
export async function beginLeaving(
  conversation: Conversation,
  { do: what, personId }: PressOf<"transfer" | "deactivate">,
): Promise<Outcome> {
  const { tx, person } = conversation;
  const leaver = await findPerson(tx, personId);
  if (leaver === undefined) return refuse("no-such-person");
  const others = (await listLinkedWithRole(tx, "administrator")).filter(({ id }) => id !== personId);
  const decided = decideLeaving(person, leaver, others.length);
  if (!decided.ok) return decided;
  return beginForm(conversation, what === "transfer" ? transferForm : leavingForm, { personId });
}

export async function reactivate(conversation: Conversation, personId: number): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done = await reactivatePerson(tx, person, setting, { personId });
  if (done.ok) await reply(conversation, { kind: "person", personId }, { inPlace: true });
  return done;
}
