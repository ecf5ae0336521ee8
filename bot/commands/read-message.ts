import { writeMessage } from "../../core/actions/ticket/write-message.ts";
import { type IncomingFile, receiveFile } from "../../core/actions/upload/keep-files.ts";
import { findTicketOfMessage } from "../../core/db/sent-messages.ts";
import type { Draft } from "../../core/db/ticket/drafts.ts";
import { findTicketOfCard } from "../../core/db/ticket/ticket-cards.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import { parseAnswer } from "../../core/domain/form/field.ts";
import { joinParts } from "../../core/domain/form/parts.ts";
import { cleanText } from "../../core/domain/form/text.ts";
import { accept, type Outcome, type Refusal } from "../../core/domain/outcome.ts";
import { note } from "../../core/domain/procedures/procedure.ts";
import { maySee, parseTicketNumber, readsInternalNotes, speaksForRequester } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";
import { activeDraft, addFile, answer, ask, hearMessage, openDraft, removeDraft, resume } from "../forms/fill-in.ts";
import { messageForm } from "../forms/ticket/message-form.ts";
import { unsortedForm } from "../forms/ticket/unsorted-form.ts";
import { incomingFile, incomingText } from "../incoming.ts";
import type { Message } from "../telegram/update.ts";
import { addPart, earlierPart } from "./album-part.ts";
import { parseCommand, runCommand } from "./commands.ts";
import { openTicket } from "./ticket-presses.ts";

/**
 * What a person wrote or sent: a command, words on a ticket's card, the answer to the present question, a ticket's
 * number, or else something that the person is asked about.
 */
export async function readMessage(conversation: Conversation, message: Message): Promise<Outcome> {
  const file = incomingFile(message);
  if (file !== undefined && !file.ok) return refuseFile(conversation, file.refusal);
  // The words of what cannot be kept are not taken without it: who sent it would believe that it arrived.
  const isCaptionOnly = file === undefined && message.caption !== undefined;
  const text = isCaptionOnly ? undefined : incomingText(message);
  const command = message.text === undefined ? undefined : parseCommand(message.text);
  if (command !== undefined) return runCommand(conversation, command);
  if (file === undefined && text === undefined) {
    await reply(conversation, { kind: "said", what: "not-readable" });
    return accept();
  }
  const content = { text, file: file?.value };
  const earlier = await earlierPart(conversation);
  if (earlier?.entryId != null && content.file !== undefined) {
    return addPart(conversation, earlier.entryId, { file: content.file, ...(text === undefined ? {} : { text }) });
  }
  const ticketId = await ticketRepliedTo(conversation, message);
  if (ticketId !== undefined) return writeOnCard(conversation, ticketId, content);
  const draft = await activeDraft(conversation);
  if (draft !== undefined && draft.form !== unsortedForm.name) {
    return content.file === undefined
      ? answer(conversation, draft, text ?? "")
      : addFile(conversation, draft, content.file, text);
  }
  if (draft !== undefined && draft.id === earlier?.draftId) return askWhatItIs(conversation, draft.subject, content);
  const number = text === undefined ? undefined : parseTicketNumber(text);
  if (number !== undefined) return openTicket(conversation, number);
  return askWhatItIs(conversation, {}, content);
}

type Content = { text: string | undefined; file: IncomingFile | undefined };

/**
 * A reply to a card is the requester's comment; of the desk it could be meant for either side, so it is asked. Others who
 * see the ticket, such as an approver, write neither.
 */
async function writeOnCard(conversation: Conversation, ticketId: number, content: Content): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined || !maySee(person, ticket)) return askWhatItIs(conversation, {}, content);
  if (!speaksForRequester(person, ticket)) {
    return askWhatItIs(conversation, readsInternalNotes(person, ticket) ? { ticketId } : {}, content);
  }
  const draft = await openDraft(conversation, messageForm, { ticketId, kind: "comment" });
  await hearMessage(conversation, draft, note.name, cleanText(content.text ?? "").length);
  if (content.file !== undefined) await receiveFile(tx, person, setting, { draftId: draft.id, file: content.file });
  const written = await writeMessage(tx, person, setting, {
    ticketId,
    kind: "comment",
    draftId: draft.id,
    isAlbum: conversation.albumId !== undefined,
    ...(content.text === undefined ? {} : { text: content.text }),
  });
  await removeDraft(conversation, draft);
  if (!written.ok) return written;
  await reply(conversation, { kind: "said", what: "sent" });
  return accept();
}

/** In a form the question stands below the reason, with the button for large files where it has one. */
async function refuseFile(conversation: Conversation, refusal: Refusal): Promise<Outcome> {
  const draft = await activeDraft(conversation);
  if (draft === undefined || draft.form === unsortedForm.name) return { ok: false, refusal };
  await ask(conversation, draft, { refusal });
  return accept();
}

/** Keeps what came without a form, together with what came before it, until the person says what it is. */
async function askWhatItIs(conversation: Conversation, subject: Draft["subject"], content: Content): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  // Before a draft is made: what is too long leaves none behind.
  const alone = content.text === undefined ? undefined : parseNote(conversation, content.text);
  if (alone !== undefined && !alone.ok) return alone;
  const draft = await openDraft(conversation, unsortedForm, subject);
  const words = joinParts([draft.answers.text, alone?.value]);
  if (words !== "") {
    const parsed = parseNote(conversation, words);
    if (!parsed.ok) return parsed;
    draft.answers.text = parsed.value;
  }
  await hearMessage(conversation, draft, "text", alone?.value.length ?? 0);
  if (content.file !== undefined) await receiveFile(tx, person, setting, { draftId: draft.id, file: content.file });
  await resume(conversation, draft);
  return accept();
}

function parseNote({ setting }: Conversation, text: string): Outcome<string> {
  return parseAnswer(note, text, { now: setting.now, zone: setting.rules.zone });
}

async function ticketRepliedTo({ tx, chatId }: Conversation, message: Message): Promise<number | undefined> {
  const messageId = message.reply_to_message?.message_id;
  if (messageId === undefined) return undefined;
  return (await findTicketOfCard(tx, chatId, messageId)) ?? (await findTicketOfMessage(tx, chatId, messageId));
}
