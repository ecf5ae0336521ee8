import { correctMessage } from "../../core/actions/ticket/correct-message.ts";
import { findHeard } from "../../core/db/heard-messages.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply } from "../conversation.ts";
import { correctAnswer } from "../forms/correct-answer.ts";
import { draftAt } from "../forms/fill-in.ts";
import type { Message } from "../telegram/update.ts";

/** Somebody edited a message: of an open form it corrects the answer, of a ticket it keeps both versions. */
export async function readEdit(conversation: Conversation, message: Message): Promise<Outcome> {
  // A live location is edited by Telegram, each time that its bearer moves.
  if (message.location !== undefined) return accept();
  const { tx, person, setting, chatId } = conversation;
  const text = message.text ?? message.caption ?? "";
  const heard = await findHeard(tx, { chatId, messageId: message.message_id });
  if (heard === undefined) return refuse("edit-not-traced");
  if (heard.draftId !== null) {
    const draft = await draftAt(conversation, heard.draftId);
    return draft.ok ? correctAnswer(conversation, draft.value, heard, text) : refuse("edit-not-traced");
  }
  const corrected = await correctMessage(tx, person, setting, { chatId, messageId: message.message_id, text });
  if (!corrected.ok) return corrected;
  // Another picture, or the like: of an edit only the words are read.
  const what = corrected.value === "corrected" ? "edit-kept" : "edits-not-read";
  await reply(conversation, { kind: "said", what });
  return accept();
}
