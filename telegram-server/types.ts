/** Objects of the Bot API, as far as this server makes them. Names and shapes: core.telegram.org/bots/api. */

export type User = {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
};

export type PrivateChat = { id: number; type: "private"; first_name: string; last_name?: string; username?: string };
export type GroupChat = { id: number; type: "group" | "supergroup"; title: string; is_forum?: true };
export type Chat = PrivateChat | GroupChat;

/** `offset` and `length` count UTF-16 code units. */
export type MessageEntity = {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
  user?: User;
  custom_emoji_id?: string;
};

export type PhotoSize = { file_id: string; file_unique_id: string; width: number; height: number; file_size: number };

export type Document = {
  file_id: string;
  file_unique_id: string;
  file_name?: string;
  mime_type: string;
  file_size: number;
};

type PlayedFile = { file_id: string; file_unique_id: string; duration: number; file_size: number };
export type Voice = PlayedFile & { mime_type: string };
export type Video = PlayedFile & { width: number; height: number; file_name?: string; mime_type: string };
export type VideoNote = PlayedFile & { length: number };
export type Audio = PlayedFile & { performer?: string; title?: string; file_name?: string; mime_type: string };
export type Location = { latitude: number; longitude: number; horizontal_accuracy?: number };
export type Venue = { location: Location; title: string; address: string };

export type InlineKeyboardButton = { text: string; callback_data?: string; url?: string; [type: string]: unknown };
export type InlineKeyboardMarkup = { inline_keyboard: InlineKeyboardButton[][] };
/** Reply keyboards, their removal and forced replies: kept as they came, since only the person's app acts on them. */
export type ReplyMarkup = InlineKeyboardMarkup | { [field: string]: unknown };

/** `date` and `edit_date` are seconds since 1970. Other content (sticker, contact …) stands under its own name. */
export type Message = {
  message_id: number;
  from: User;
  /** who speaks for the chat itself, e.g. an anonymous administrator */
  sender_chat?: Chat;
  chat: Chat;
  date: number;
  edit_date?: number;
  /** the topic; General has none */
  message_thread_id?: number;
  is_topic_message?: true;
  media_group_id?: string;
  /** in a topic also what nobody replied to: then it is the topic's first message */
  reply_to_message?: Message;
  text?: string;
  entities?: MessageEntity[];
  caption?: string;
  caption_entities?: MessageEntity[];
  photo?: PhotoSize[];
  document?: Document;
  voice?: Voice;
  video?: Video;
  video_note?: VideoNote;
  audio?: Audio;
  animation?: Video;
  location?: Location;
  venue?: Venue;
  reply_markup?: ReplyMarkup;
  [content: string]: unknown;
};

export type Update = { update_id: number; [kind: string]: unknown };

export type BotCommand = { command: string; description: string };

export function isInlineKeyboard(markup: ReplyMarkup | undefined): markup is InlineKeyboardMarkup {
  return markup !== undefined && Array.isArray(markup.inline_keyboard);
}

/** The message as the bot gets it: of the keyboards only an inline one is told. */
export function asBotSees(message: Message): Message {
  if (message.reply_markup === undefined || isInlineKeyboard(message.reply_markup)) return message;
  const { reply_markup: _, ...seen } = message;
  return seen as Message;
}
