import { randomBytes } from "node:crypto";
import { commandsFor } from "./calls/commands.ts";
import { captionedContents } from "./calls/edit.ts";
import { newMessage } from "./groups.ts";
import { mediaOf, newFile, type Played, type PlayedKind } from "./media.ts";
import { cleanFileName } from "./multipart.ts";
import { openPeopleInGroups, type PeopleInGroups } from "./people-in-groups.ts";
import { captionContent, requireFile, requireLocation, textContent } from "./person-contents.ts";
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
import { asBotSees, type BotCommand, isInlineKeyboard, type Location, type Message } from "./types.ts";
import { newUpdate } from "./updates.ts";
import {
  chatWith,
  messageEvent,
  messageIn,
  nowSeconds,
  type PersonEvent,
  standingOf,
  userOf,
  type World,
} from "./world.ts";

/** source: Telegram's apps and Bot API, editMessageText */
const editableForSeconds = 48 * 60 * 60;

export type SentPhoto = Where & { bytes: Uint8Array; caption?: string; mediaGroupId?: string };
export type SentDocument = Where & {
  bytes: Uint8Array;
  name: string;
  mimeType: string;
  caption?: string;
  mediaGroupId?: string;
};
/** A file that plays; what is not said of it is that of an empty one. */
export type SentMedia = Where &
  Partial<Played> & { kind: PlayedKind; bytes: Uint8Array; mimeType?: string; caption?: string; mediaGroupId?: string };
export type SentLocation = Where & Location;
export type CallbackAnswer = Extract<PersonEvent, { type: "callback-answer" }>;

/** The Telegram apps of the people who are played. All of it throws a PersonRefusal where an app would not do it. */
export type People = PeopleInGroups & {
  sendText(personId: number, text: string, where?: Where): Message;
  /** @throws PersonRefusal also where the bytes are no PNG, JPEG, GIF or WebP */
  sendPhoto(personId: number, photo: SentPhoto): Message;
  sendDocument(personId: number, document: SentDocument): Message;
  /** A voice note, video, video note (round), audio or animation. */
  sendMedia(personId: number, media: SentMedia): Message;
  /** A pin on the map. */
  sendLocation(personId: number, location: SentLocation): Message;
  /** A place with a name and an address. */
  sendVenue(personId: number, venue: SentLocation & { title: string; address: string }): Message;
  /** Any other content by its Bot API fields, e.g. `{ sticker: {…} }` or `{ contact: {…} }`. */
  sendMessage(personId: number, content: Record<string, unknown>, where?: Where): Message;
  /** Changes the text of an own message, or the caption of one with a file. */
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
    world.record(
      [
        { change: "person", id: personId, started: true, blocked },
        ...newUpdate(world.state, "my_chat_member", update, at),
      ],
      { type: "standing", personId, blocked },
    );
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
      return send(personId, { ...albumOf(mediaGroupId), ...mediaOf(file), ...said }, where, [change]);
    },
    sendDocument(personId, { bytes, name, mimeType, caption, mediaGroupId, ...where }) {
      requireFile(bytes);
      const said = captionContent(caption);
      const fileName = cleanFileName(name);
      const { file, change } = newFile(world, { kind: "document", bytes, name: fileName || "document", mimeType });
      return send(personId, { ...albumOf(mediaGroupId), ...mediaOf(file), ...said }, where, [change]);
    },
    sendMedia(personId, { kind, bytes, mimeType = "", caption, mediaGroupId, ...rest }) {
      const { groupId, topicId, replyTo, isAnonymous, name, durationSeconds = 0, ...size } = rest;
      requireFile(bytes);
      const said = kind === "video_note" ? {} : captionContent(caption);
      const fileName = cleanFileName(name ?? "");
      const played = { ...size, durationSeconds, ...(fileName === "" ? {} : { name: fileName }) };
      const { file, change } = newFile(world, { kind, bytes, mimeType, ...played });
      return send(personId, { ...albumOf(mediaGroupId), ...mediaOf(file), ...said }, rest, [change]);
    },
    sendLocation: (personId, { latitude, longitude, ...where }) =>
      send(personId, { location: requireLocation({ latitude, longitude }) }, where),
    sendVenue(personId, { latitude, longitude, title, address, ...where }) {
      const location = requireLocation({ latitude, longitude });
      // Apps that know no venues show the location. source: Bot API, Message, venue
      return send(personId, { venue: { location, title, address }, location }, where);
    },
    sendMessage(personId, content, where) {
      const own = ["message_id", "from", "chat", "date"].find((field) => field in content);
      if (own !== undefined) throw new PersonRefusal(400, `Kolom "${own}" diisi oleh server.`);
      return send(personId, content, where);
    },
    editText(personId, messageId, text, where = {}) {
      const message = requireMessage(world, chatOf(world, personId, where.groupId), messageId);
      const at = nowSeconds(world);
      if (message.from.id !== personId) throw new PersonRefusal(400, "Hanya pesan sendiri yang dapat diubah.");
      if (at - message.date > editableForSeconds)
        throw new PersonRefusal(409, "Pesan hanya dapat diubah dalam 48 jam.");
      const edited = { ...withNewWords(message, text), edit_date: at } as Message;
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

function albumOf(mediaGroupId: string | undefined): Partial<Message> {
  return mediaGroupId === undefined ? {} : { media_group_id: mediaGroupId };
}

/** An empty caption is none; a text cannot be emptied. */
function withNewWords(message: Message, words: string): Record<string, unknown> {
  if (message.text !== undefined) {
    const { text: _, entities: __, ...rest } = message;
    return { ...rest, ...textContent(words) };
  }
  if (!captionedContents.some((content) => content in message)) {
    throw new PersonRefusal(400, "Hanya teks dan keterangan yang dapat diubah.");
  }
  const { caption: _, caption_entities: __, ...rest } = message;
  return { ...rest, ...captionContent(words) };
}

/** source: core.telegram.org/bots/features#deep-linking */
export function isStartPayload(payload: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(payload);
}
