import { answerPriority } from "../core/actions/notices.ts";
import { readPosterToken } from "../core/actions/people/posters.ts";
import {
  type Applicant,
  answerRegistration,
  beginRegistration,
  cancelRegistration,
  moveInRegistration,
  sendRegistration,
} from "../core/actions/people/register.ts";
import type { Setting } from "../core/actions/setting.ts";
import type { Events } from "../core/db/events/events.ts";
import { enqueue } from "../core/db/outbox.ts";
import { lockOpenRegistration } from "../core/db/people/registrations.ts";
import type { Tx } from "../core/db/tables.ts";
import { accept, type Outcome, type Refusal, refuse } from "../core/domain/outcome.ts";
import type { Registration } from "../core/domain/people/registration.ts";
import { parseCommand } from "./commands/commands.ts";
import type { ApplicantPress } from "./presses/press.ts";
import type { Screen } from "./screens/screens.ts";
import type { Message, User } from "./telegram/update.ts";

/** What somebody who registers may write and press, so that nobody fills the database. Beyond it nothing is read. */
const words = { burst: 20, perMinute: 6 };
/** Registrations that one account may send: three, and then three a day. */
const sendings = { burst: 3, perMinute: 3 / (24 * 60) };
/** For one office, whose officer has to read them. */
const sendingsToOffice = { burst: 30, perMinute: 1 };

export type ApplicantContext = { tx: Tx; setting: Setting; takeToken: Events["takeToken"] };

/** Somebody who is not linked came in by START with the token of a poster. */
export function openPoster({ tx, setting }: ApplicantContext, from: User, payload: string): Promise<Outcome> {
  return beginRegistration(tx, applicantOf(from), setting, { token: readPosterToken(payload) });
}

/** @returns false where this account registers nowhere: it is a stranger */
export async function hearApplicant(
  context: ApplicantContext,
  from: User,
  message: Message,
  { isEdited }: { isEdited: boolean },
): Promise<boolean> {
  const { tx, setting, takeToken } = context;
  const open = await lockOpenRegistration(tx, from.id);
  if (open === undefined) return false;
  if (isEdited || !(await takeToken(`registering ${from.id}`, words))) return true;
  const command = parseCommand(message.text ?? "");
  if (command?.name === "batal") {
    const done = await cancelRegistration(tx, applicantOf(from), setting, { registrationId: open.id });
    await show(context, open, done.ok ? { kind: "registration-cancelled" } : screenOf(open, done.refusal));
    return true;
  }
  if (command !== undefined) {
    await show(context, open, screenOf(open));
    return true;
  }
  // A photo is not fetched, and its caption is not read.
  const answered =
    message.text === undefined
      ? refuse("no-file-here")
      : await answerRegistration(tx, applicantOf(from), setting, { text: message.text });
  if (!answered.ok) await show(context, open, screenOf(open, answered.refusal));
  return true;
}

/** A button of the registration; what it led to takes the place of the message. */
export async function pressAsApplicant(
  context: ApplicantContext,
  from: User,
  press: ApplicantPress,
  pressedMessageId: number | undefined,
): Promise<Outcome> {
  const done = await act(context, from, press);
  if (!done.ok) return done;
  const screen: Screen =
    press.do === "cancel-registration" ? { kind: "registration-cancelled" } : screenOf({ id: press.registrationId });
  await show(context, { telegramUserId: from.id }, screen, pressedMessageId);
  return accept();
}

async function act(context: ApplicantContext, from: User, press: ApplicantPress): Promise<Outcome> {
  const { tx, setting, takeToken } = context;
  if (!(await takeToken(`registering ${from.id}`, words))) return refuse("registration-too-many");
  const applicant = applicantOf(from);
  switch (press.do) {
    case "move-registration":
      return moveInRegistration(tx, applicant, setting, press);
    case "cancel-registration":
      return cancelRegistration(tx, applicant, setting, press);
    case "send-registration": {
      const open = await lockOpenRegistration(tx, from.id);
      const mayBeSent = open?.id === press.registrationId && open.state === "reviewing";
      if (mayBeSent && !(await mayBeAsked(takeToken, open))) return refuse("registration-too-many");
      return sendRegistration(tx, applicant, setting, press);
    }
  }
}

async function mayBeAsked(takeToken: Events["takeToken"], open: Registration): Promise<boolean> {
  if (!(await takeToken(`registrations by ${open.telegramUserId}`, sendings))) return false;
  return takeToken(`registrations of ${open.officeId}`, sendingsToOffice);
}

function screenOf({ id }: Pick<Registration, "id">, refusal?: Refusal): Screen {
  return { kind: "registration", registrationId: id, ...(refusal === undefined ? {} : { refusal }) };
}

async function show(
  { tx, setting }: ApplicantContext,
  { telegramUserId }: Pick<Registration, "telegramUserId">,
  screen: Screen,
  editsMessageId?: number,
): Promise<void> {
  await enqueue(tx, {
    chatId: telegramUserId,
    message: screen,
    priority: answerPriority,
    editsMessageId,
    now: setting.now,
  });
}

function applicantOf({ id, first_name, last_name, username }: User): Applicant {
  const name = last_name === undefined ? first_name : `${first_name} ${last_name}`;
  return { telegramUserId: id, name, username };
}
