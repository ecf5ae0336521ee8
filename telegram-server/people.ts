import { randomBytes } from "node:crypto";
import { commandsFor } from "./calls/commands.ts";
import { countCharacters, type FormattedText, longestCaption, longestText, typedText } from "./formatted-text.ts";
import { cleanFileName } from "./multipart.ts";
import { pictureIn } from "./picture.ts";
import type { Change } from "./state.ts";
import { asBotSees, type BotCommand, isInlineKeyboard, type Message } from "./types.ts";
import { newUpdate } from "./updates.ts";
import {
  chatWith,
  mediaOf,
  messageIn,
  newFile,
  nextMessageId,
  nowSeconds,
  type PersonEvent,
  type PlaygroundPerson,
  quoted,
  standingOf,
  userOf,
  type World,
} from "./world.ts";

/** What a person's app would not do, in the words that the page shows. `status` is that of the playground's HTTP answer. */
export class PersonRefusal extends Error {
  readonly status: 400 | 404 | 409 | 413;

  constructor(status: PersonRefusal["status"], sentence: string) {
    super(sentence);
    this.name = "PersonRefusal";
    this.status = status;
  }
}

/** source: Telegram's apps, largest file of a person without Premium (2000 MB); kept here at what the server holds in memory */
const largestFileBytes = 50 * 2 ** 20;
/** source: Telegram's apps and Bot API, editMessageText */
const editableForSeconds = 48 * 60 * 60;

type Reply = { replyTo?: number };
export type SentPhoto = Reply & { bytes: Uint8Array; caption?: string; mediaGroupId?: string };
export type SentDocument = Reply & { bytes: Uint8Array; name: string; mimeType: string; caption?: string };
export type CallbackAnswer = Extract<PersonEvent, { type: "callback-answer" }>;

/** The Telegram apps of the people who are played. All of it throws a PersonRefusal where an app would not do it. */
export type People = {
  sendText(personId: number, text: string, options?: Reply): Message;
  /** @throws PersonRefusal also where the bytes are no PNG, JPEG, GIF or WebP */
  sendPhoto(personId: number, photo: SentPhoto): Message;
  sendDocument(personId: number, document: SentDocument): Message;
  /** Any other content by its Bot API fields, e.g. `{ sticker: {…} }` or `{ location: {…} }`. */
  sendMessage(personId: number, content: Record<string, unknown>): Message;
  editText(personId: number, messageId: number, text: string): Message;
  /** @returns the id of the callback query */
  press(personId: number, messageId: number, callbackData: string): string;
  /** As `press`, but also what no button says and on a message that is gone, as a changed app could. */
  pressRaw(personId: number, messageId: number, callbackData: string): string;
  /**
   * Presses START (or RESTART, after a block): sends "/start" and the payload.
   * @param payload of the deep link that was followed; absent: the person's own, where there is one
   */
  start(personId: number, payload?: string): Message;
  block(personId: number): void;
  unblock(personId: number): void;
  /** The chat as the person sees it, oldest first. */
  messages(personId: number): Message[];
  /** What stands in a group, oldest first, as everybody in it sees it. */
  groupMessages(groupId: number): Message[];
  commands(personId: number): BotCommand[];
  standing(personId: number): { started: boolean; blocked: boolean };
  /** The answers to this person's presses since the server was opened, oldest first. */
  callbackAnswers(personId: number): CallbackAnswer[];
  /** @returns ends the subscription */
  subscribe(listener: (event: PersonEvent) => void): () => void;
};

export function openPeople(world: World, subscribe: People["subscribe"]): People {
  const answers: CallbackAnswer[] = [];
  subscribe((event) => {
    if (event.type === "callback-answer") answers.push(event);
  });

  /** Keeps a message of the person and queues its update. The first message opens the chat. */
  function send(personId: number, content: Record<string, unknown>, changes: Change[] = [], replyTo?: number): Message {
    const person = requirePerson(world, personId);
    if (standingOf(world, personId).blocked) throw new PersonRefusal(409, "Bot ini diblokir. Buka blokirnya dulu.");
    const replied = replyTo === undefined ? undefined : requireMessage(world, personId, replyTo);
    const message: Message = {
      message_id: nextMessageId(world),
      from: userOf(person),
      chat: chatWith(person),
      date: nowSeconds(world),
      ...(replied === undefined ? {} : { reply_to_message: asBotSees(quoted(replied)) }),
      ...content,
    };
    world.record(
      [
        ...changes,
        { change: "person", id: personId, started: true, blocked: false },
        { change: "message", message },
        ...newUpdate(world.state, "message", message, message.date),
      ],
      { type: "message", personId, message },
    );
    return message;
  }

  function press(personId: number, messageId: number, data: string): string {
    const person = requirePerson(world, personId);
    const message = messageIn(world, personId, messageId);
    const id = (randomBytes(8).readBigUInt64BE() >> 1n).toString();
    const query = {
      id,
      from: userOf(person),
      // Of a message that is gone Telegram tells where it was, with date 0.
      message: message === undefined ? { message_id: messageId, chat: chatWith(person), date: 0 } : asBotSees(message),
      chat_instance: String(personId * 7919),
      data,
    };
    const at = nowSeconds(world);
    world.record([
      { change: "callback-query", query: { id, personId, messageId, at, answered: false } },
      ...newUpdate(world.state, "callback_query", query, at),
    ]);
    return id;
  }

  function setBlocked(personId: number, blocked: boolean): void {
    const person = requirePerson(world, personId);
    const standing = standingOf(world, personId);
    if (!standing.started) throw new PersonRefusal(409, "Orang ini belum memulai bot.");
    if (standing.blocked === blocked) return;
    const at = nowSeconds(world);
    const member = { user: world.bot, status: "member" };
    const kicked = { user: world.bot, status: "kicked", until_date: 0 };
    const update = {
      chat: chatWith(person),
      from: userOf(person),
      date: at,
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    };
    world.record([
      { change: "person", id: personId, started: true, blocked },
      ...newUpdate(world.state, "my_chat_member", update, at),
    ]);
  }

  return {
    sendText: (personId, text, options) => send(personId, textContent(text), [], options?.replyTo),
    sendPhoto(personId, { bytes, caption, mediaGroupId, replyTo }) {
      requireFile(bytes);
      const picture = pictureIn(bytes);
      if (picture === undefined) {
        throw new PersonRefusal(400, "Ini bukan gambar (PNG, JPEG, GIF, atau WebP). Kirim sebagai dokumen.");
      }
      const captionContent = captioned(caption);
      const { file, change } = newFile(world, { kind: "photo", bytes, ...picture });
      const group = mediaGroupId === undefined ? {} : { media_group_id: mediaGroupId };
      return send(personId, { ...group, ...mediaOf(file), ...captionContent }, [change], replyTo);
    },
    sendDocument(personId, { bytes, name, mimeType, caption, replyTo }) {
      requireFile(bytes);
      const captionContent = captioned(caption);
      const fileName = cleanFileName(name);
      const { file, change } = newFile(world, { kind: "document", bytes, name: fileName || "document", mimeType });
      return send(personId, { ...mediaOf(file), ...captionContent }, [change], replyTo);
    },
    sendMessage(personId, content) {
      const own = ["message_id", "from", "chat", "date"].find((field) => field in content);
      if (own !== undefined) throw new PersonRefusal(400, `Kolom "${own}" diisi oleh server.`);
      return send(personId, content);
    },
    editText(personId, messageId, text) {
      const message = requireMessage(world, personId, messageId);
      const at = nowSeconds(world);
      if (message.from.id !== personId || message.text === undefined) {
        throw new PersonRefusal(400, "Hanya pesan teks milik sendiri yang dapat diubah.");
      }
      if (at - message.date > editableForSeconds)
        throw new PersonRefusal(409, "Pesan hanya dapat diubah dalam 48 jam.");
      const { entities: _, ...rest } = message;
      const edited = { ...rest, ...textContent(text), edit_date: at } as Message;
      world.record([{ change: "message", message: edited }, ...newUpdate(world.state, "edited_message", edited, at)], {
        type: "edit",
        personId,
        message: edited,
      });
      return edited;
    },
    press(personId, messageId, callbackData) {
      const keyboard = requireMessage(world, personId, messageId).reply_markup;
      const buttons = isInlineKeyboard(keyboard) ? keyboard.inline_keyboard.flat() : [];
      if (!buttons.some((button) => button.callback_data === callbackData)) {
        throw new PersonRefusal(409, `Pesan ${messageId} kini tidak mempunyai tombol dengan data "${callbackData}".`);
      }
      if (standingOf(world, personId).blocked) throw new PersonRefusal(409, "Bot ini diblokir. Buka blokirnya dulu.");
      return press(personId, messageId, callbackData);
    },
    pressRaw: press,
    start(personId, payload = world.startPayloads.get(personId) ?? "") {
      requirePerson(world, personId);
      if (payload !== "" && !isStartPayload(payload)) {
        throw new PersonRefusal(400, "Tautan START berisi 1 sampai 64 huruf, angka, _ atau -.");
      }
      if (standingOf(world, personId).blocked) setBlocked(personId, false);
      return send(personId, textContent(`/start ${payload}`));
    },
    block: (personId) => setBlocked(personId, true),
    unblock: (personId) => setBlocked(personId, false),
    messages: (personId) => [...(world.state.chats.get(requirePerson(world, personId).id)?.values() ?? [])],
    groupMessages(groupId) {
      if (!world.groups.has(groupId)) throw new PersonRefusal(404, `Tidak ada grup dengan id ${groupId}.`);
      return [...(world.state.chats.get(groupId)?.values() ?? [])];
    },
    commands: (personId) => commandsFor(world.state, requirePerson(world, personId)),
    standing: (personId) => standingOf(world, requirePerson(world, personId).id),
    callbackAnswers: (personId) => answers.filter((answer) => answer.personId === personId),
    subscribe,
  };
}

function requirePerson(world: World, personId: number): PlaygroundPerson {
  const person = world.people.get(personId);
  if (person === undefined) throw new PersonRefusal(404, `Tidak ada orang dengan id ${personId}.`);
  return person;
}

function requireMessage(world: World, personId: number, messageId: number): Message {
  const message = messageIn(world, requirePerson(world, personId).id, messageId);
  if (message === undefined) throw new PersonRefusal(404, `Tidak ada pesan ${messageId} dalam percakapan ini.`);
  return message;
}

/** source: core.telegram.org/bots/features#deep-linking */
export function isStartPayload(payload: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(payload);
}

function textContent(text: string): Record<string, unknown> {
  const typed = typedText(text);
  if (typed.text === "") throw new PersonRefusal(400, "Pesan perlu berisi teks.");
  if (countCharacters(typed.text) > longestText) {
    throw new PersonRefusal(400, `Pesan paling panjang ${longestText} karakter.`);
  }
  return { text: typed.text, ...entitiesOf("entities", typed) };
}

function captioned(caption: string | undefined): Record<string, unknown> {
  const typed = typedText(caption ?? "");
  if (typed.text === "") return {};
  if (countCharacters(typed.text) > longestCaption) {
    throw new PersonRefusal(400, `Keterangan paling panjang ${longestCaption} karakter.`);
  }
  return { caption: typed.text, ...entitiesOf("caption_entities", typed) };
}

function entitiesOf(field: string, { entities }: FormattedText): Record<string, unknown> {
  return entities.length === 0 ? {} : { [field]: entities };
}

function requireFile(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new PersonRefusal(400, "Berkas itu kosong.");
  if (bytes.length > largestFileBytes) throw new PersonRefusal(413, "Berkas paling besar 50 MB.");
}
