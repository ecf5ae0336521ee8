import { writeJournal } from "../../db/journal/journal.ts";
import { findPosterByToken } from "../../db/people/posters.ts";
import {
  deleteRegistration,
  insertRegistration,
  lockOpenRegistration,
  type RegistrationChanges,
  updateRegistration,
} from "../../db/people/registrations.ts";
import type { Tx } from "../../db/tables.ts";
import { parseAnswer } from "../../domain/form/field.ts";
import { cleanLine, shorten } from "../../domain/form/text.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Registration } from "../../domain/people/registration.ts";
import { answerPriority, editSent, send } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { personFields } from "./manage-people.ts";
import { askDeciders } from "./registration-deciders.ts";

/** A Telegram account that is linked to nobody, and what it calls itself. */
export type Applicant = { telegramUserId: number; name: string; username: string | undefined };

const longestTelegramName = 80;

/** Where a registration stands while it is filled in. */
export type RegistrationQuestion = "asking-nip" | "asking-name" | "reviewing";

const [nameField, nipField] = personFields;

/**
 * Somebody opened the poster of an office. One registration at a time: one that is being filled in goes on, for the
 * office of the poster that was opened last.
 */
export async function beginRegistration(
  tx: Tx,
  applicant: Applicant,
  setting: Setting,
  input: { token: string },
): Promise<Outcome> {
  const poster = await findPosterByToken(tx, input.token);
  if (poster === undefined) return refuse("poster-void");
  const open = await lockOpenRegistration(tx, applicant.telegramUserId);
  const account = accountOf(applicant);
  if (open === undefined) {
    const { telegram_name: telegramName, telegram_username: telegramUsername } = account;
    const { telegramUserId } = applicant;
    const { officeId } = poster;
    const row = { telegramUserId, telegramName, telegramUsername, officeId, now: setting.now };
    await show(tx, { id: await insertRegistration(tx, row), telegramUserId }, setting);
    return accept();
  }
  if (open.state !== "waiting") {
    await updateRegistration(tx, open.id, { ...account, office_id: poster.officeId, touched_at: setting.now });
  }
  await show(tx, open, setting);
  return accept();
}

/** What the applicant typed for the present question. @returns refused where nothing is asked of this account */
export async function answerRegistration(
  tx: Tx,
  applicant: Applicant,
  setting: Setting,
  input: { text: string },
): Promise<Outcome> {
  const open = await lockOpenRegistration(tx, applicant.telegramUserId);
  if (open === undefined) return refuse("no-such-registration");
  if (open.state !== "asking-nip" && open.state !== "asking-name") {
    await show(tx, open, setting);
    return accept();
  }
  const isNip = open.state === "asking-nip";
  const context = { now: setting.now, zone: setting.rules.zone };
  const parsed = parseAnswer(isNip ? nipField : nameField, input.text, context);
  if (!parsed.ok) return parsed;
  const answer: RegistrationChanges = isNip
    ? { nip: parsed.value, state: open.name === null ? "asking-name" : "reviewing" }
    : { name: parsed.value, state: "reviewing" };
  await updateRegistration(tx, open.id, { ...answer, ...accountOf(applicant), touched_at: setting.now });
  await show(tx, open, setting);
  return accept();
}

/** Back to a question, or to the last look where everything is answered; what was answered is kept. */
export async function moveInRegistration(
  tx: Tx,
  applicant: Applicant,
  setting: Setting,
  input: { registrationId: number; to: RegistrationQuestion },
): Promise<Outcome> {
  const open = await openOne(tx, applicant, input.registrationId);
  if (open === undefined) return refuse("no-such-registration");
  const isAnswered = open.nip !== null && (input.to !== "reviewing" || open.name !== null);
  if (open.state === "waiting" || (input.to !== "asking-nip" && !isAnswered)) return refuse("question-passed");
  await updateRegistration(tx, open.id, { state: input.to, touched_at: setting.now });
  return accept();
}

/** The applicant sends it: those who decide on it are asked. */
export async function sendRegistration(
  tx: Tx,
  applicant: Applicant,
  setting: Setting,
  input: { registrationId: number },
): Promise<Outcome> {
  const open = await openOne(tx, applicant, input.registrationId);
  if (open === undefined) return refuse("no-such-registration");
  if (open.state !== "reviewing") return refuse("question-passed");
  const { now } = setting;
  await updateRegistration(tx, open.id, { ...accountOf(applicant), state: "waiting", sent_at: now, touched_at: now });
  await writeJournal(tx, {
    at: now,
    actorId: null,
    event: "registration-asked",
    subject: { kind: "registration", id: open.id },
    details: { officeId: open.officeId },
  });
  await askDeciders(tx, open, setting);
  return accept();
}

/** The applicant gives it up: what was not sent is forgotten at once. */
export async function cancelRegistration(
  tx: Tx,
  applicant: Applicant,
  setting: Setting,
  input: { registrationId: number },
): Promise<Outcome> {
  if ((await openOne(tx, applicant, input.registrationId)) === undefined) return refuse("no-such-registration");
  await withdrawRegistration(tx, applicant.telegramUserId, setting);
  return accept();
}

/** Ends what an account has open, also when it is linked by a code meanwhile; those who were asked see it. */
export async function withdrawRegistration(tx: Tx, telegramUserId: number, setting: Setting): Promise<void> {
  const open = await lockOpenRegistration(tx, telegramUserId);
  if (open === undefined) return;
  if (open.state !== "waiting") return deleteRegistration(tx, open.id);
  await updateRegistration(tx, open.id, { state: "withdrawn", touched_at: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: null,
    event: "registration-withdrawn",
    subject: { kind: "registration", id: open.id },
    details: { officeId: open.officeId },
  });
  const asked = { kind: "registration-asked", registrationId: open.id } as const;
  await editSent(tx, asked, asked, setting);
}

async function openOne(tx: Tx, applicant: Applicant, registrationId: number): Promise<Registration | undefined> {
  const open = await lockOpenRegistration(tx, applicant.telegramUserId);
  return open?.id === registrationId ? open : undefined;
}

/** What an account calls itself is text of a stranger: one line, and not long. */
function accountOf({ name, username }: Applicant) {
  return {
    telegram_name: shorten(cleanLine(name), longestTelegramName) || "-",
    telegram_username: username === undefined ? null : shorten(cleanLine(username), longestTelegramName),
  };
}

function show(
  tx: Tx,
  { id, telegramUserId }: Pick<Registration, "id" | "telegramUserId">,
  { now }: Setting,
): Promise<void> {
  const screen = { kind: "registration", registrationId: id } as const;
  return send(tx, telegramUserId, screen, { now, priority: answerPriority });
}
