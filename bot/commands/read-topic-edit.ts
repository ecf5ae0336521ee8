import { findHeard } from "../../core/db/heard-messages.ts";
import { findEntry } from "../../core/db/ticket/entries.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import type { Conversation } from "../conversation.ts";
import type { Message } from "../telegram/update.ts";
import { parseCommand } from "./commands.ts";
import { readEdit } from "./read-edit.ts";

/**
 * Somebody of the desk edited a message in a topic. It stays what it was: a reply that was sent is corrected for the requester
 * too, and an internal note never becomes a reply.
 */
export async function readTopicEdit(conversation: Conversation, message: Message): Promise<Outcome> {
  const { tx, chatId } = conversation;
  const written = message.text ?? message.caption;
  const command = written === undefined ? undefined : parseCommand(written);
  if (command === undefined) return readEdit(conversation, message);
  const heard = await findHeard(tx, { chatId, messageId: message.message_id });
  const entry = heard?.entryId == null ? undefined : await findEntry(tx, heard.entryId);
  if (command.name !== "balas" || entry?.kind !== "reply") return refuse("edit-makes-no-reply");
  const { text: _text, caption: _caption, ...rest } = message;
  return readEdit(conversation, { ...rest, text: command.rest });
}
