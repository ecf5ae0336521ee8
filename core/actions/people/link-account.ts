import { createHash, randomInt } from "node:crypto";
import { writeJournal } from "../../db/journal/journal.ts";
import {
  unlinkAccount as endLink,
  findAccount,
  findAccountOfTelegramUser,
  linkAccount as insertLink,
} from "../../db/people/accounts.ts";
import {
  deleteUnusedCodes,
  findLinkCode,
  lockLinkCode,
  markLinkCodeUsed,
  replaceLinkCode,
} from "../../db/people/link-codes.ts";
import { getPerson, lockPerson, updatePerson } from "../../db/people/people.ts";
import { lockOpenRegistration } from "../../db/people/registrations.ts";
import { forgetStranger } from "../../db/people/strangers.ts";
import type { Tx } from "../../db/tables.ts";
import { hourInMilliseconds } from "../../domain/durations.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { holdsReservedRights } from "../../domain/people/grant-rules.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import { answerPriority, noticePriority, send } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { askAgain } from "../ticket/ask-again.ts";
import { withdrawRegistration } from "./register.ts";
import { askAdministratorsInstead } from "./registration-deciders.ts";

/** Without letters and digits that look alike: a code may be read out. 16 characters of 31 are 79 bits. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const codeLength = 16;

/** Letters and digits that nobody guesses, as they are read out. */
export function randomCode(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/**
 * A one-time code that links a person to the Telegram account which sends it. An administrator asks for it; the codes
 * of administrators themselves come from the server's terminal.
 *
 * @returns the code, of which only the hash is kept
 */
export async function issueLinkCode(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { personId: number },
): Promise<Outcome<string>> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  const person = await lockPerson(tx, input.personId);
  if (person === undefined) return refuse("no-such-person");
  if (!person.isActive) return refuse("person-inactive");
  if (person.roles.includes("administrator")) return refuse("administrator-by-terminal-only");
  // Who could link a leader's person to an account of their own would be leadership without a second administrator.
  if (person.roles.includes("leadership")) return refuse("withdraw-leadership-first");
  return accept(await makeLinkCode(tx, person.id, administrator.id, setting));
}

/** @param options.beside how many of the person's older codes stay good too, the newest of them */
export async function makeLinkCode(
  tx: Tx,
  personId: number,
  issuedBy: number | null,
  { now, rules }: Pick<Setting, "now" | "rules">,
  options: { beside?: number } = {},
): Promise<string> {
  const code = randomCode(codeLength);
  const expiresAt = new Date(now.getTime() + rules.linkCodeHours * hourInMilliseconds);
  await replaceLinkCode(tx, { hash: hashOf(code), personId, issuedBy, now, expiresAt }, options);
  await writeJournal(tx, {
    at: now,
    actorId: issuedBy,
    event: "link-code-issued",
    subject: { kind: "person", id: personId },
  });
  return code;
}

/**
 * Links the Telegram account that sent the code. A person has one active account at a time: a former one is closed,
 * told so, and its buttons are refused from then on.
 */
export async function linkAccount(
  tx: Tx,
  telegramUserId: number,
  setting: Setting,
  input: { code: string },
): Promise<Outcome<Person>> {
  // Before the person, as whoever decides on a registration locks them.
  await lockOpenRegistration(tx, telegramUserId);
  const hash = hashOf(input.code.trim().toUpperCase());
  const found = await findLinkCode(tx, hash);
  const person = found && (await lockPerson(tx, found.personId));
  const code = await lockLinkCode(tx, hash);
  if (code === undefined || person === undefined || !person.isActive) return refuse("code-unknown");
  if (code.usedAt !== null) return refuse("code-used");
  if (code.expiresAt <= setting.now) return refuse("code-expired");
  // Issued before the rights were given.
  if (code.issuedBy !== null && holdsReservedRights(person)) return refuse("code-not-for-these-rights");
  const present = await findAccountOfTelegramUser(tx, telegramUserId);
  if (present !== undefined && present.personId !== person.id) {
    const { name } = await getPerson(tx, present.personId);
    return refuse("account-linked-already", { name });
  }

  await markLinkCodeUsed(tx, hash, setting.now);
  await deleteUnusedCodes(tx, person.id);
  if (present === undefined) {
    await closeFormerAccount(tx, person.id, setting);
    await withdrawRegistration(tx, telegramUserId, setting);
    await openAccount(tx, person.id, telegramUserId, setting);
  }
  await welcome(tx, telegramUserId, setting);
  return accept(person);
}

/** From now on the account acts for the person. */
export async function openAccount(tx: Tx, personId: number, telegramUserId: number, setting: Setting): Promise<void> {
  const { now } = setting;
  await insertLink(tx, { personId, telegramUserId, now });
  await updatePerson(tx, personId, { is_provisional: false });
  await forgetStranger(tx, telegramUserId);
  await writeJournal(tx, {
    at: now,
    actorId: personId,
    event: "account-linked",
    subject: { kind: "person", id: personId },
  });
  await askAgain(tx, personId, setting);
}

export async function welcome(tx: Tx, telegramUserId: number, { now }: Setting): Promise<void> {
  await send(tx, telegramUserId, { kind: "welcome" }, { now, priority: answerPriority });
  await send(tx, telegramUserId, { kind: "command-menu" }, { now, priority: noticePriority });
}

/** Ends the link of a person's account, by an administrator or by the person. */
export async function unlinkAccount(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { personId: number },
): Promise<Outcome> {
  if (person.id !== input.personId && !hasRole(person, "administrator")) return refuse("not-administrator");
  const linked = await lockPerson(tx, input.personId);
  if ((await findAccount(tx, input.personId)) === undefined) return refuse("not-linked");
  await closeFormerAccount(tx, input.personId, setting);
  if (linked?.roles.includes("system-officer")) await askAdministratorsInstead(tx, linked.officeId, setting);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "account-unlinked",
    subject: { kind: "person", id: input.personId },
  });
  return accept();
}

/** The chat is told that it is not linked any more. */
export async function closeFormerAccount(tx: Tx, personId: number, { now }: Setting): Promise<void> {
  const chatId = await endLink(tx, personId, now);
  if (chatId === undefined) return;
  await send(tx, chatId, { kind: "unlinked" }, { now, priority: noticePriority });
  await send(tx, chatId, { kind: "command-menu" }, { now, priority: noticePriority });
}

function hashOf(code: string): Buffer {
  return createHash("sha256").update(code).digest();
}
