import { type MessageKind, refusalOfMessage, writeMessage } from "../../core/actions/ticket/write-message.ts";
import { hasTopic } from "../../core/actions/topic-route.ts";
import { type IncomingFile, receiveFile } from "../../core/actions/upload/keep-files.ts";
import { findSentMessage } from "../../core/db/sent-messages.ts";
import { findEntry } from "../../core/db/ticket/entries.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import { cleanText } from "../../core/domain/form/text.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { note } from "../../core/domain/procedures/procedure.ts";
import { type Conversation, reply } from "../conversation.ts";
import { activeDraft, addFile, answer, draftAt, hearMessage, openDraft, removeDraft } from "../forms/fill-in.ts";
import { messageForm, sayingFor } from "../forms/ticket/message-form.ts";
import { incomingFile, incomingText } from "../incoming.ts";
import type { TopicPlace } from "../reply-in-topic.ts";
import type { Message } from "../telegram/update.ts";
import { addPart, earlierPart } from "./album-part.ts";
import { parseCommand } from "./commands.ts";

type InTopic = Conversation & { topic: TopicPlace };
type Content = { text?: string; file?: IncomingFile };

/** What the message that somebody replies to means for the reply; a reply to a colleague, or to nothing, means nothing. */
type Replied = { to: "requester" } | { to: "question"; draftId: number } | { to: "bot" } | undefined;

/**
 * What somebody of the desk wrote in the topic of a ticket. To the requester go two things only: a reply to a message of the
 * requester that the bot brought here, and /balas. A reply to the question of a form answers it. All else is an internal note.
 */
export async function readTopicMessage(conversation: InTopic, message: Message): Promise<Outcome> {
  const file = incomingFile(message);
  if (file !== undefined && !file.ok) return file;
  // The words of what cannot be kept are not taken without it.
  const isCaptionOnly = file === undefined && message.caption !== undefined;
  const words = isCaptionOnly ? undefined : incomingText(message);
  if (file === undefined && words === undefined) {
    await reply(conversation, { kind: "said", what: "not-readable" });
    return accept();
  }
  const content = { ...(words !== undefined && { text: words }), ...(file && { file: file.value }) };
  const earlier = await earlierPart(conversation);
  if (earlier?.entryId != null && file !== undefined) {
    return addPart(conversation, earlier.entryId, { ...content, file: file.value });
  }
  const command = words === undefined ? undefined : parseCommand(words);
  if (command !== undefined) {
    if (command.name !== "balas") return refuse("group-command-unknown");
    if (command.rest === "" && file === undefined) return refuse("reply-without-words");
    return write(conversation, "reply", {
      ...(command.rest && { text: command.rest }),
      ...(file && { file: file.value }),
    });
  }
  const replied = await whatIsRepliedTo(conversation, message);
  if (replied?.to === "question") return answerForm(conversation, replied.draftId, content);
  if (replied?.to === "requester") return write(conversation, "reply", content);
  const written = await write(conversation, "internal-note", content);
  if (!written.ok) return written;
  // Said only where it might have been meant otherwise.
  const isFormOpen = replied === undefined && (await activeDraft(conversation)) !== undefined;
  if (replied?.to === "bot") await reply(conversation, { kind: "said", what: "kept-as-note" });
  else if (isFormOpen) await reply(conversation, { kind: "said", what: "kept-as-note-not-answer" });
  return accept();
}

/** Only what the bot itself sent here is looked at, by its number; no text is read for it. */
async function whatIsRepliedTo({ tx, chatId }: InTopic, message: Message): Promise<Replied> {
  const { reply_to_message: replied } = message;
  // Telegram gives what replies to nothing as a reply to the topic's first message.
  if (replied === undefined || replied.message_id === message.message_thread_id) return undefined;
  const sent = await findSentMessage(tx, chatId, replied.message_id);
  if (sent?.kind === "question") return { to: "question", draftId: Number(sent.draftId) };
  if (sent?.kind === "comment-added") {
    const entry = await findEntry(tx, Number(sent.entryId));
    if (entry?.kind === "comment") return { to: "requester" };
  }
  return sent !== undefined || replied.from?.is_bot === true ? { to: "bot" } : undefined;
}

/** Who replies to the question of a colleague's form answers nothing. */
async function answerForm(conversation: InTopic, draftId: number, content: Content): Promise<Outcome> {
  const found = await draftAt(conversation, draftId);
  if (!found.ok) return found;
  const { text, file } = content;
  return file === undefined
    ? answer(conversation, found.value, text ?? "")
    : addFile(conversation, found.value, file, text);
}

async function write(conversation: InTopic, kind: MessageKind, content: Content): Promise<Outcome> {
  const { tx, person, setting, topic, albumId } = conversation;
  const { ticketId } = topic;
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  if (!(await hasTopic(tx, ticket))) return refuse("works-not-in-topic");
  const refusal = refusalOfMessage(ticket, person, kind);
  if (refusal !== undefined) return { ok: false, refusal };
  const draft = await openDraft(conversation, messageForm, { ticketId, kind, from: "topic" });
  await hearMessage(conversation, draft, note.name, cleanText(content.text ?? "").length);
  if (content.file !== undefined) await receiveFile(tx, person, setting, { draftId: draft.id, file: content.file });
  const { text } = content;
  const written = await writeMessage(tx, person, setting, {
    ...{ ticketId, kind, draftId: draft.id, isAlbum: albumId !== undefined },
    ...(text === undefined ? {} : { text }),
  });
  await removeDraft(conversation, draft);
  if (!written.ok) return written;
  if (kind === "reply") await reply(conversation, { kind: "said", what: await sayingFor(tx, kind, ticketId) });
  return accept();
}
