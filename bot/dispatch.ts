import { answerPriority } from "../core/actions/notices.ts";
import { linkAccount } from "../core/actions/people/link-account.ts";
import { isPosterToken } from "../core/actions/people/posters.ts";
import { recordBlockedChat, recordUnblockedChat } from "../core/actions/record-delivery.ts";
import type { Setting } from "../core/actions/setting.ts";
import type { Events } from "../core/db/events/events.ts";
import { enqueue, findPress } from "../core/db/outbox.ts";
import { findPersonByTelegramUser } from "../core/db/people/people.ts";
import { markStrangerAnswered, noteStranger } from "../core/db/people/strangers.ts";
import type { Tx } from "../core/db/tables.ts";
import { parseCablePayload } from "../core/domain/cable/cable.ts";
import { shorten } from "../core/domain/form/text.ts";
import { type Outcome, type Refusal, refuse } from "../core/domain/outcome.ts";
import type { Person } from "../core/domain/people/person.ts";
import { type ApplicantContext, hearApplicant, openPoster, pressAsApplicant } from "./applicant.ts";
import { parseCommand } from "./commands/commands.ts";
import { pressButton } from "./commands/press-button.ts";
import { readEdit } from "./commands/read-edit.ts";
import { readMessage } from "./commands/read-message.ts";
import { type Conversation, reply } from "./conversation.ts";
import { hearGroup, noteStanding, pressInGroup } from "./group.ts";
import type { HandleUpdate } from "./inbox.ts";
import { applicantPress, press } from "./presses/press.ts";
import type { OfficeWords } from "./replies/office-words.ts";
import { explain } from "./replies/refusals.ts";
import type { Screen } from "./screens/screens.ts";
import type { CallbackQuery, ChatMemberUpdated, Message, Update, User } from "./telegram/update.ts";

type Handled = Awaited<ReturnType<HandleUpdate>>;

export type DispatchSetting = {
  office: OfficeWords;
  setting: (now: Date) => Setting;
  takeToken: Events["takeToken"];
};

/** Codes that somebody who is not linked may try, so that none is guessed. */
const codeTries = { burst: 5, perMinute: 0.2 };

/** Telegram shows at most this much in the answer to a press. */
const longestCallbackAnswer = 200;

/** Token and index of a button, as they were sent. */
const buttonData = /^([\w-]+)\.(\d+)$/;

/** Handles one update in its transaction: who is it, what is wanted, what is answered. */
export function openDispatch(dispatch: DispatchSetting): HandleUpdate {
  return async (tx, update, { now }) => {
    const setting = dispatch.setting(now);
    if (update.callback_query !== undefined) return handlePress(tx, update.callback_query, setting, dispatch);
    if (update.my_chat_member !== undefined) await handleMembership(tx, update.my_chat_member, setting);
    const message = update.message ?? update.edited_message;
    if (message?.chat.type === "group" || message?.chat.type === "supergroup") {
      const { office, takeToken } = dispatch;
      await hearGroup({ tx, setting, office, takeToken }, message, update.edited_message !== undefined);
      return {};
    }
    if (message !== undefined) await handleMessage(tx, message, update, setting, dispatch);
    return {};
  };
}

async function handleMessage(
  tx: Tx,
  message: Message,
  update: Update,
  setting: Setting,
  dispatch: DispatchSetting,
): Promise<void> {
  // Nothing is read in channels.
  if (message.chat.type !== "private" || message.from === undefined || message.from.is_bot) return;
  const chatId = message.chat.id;
  const command = parseCommand(message.text ?? "");
  const code = command?.name === "start" ? codeOf(command.rest) : undefined;
  const person = await findPersonByTelegramUser(tx, message.from.id);
  const context = { tx, setting, takeToken: dispatch.takeToken };
  if (code !== undefined && isPosterToken(code)) {
    const refusal = await usePoster(context, message.from, code, person);
    if (refusal === undefined) return;
    const kind = person === undefined ? "not-linked" : "refused";
    return enqueueTo(tx, chatId, { kind, refusal }, setting.now);
  }
  if (code !== undefined) {
    const refusal = await useCode(tx, message.from.id, code, setting, dispatch);
    // Telegram sends the payload again each time that a link is opened: who came in by it gets the menu.
    const isOpenedAgain = refusal?.code === "code-used" && person !== undefined;
    if (refusal === undefined) return;
    const answer: Screen = isOpenedAgain ? { kind: "menu" } : { kind: "not-linked", refusal };
    return enqueueTo(tx, chatId, answer, setting.now);
  }
  if (person === undefined) {
    const isEdited = update.edited_message !== undefined;
    const isApplicant = await hearApplicant(context, message.from, message, { isEdited });
    return isApplicant ? undefined : answerStranger(tx, message.from.id, setting);
  }

  const album = message.media_group_id === undefined ? {} : { albumId: message.media_group_id };
  const source = { chatId, messageId: message.message_id, ...album };
  const conversation: Conversation = { tx, setting, office: dispatch.office, person, ...source };
  const read = update.edited_message === undefined ? readMessage : readEdit;
  const outcome = await read(conversation, message);
  if (!outcome.ok) await reply(conversation, { kind: "refused", refusal: outcome.refusal });
}

/** What came behind START, where it links an account or begins a registration. That of a cable's label only names the cable. */
function codeOf(payload: string): string | undefined {
  return payload === "" || parseCablePayload(payload) !== undefined ? undefined : payload;
}

/** A person pressed a button: the person is checked, not the chat, and a button is good in its own chat only. */
async function handlePress(
  tx: Tx,
  query: CallbackQuery,
  setting: Setting,
  { office, takeToken }: DispatchSetting,
): Promise<Handled> {
  const chatId = query.message?.chat.id;
  const person = await findPersonByTelegramUser(tx, query.from.id);
  const answer = async (refusal: Refusal): Promise<Handled> => {
    const text = shorten(await explain(tx, refusal, office), longestCallbackAnswer);
    return { callbackAnswer: { id: query.id, text, showAlert: true } };
  };
  if (chatId === undefined) return answer(refuse("button-unknown").refusal);
  const [, token = "", index = ""] = buttonData.exec(query.data ?? "") ?? [];
  if (chatId < 0) {
    const done = await pressInGroup({ tx, setting, office }, query, { chatId, token, index: Number(index) });
    return done.ok ? { callbackAnswer: { id: query.id } } : answer(done.refusal);
  }
  if (chatId !== query.from.id) return answer(refuse("button-of-another").refusal);
  const stored = await findPress(tx, token, Number(index), chatId);
  if (person === undefined) {
    const wanted = applicantPress.safeParse(stored);
    if (!wanted.success) return answer(refuse("button-unknown").refusal);
    const context = { tx, setting, takeToken };
    const done = await pressAsApplicant(context, query.from, wanted.data, query.message?.message_id);
    return done.ok ? { callbackAnswer: { id: query.id } } : answer(done.refusal);
  }
  const found = press.safeParse(stored);
  if (!found.success) return answer(refuse("button-unknown").refusal);

  const pressed = query.message === undefined ? {} : { pressedMessageId: query.message.message_id };
  const outcome: Outcome = await pressButton({ tx, setting, office, person, chatId, ...pressed }, found.data);
  return outcome.ok ? { callbackAnswer: { id: query.id } } : answer(outcome.refusal);
}

/** @returns why the code was not taken; undefined also when there were too many tries, which get no answer */
async function useCode(
  tx: Tx,
  telegramUserId: number,
  code: string,
  setting: Setting,
  { takeToken }: DispatchSetting,
): Promise<Refusal | undefined> {
  if (!(await takeToken(`link-code ${telegramUserId}`, codeTries))) return undefined;
  const linked = await linkAccount(tx, telegramUserId, setting, { code });
  return linked.ok ? undefined : linked.refusal;
}

/** A poster is tried as a code is, so that none is guessed. @returns why nobody is registered by it */
async function usePoster(
  context: ApplicantContext,
  from: User,
  token: string,
  person: Person | undefined,
): Promise<Refusal | undefined> {
  if (!(await context.takeToken(`link-code ${from.id}`, codeTries))) return undefined;
  if (person !== undefined) return refuse("registered-already", { name: person.name }).refusal;
  const opened = await openPoster(context, from, token);
  return opened.ok ? undefined : opened.refusal;
}

/** One answer for somebody who is not linked; what else they send is neither read nor fetched. */
async function answerStranger(tx: Tx, telegramUserId: number, setting: Setting): Promise<void> {
  const { wasAnswered } = await noteStranger(tx, telegramUserId, setting.now);
  if (wasAnswered) return;
  await markStrangerAnswered(tx, telegramUserId, setting.now);
  await enqueueTo(tx, telegramUserId, { kind: "stranger" }, setting.now);
}

async function handleMembership(tx: Tx, change: ChatMemberUpdated, setting: Setting): Promise<void> {
  if (change.chat.type !== "private") return noteStanding(tx, change, setting);
  if (change.new_chat_member.status === "kicked") await recordBlockedChat(tx, setting, change.chat.id);
  else await recordUnblockedChat(tx, setting, change.chat.id);
}

async function enqueueTo(tx: Tx, chatId: number, screen: Screen, now: Date): Promise<void> {
  await enqueue(tx, { chatId, message: screen, priority: answerPriority, now });
}
