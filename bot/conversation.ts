import type { Notice } from "../core/actions/notice.ts";
import { questionKey } from "../core/actions/notice-keys.ts";
import { answerPriority, send } from "../core/actions/notices.ts";
import type { Setting } from "../core/actions/setting.ts";
import { enqueue, type OutboxRow } from "../core/db/outbox.ts";
import type { Tx } from "../core/db/tables.ts";
import { lockPlaceToAsk } from "../core/db/ticket/drafts.ts";
import { albumMilliseconds } from "../core/domain/durations.ts";
import { accept, type Outcome } from "../core/domain/outcome.ts";
import type { Person } from "../core/domain/people/person.ts";
import type { OfficeWords } from "./replies/office-words.ts";
import { replyInTopic, type TopicPlace } from "./reply-in-topic.ts";
import type { Screen } from "./screens/screens.ts";

/** One update of one person in one private chat, or one topic, within the transaction that handles it. */
export type Conversation = {
  tx: Tx;
  setting: Setting;
  office: OfficeWords;
  person: Person;
  chatId: number;
  /** In the staff group, whose chat it is then; absent in a private chat. */
  topic?: TopicPlace;
  /** What the person wrote or sent; absent for a press. */
  messageId?: number;
  /** The message whose button was pressed. */
  pressedMessageId?: number;
  /** The pressed button was one of a form: the next question takes the place of that message. */
  isInForm?: true;
  /** The message is one of several that were sent together. */
  albumId?: string;
};

/** @param options.inPlace shows it in the message whose button was pressed */
export async function reply(
  conversation: Conversation,
  screen: Screen,
  options: { inPlace?: boolean } = {},
): Promise<void> {
  const { tx, chatId, setting, pressedMessageId, albumId } = conversation;
  const { topic } = conversation;
  const staysInPlace = screen.kind === "announcement" && options.inPlace;
  if (topic === undefined && isFoundByKey(screen) && !staysInPlace) {
    await send(tx, chatId, screen, { now: setting.now, priority: answerPriority });
    return;
  }
  const editsMessageId = options.inPlace ? pressedMessageId : undefined;
  const mergeKey = editsMessageId === undefined ? mergeKeyOf(screen, albumId) : undefined;
  const waits = albumId !== undefined && mergeKey !== undefined;
  const now = waits ? new Date(setting.now.getTime() + albumMilliseconds) : setting.now;
  if (topic !== undefined) return replyInTopic({ ...conversation, topic }, screen, { editsMessageId, mergeKey, now });
  await enqueue(tx, { chatId, message: screen, priority: answerPriority, mergeKey, editsMessageId, now });
}

/** Shows something, in the place of the page before where it turns, and that is all that was asked. */
export async function show(
  conversation: Conversation,
  screen: Screen,
  { turns }: { turns?: true | undefined } = {},
): Promise<Outcome> {
  await reply(conversation, screen, { inPlace: turns === true });
  return accept();
}

/**
 * A question whose place was deleted comes as a new message: who pressed there waits for it, and has nothing else to press. Where
 * the form has moved on meanwhile, the next question is asked already.
 */
export async function askInNewMessage(
  tx: Tx,
  row: OutboxRow,
  question: Extract<Screen, { kind: "question" }>,
  now: Date,
): Promise<void> {
  const { chatId, personIds } = row;
  const present = await lockPlaceToAsk(tx, question.draftId);
  if (present?.question !== question.question) return;
  await enqueue(tx, {
    chatId,
    message: question,
    priority: answerPriority,
    mergeKey: mergeKeyOf(question, undefined),
    topicTicketId: row.topicTicketId ?? undefined,
    personIds,
    now,
  });
}

/** Answers that are edited later, together with the same notice in other chats. */
function isFoundByKey(screen: Screen): screen is Notice {
  return (
    screen.kind === "ticket-card" ||
    screen.kind === "step-told" ||
    screen.kind === "registration-asked" ||
    screen.kind === "announcement"
  );
}

/** Several photos at once make one question, or one word of thanks, not one for each. */
function mergeKeyOf(screen: Screen, albumId: string | undefined): string | undefined {
  if (screen.kind === "question") return questionKey(screen.draftId);
  return screen.kind === "said" && albumId !== undefined ? `album ${albumId} ${screen.what}` : undefined;
}
