import { answerPriority, type Notice, send } from "../core/actions/notices.ts";
import type { Setting } from "../core/actions/setting.ts";
import { enqueue } from "../core/db/outbox.ts";
import type { Tx } from "../core/db/tables.ts";
import type { Person } from "../core/domain/people/person.ts";
import type { OfficeWords } from "./replies/office-words.ts";
import type { Screen } from "./screens.ts";

/** One update of one person in one private chat, within the transaction that handles it. */
export type Conversation = {
  tx: Tx;
  setting: Setting;
  office: OfficeWords;
  person: Person;
  chatId: number;
  /** The message whose button was pressed. */
  pressedMessageId?: number;
  /** The pressed button was one of a form: the next question takes the place of that message. */
  isInForm?: true;
};

/** @param options.inPlace shows it in the message whose button was pressed */
export async function reply(
  conversation: Conversation,
  screen: Screen,
  options: { inPlace?: boolean } = {},
): Promise<void> {
  const { tx, chatId, setting, pressedMessageId } = conversation;
  if (screen.kind === "ticket-card") {
    await send(tx, chatId, screen satisfies Notice, { now: setting.now, priority: answerPriority });
    return;
  }
  // Several photos at once make one question, not one for each.
  const merge = screen.kind === "question" && !options.inPlace ? { mergeKey: `question ${screen.draftId}` } : {};
  const place = options.inPlace && pressedMessageId !== undefined ? { editsMessageId: pressedMessageId } : {};
  await enqueue(tx, { chatId, message: screen, priority: answerPriority, ...merge, ...place, now: setting.now });
}
