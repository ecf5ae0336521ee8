import { type IncomingFile, receiveFile } from "../../core/actions/keep-files.ts";
import { writeMessage } from "../../core/actions/write-message.ts";
import { type Draft, deleteDraft } from "../../core/db/drafts.ts";
import { findTicketOfMessage } from "../../core/db/outbox.ts";
import { findTicketOfCard } from "../../core/db/ticket-cards.ts";
import { findTicket } from "../../core/db/tickets.ts";
import { parseAnswer } from "../../core/domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { note } from "../../core/domain/procedures/procedure.ts";
import { maySee, parseTicketNumber, speaksForRequester } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";
import { activeDraft, addFile, answer, openDraft, resume } from "../forms/fill-in.ts";
import { messageForm } from "../forms/message-form.ts";
import { unsortedForm } from "../forms/unsorted-form.ts";
import type { Message } from "../update.ts";
import { parseCommand, runCommand } from "./commands.ts";
import { openTicket } from "./ticket-presses.ts";

/** A bot cannot fetch more. https://core.telegram.org/bots/api#getfile */
const largestFileMegabytes = 20;

/**
 * What a person wrote or sent: a command, words on a ticket's card, the answer to the present question, a ticket's
 * number, or else something that the person is asked about.
 */
export async function readMessage(conversation: Conversation, message: Message): Promise<Outcome> {
  const file = incomingFile(message);
  if (file !== undefined && !file.ok) return file;
  // The words of a video are not taken without it: who sent it would believe that it arrived.
  const text = message.text ?? pinOf(message) ?? (file === undefined ? undefined : message.caption);
  const command = message.text === undefined ? undefined : parseCommand(message.text);
  if (command !== undefined) return runCommand(conversation, command);
  if (file === undefined && text === undefined) {
    await reply(conversation, { kind: "said", what: "not-readable" });
    return accept();
  }
  const content = { text, file: file?.value };
  const ticketId = await ticketRepliedTo(conversation, message);
  if (ticketId !== undefined) return writeOnCard(conversation, ticketId, content);
  const draft = await activeDraft(conversation);
  if (draft !== undefined && draft.form !== unsortedForm.name) {
    return content.file === undefined
      ? answer(conversation, draft, text ?? "")
      : addFile(conversation, draft, content.file, text);
  }
  const number = text === undefined ? undefined : parseTicketNumber(text);
  if (number !== undefined) return openTicket(conversation, number);
  return askWhatItIs(conversation, {}, content);
}

/** A pin on the map, as its coordinates would be typed. */
export function pinOf({ location }: Message): string | undefined {
  return location && `${location.latitude.toFixed(6)}, ${location.longitude.toFixed(6)}`;
}

type Content = { text: string | undefined; file: IncomingFile | undefined };

/** A reply to a card is the requester's comment; of the desk it could be meant for either side, so it is asked. */
async function writeOnCard(conversation: Conversation, ticketId: number, content: Content): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined || !maySee(person, ticket)) return askWhatItIs(conversation, {}, content);
  if (!speaksForRequester(person, ticket)) return askWhatItIs(conversation, { ticketId }, content);
  const draft = await openDraft(conversation, messageForm, { ticketId, kind: "comment" });
  if (content.file !== undefined) await receiveFile(tx, person, setting, { draftId: draft.id, file: content.file });
  const written = await writeMessage(tx, person, setting, {
    ticketId,
    kind: "comment",
    draftId: draft.id,
    ...(content.text === undefined ? {} : { text: content.text }),
  });
  await deleteDraft(tx, draft.id);
  if (!written.ok) return written;
  await reply(conversation, { kind: "said", what: "sent" });
  return accept();
}

/** Keeps what came without a form, together with what came before it, until the person says what it is. */
async function askWhatItIs(conversation: Conversation, subject: Draft["subject"], content: Content): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  // Before a draft is made: what is too long leaves none behind.
  const alone = content.text === undefined ? undefined : parseNote(conversation, content.text);
  if (alone !== undefined && !alone.ok) return alone;
  const draft = await openDraft(conversation, unsortedForm, subject);
  const words = [draft.answers.text, content.text].filter((text) => text !== undefined).join("\n");
  if (words !== "") {
    const parsed = parseNote(conversation, words);
    if (!parsed.ok) return parsed;
    draft.answers.text = parsed.value;
  }
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

export function incomingFile(message: Message): Outcome<IncomingFile> | undefined {
  const photo = message.photo?.at(-1);
  if (photo !== undefined) {
    const name = `foto-${message.message_id}.jpg`;
    return withinLimit(photo.file_size, { kind: "photo", name, mimeType: "image/jpeg", telegramFileId: photo.file_id });
  }
  const { document } = message;
  if (document === undefined) return undefined;
  return withinLimit(document.file_size, {
    kind: "document",
    name: document.file_name ?? "berkas",
    mimeType: document.mime_type ?? "application/octet-stream",
    telegramFileId: document.file_id,
  });
}

function withinLimit(sizeBytes: number | undefined, file: IncomingFile): Outcome<IncomingFile> {
  const isTooLarge = sizeBytes !== undefined && sizeBytes > largestFileMegabytes * 1024 * 1024;
  return isTooLarge ? refuse("file-too-large", { megabytes: largestFileMegabytes }) : accept(file);
}
