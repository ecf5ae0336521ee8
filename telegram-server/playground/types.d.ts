import type { Column } from "./column.js";

export type Bot = {
  id: number;
  first_name: string;
  username: string;
};

export type Person = {
  id: number;
  first_name: string;
  last_name?: string;
  username?: string;
  /** What the person is, for the one who plays: "Petugas helpdesk". */
  label?: string;
  started: boolean;
  blocked: boolean;
};

export type Command = {
  command: string;
  description: string;
};

/** Offset and length count UTF-16 units, as strings here do. */
export type Entity = {
  type: string;
  offset: number;
  length: number;
  url?: string;
};

export type InlineButton = {
  text: string;
  callback_data?: string;
  url?: string;
  copy_text?: { text: string };
  style?: string;
};

export type KeyboardButton = {
  text: string;
  [special: string]: unknown;
};

export type StoredFile = {
  file_id: string;
  file_name?: string;
  file_size?: number;
  width?: number;
  height?: number;
};

/** The fields of a Bot API message that the page draws. */
export type Message = {
  message_id: number;
  /** Unix seconds. */
  date: number;
  edit_date?: number;
  from?: { is_bot: boolean; first_name: string };
  text?: string;
  entities?: Entity[];
  caption?: string;
  caption_entities?: Entity[];
  /** The same picture in several sizes, smallest first. */
  photo?: StoredFile[];
  document?: StoredFile;
  video?: StoredFile;
  audio?: StoredFile;
  voice?: StoredFile;
  animation?: StoredFile;
  sticker?: { emoji?: string };
  location?: { latitude: number; longitude: number };
  contact?: { first_name: string; phone_number: string };
  dice?: { emoji: string; value: number };
  pinned_message?: Message;
  reply_to_message?: Message;
  reply_markup?: {
    inline_keyboard?: InlineButton[][];
    keyboard?: (KeyboardButton | string)[][];
    remove_keyboard?: boolean;
    force_reply?: boolean;
  };
};

export type ServerEvent = {
  type: "message" | "edit" | "delete" | "callback-answer" | "commands";
  person_id: number;
  message?: Message;
  message_id?: number;
  text?: string;
  show_alert?: boolean;
  callback_query_id?: string;
  commands?: Command[];
};

/** One person's chat with the bot, as this page knows it. */
export type Chat = {
  bot: Bot;
  person: Person;
  messages: Map<number, Message>;
  commands: Command[];
  /** Made at the first opening; kept when closed, and with it what was being written. */
  column?: Column;
  /** The person's line in the list. */
  entry: HTMLElement;
  /** Events that came while the chat was being fetched; undefined when it is not. */
  held?: ServerEvent[] | undefined;
  /** Ends when everything sent so far has reached the server: what was sent earlier goes first. */
  sending: Promise<void>;
  /** Rises with each use; of too many open columns the one with the lowest is closed. */
  usedAt: number;
};

/** What a column asks of the page around it. */
export type Desk = {
  activate(chat: Chat): void;
  close(chat: Chat): void;
  showPeople(): void;
  /** Fetches the chat anew. */
  refresh(chat: Chat): Promise<void>;
};
