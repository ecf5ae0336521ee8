import { randomBytes } from "node:crypto";
import { commandsFor } from "./calls/commands.ts";
import { newMessage } from "./groups.ts";
import { cleanFileName } from "./multipart.ts";
import { openPeopleInGroups, type PeopleInGroups } from "./people-in-groups.ts";
import { captionContent, requireFile, textContent } from "./person-contents.ts";
import {
  chatOf,
  requireBotThere,
  requireMessage,
  requirePerson,
  updateOf,
  type Where,
  writingPlace,
} from "./person-place.ts";
import { PersonRefusal } from "./person-refusal.ts";
import { pictureIn } from "./picture.ts";
import type { Change } from "./state.ts";
import { asBotSees, type BotCommand, isInlineKeyboard, type Message } from "./types.ts";
import { newUpdate } from "./updates.ts";
import {
  chatWith,
  mediaOf,
  messageEvent,
  messageIn,
  newFile,
  nowSeconds,
  type PersonEvent,
  standingOf,
  userOf,
  type World,
} from "./world.ts";

/** source: Telegram's apps and Bot API, editMessageText */
const editableForSeconds = 48 * 60 * 60;

export type SentPhoto = Where & { bytes: Uint8Array; caption?: string; mediaGroupId?: string };
export type SentDocument = Where & { bytes: Uint8Array; name: string; mimeType: string; caption?: string };
export type CallbackAnswer = Extract<PersonEvent, { type: "callback-answer" }>;

/** The Telegram apps of the people who are played. All of it throws a PersonRefusal where an app would not do it. */
export type People = PeopleInGroups & {
  sendText(personId: number, text: string, where?: Where): Message;
  /** @throws PersonRefusal also where the bytes are no PNG, JPEG, GIF or WebP */
  sendPhoto(personId: number, photo: SentPhoto): Message;
  sendDocument(personId: number, document: SentDocument): Message;
  /** Any other content by its Bot API fields, e.g. `{ sticker: {…} }` or `{ location: {…} }`. */
  sendMessage(personId: number, content: Record<string, unknown>, where?: Where): Message;
  editText(personId: number, messageId: number, text: string, where?: Pick<Where, "groupId">): Message;
  /** @returns the id of the callback query */
  press(personId: number, messageId: number, callbackData: string, where?: Pick<Where, "groupId">): string;
  /** As `press`, but also what no button says and on a message that is gone, as a changed app could. */
  pressRaw(personId: number, messageId: number, callbackData: string, where?: Pick<Where, "groupId">): string;
  /**
   * Presses START (or RESTART, after a block): sends "/start" and the payload.
   * @param payload of the deep link that was followed; absent: the person's own, where there is one
   */
  start(personId: number, payload?: string): Message;
  block(personId: number): void;
  unblock(personId: number): void;
  /** The chat as the person sees it, oldest first. */
  messages(personId: number): Message[];
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

  /** Keeps a message of the person and queues its update. The first message opens the private chat. */
  function send(
    personId: number,
    content: Record<string, unknown>,
    where: Where = {},
    changes: Change[] = [],
  ): Message {
    const place = writingPlace(world, personId, where);
    const message: Message = newMessage(world, place.chat, place.sender, content, place);
    const isPrivate = message.chat.type === "private";
    world.record(
      [
        ...changes,
        ...(isPrivate ? [{ change: "person", id: personId, started: true, blocked: false } as const] : []),
        { change: "message", message },
        ...updateOf(world, "message", message),
      ],
      messageEvent("message", message),
    );
    return message;
  }

  function pressRaw(personId: number, messageId: number, data: string, where: Pick<Where, "groupId"> = {}): string {
    const person = requirePerson(world, personId);
    const chat = chatOf(world, personId, where.groupId);
    const message = messageIn(world, chat.id, messageId);
    const id = (randomBytes(8).readBigUInt64BE() >> 1n).toString();
    const query = {
      id,
      from: userOf(person),
      // Of a message that is gone Telegram tells where it was, with date 0.
      message: message === undefined ? { message_id: messageId, chat, date: 0 } : asBotSees(message),
      chat_instance: String(chat.id * 7919),
      data,
    };
    const at = nowSeconds(world);
    world.record([
      { change: "callback-query", query: { id, personId, chatId: chat.id, messageId, at, answered: false } },
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
    ...openPeopleInGroups(world),
    sendText: (personId, text, where) => send(personId, textContent(text), where),
    sendPhoto(personId, { bytes, caption, mediaGroupId, ...where }) {
      requireFile(bytes);
      const picture = pictureIn(bytes);
      if (picture === undefined) {
        throw new PersonRefusal(400, "Ini bukan gambar (PNG, JPEG, GIF, atau WebP). Kirim sebagai dokumen.");
      }
      const said = captionContent(caption);
      const { file, change } = newFile(world, { kind: "photo", bytes, ...picture });
      const group = mediaGroupId === undefined ? {} : { media_group_id: mediaGroupId };
      return send(personId, { ...group, ...mediaOf(file), ...said }, where, [change]);
    },
    sendDocument(personId, { bytes, name, mimeType, caption, ...where }) {
      requireFile(bytes);
      const said = captionContent(caption);
      const fileName = cleanFileName(name);
      const { file, change } = newFile(world, { kind: "document", bytes, name: fileName || "document", mimeType });
      return send(personId, { ...mediaOf(file), ...said }, where, [change]);
    },
    sendMessage(personId, content, where) {
      const own = ["message_id", "from", "chat", "date"].find((field) => field in content);
      if (own !== undefined) throw new PersonRefusal(400, `Kolom "${own}" diisi oleh server.`);
      return send(personId, content, where);
    },
    editText(personId, messageId, text, where = {}) {
      const message = requireMessage(world, chatOf(world, personId, where.groupId), messageId);
      const at = nowSeconds(world);
      if (message.from.id !== personId || message.text === undefined) {
        throw new PersonRefusal(400, "Hanya pesan teks milik sendiri yang dapat diubah.");
      }
      if (at - message.date > editableForSeconds)
        throw new PersonRefusal(409, "Pesan hanya dapat diubah dalam 48 jam.");
      const { entities: _, ...rest } = message;
      const edited = { ...rest, ...textContent(text), edit_date: at } as Message;
      world.record(
        [{ change: "message", message: edited }, ...updateOf(world, "edited_message", edited)],
        messageEvent("edit", edited),
      );
      return edited;
    },
    press(personId, messageId, callbackData, where = {}) {
      const chat = chatOf(world, personId, where.groupId);
      const keyboard = requireMessage(world, chat, messageId).reply_markup;
      const buttons = isInlineKeyboard(keyboard) ? keyboard.inline_keyboard.flat() : [];
      if (!buttons.some((button) => button.callback_data === callbackData)) {
        throw new PersonRefusal(409, `Pesan ${messageId} kini tidak mempunyai tombol dengan data "${callbackData}".`);
      }
      requireBotThere(world, chat);
      return pressRaw(personId, messageId, callbackData, where);
    },
    pressRaw,
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
    commands: (personId) => commandsFor(world.state, requirePerson(world, personId)),
    standing: (personId) => standingOf(world, requirePerson(world, personId).id),
    callbackAnswers: (personId) => answers.filter((answer) => answer.personId === personId),
    subscribe,
  };
}

/** source: core.telegram.org/bots/features#deep-linking */
export function isStartPayload(payload: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(payload);
}
