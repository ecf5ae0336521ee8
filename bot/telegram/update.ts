import { z } from "zod";

/** What the bot reads of Telegram's updates, under Telegram's names: https://core.telegram.org/bots/api#update */

const user = z.object({
  id: z.int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
});

const chat = z.object({
  id: z.int(),
  type: z.enum(["private", "group", "supergroup", "channel"]),
  title: z.string().optional(),
});

const photoSize = z.object({
  file_id: z.string(),
  width: z.int(),
  height: z.int(),
  file_size: z.int().optional(),
});

/** A document, and whatever else has a file: a voice note or a round video has no name. */
const document = z.object({
  file_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.int().optional(),
});

const location = z.object({ latitude: z.number(), longitude: z.number() });

const place = {
  message_id: z.int(),
  chat,
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
};

const present = z.object({}).optional();

/** That a message has one of these is known; what it says is not read. */
const unread = { sticker: present, contact: present, poll: present, dice: present, story: present };

const message = z.object({
  ...place,
  ...unread,
  /** Unix seconds. */
  date: z.int(),
  /** Absent in channels. */
  from: user.optional(),
  /** The group or channel in whose name somebody writes. */
  sender_chat: chat.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  /** The same picture in several sizes, the largest last. */
  photo: z.array(photoSize).optional(),
  document: document.optional(),
  voice: document.optional(),
  video: document.optional(),
  video_note: document.optional(),
  audio: document.optional(),
  animation: document.optional(),
  location: location.optional(),
  /** Comes together with its location. */
  venue: z.object({ title: z.string(), address: z.string() }).optional(),
  /** Shared by the messages of an album. */
  media_group_id: z.string().optional(),
  reply_to_message: z
    .object({ message_id: z.int(), from: user.optional(), forum_topic_created: z.object({}).optional() })
    .optional(),
  /** The group is another one now, a supergroup. */
  migrate_to_chat_id: z.int().optional(),
  forum_topic_edited: z.object({ name: z.string().optional() }).optional(),
  forum_topic_closed: z.object({}).optional(),
  forum_topic_reopened: z.object({}).optional(),
});

const callbackQuery = z.object({
  id: z.string(),
  from: user,
  data: z.string().optional(),
  /** With the buttons. Of an old one only its place is known. */
  message: z.object(place).optional(),
});

const chatMember = z.object({ status: z.string() });

const chatMemberUpdated = z.object({
  chat,
  from: user,
  date: z.int(),
  old_chat_member: chatMember,
  new_chat_member: chatMember,
});

/** What somebody writes or sends; a message without any of it is one of Telegram about the chat. */
export const writtenContents = [
  ...(["text", "caption", "photo", "document", "location"] as const),
  ...(["voice", "video", "video_note", "audio", "animation"] as const),
  ...(Object.keys(unread) as (keyof typeof unread)[]),
];

/** An update of a kind that the bot does not know has none of the optional fields. */
export const update = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: chatMemberUpdated.optional(),
});

export type Update = z.infer<typeof update>;
export type Message = z.infer<typeof message>;
export type CallbackQuery = z.infer<typeof callbackQuery>;
export type ChatMemberUpdated = z.infer<typeof chatMemberUpdated>;
export type User = z.infer<typeof user>;

/** The kinds that are asked for. */
export const allowedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"] as const;

const placed = z.object({
  chat: z.object({ id: z.int() }),
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
});
const placeOf = z.object({
  message: placed.optional(),
  edited_message: placed.optional(),
  my_chat_member: placed.optional(),
  callback_query: z.object({ message: placed.optional() }).optional(),
});

/**
 * Within what an update is handled in order: its chat, or its topic where a group has topics. "other" when it
 * has no place, or none that can be read.
 */
export function chatKeyOf(payload: object): string {
  const { data } = placeOf.safeParse(payload);
  const found = data?.message ?? data?.edited_message ?? data?.my_chat_member ?? data?.callback_query?.message;
  if (!found) return "other";
  return found.is_topic_message ? `${found.chat.id}:${found.message_thread_id}` : `${found.chat.id}`;
}

/** The topic that such a key names; undefined for a private chat or a group as a whole. */
export function topicOf(chatKey: string): { chatId: number; threadId: number } | undefined {
  const [, chatId, threadId] = /^(-\d+):(\d+)$/.exec(chatKey) ?? [];
  return chatId === undefined ? undefined : { chatId: Number(chatId), threadId: Number(threadId) };
}
