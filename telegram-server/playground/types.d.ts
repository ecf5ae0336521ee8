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

/** What plays. */
export type PlayedFile = StoredFile & { duration?: number };

export type Location = { latitude: number; longitude: number };

/** The fields of a Bot API message that the page draws. */
export type Message = {
  message_id: number;
  /** Unix seconds. */
  date: number;
  edit_date?: number;
  chat?: { id: number };
  from?: { id: number; is_bot: boolean; first_name: string; last_name?: string };
  /** Whoever speaks for the group, an anonymous administrator. */
  sender_chat?: { title?: string };
  /** The topic; General has none. */
  message_thread_id?: number;
  text?: string;
  entities?: Entity[];
  caption?: string;
  caption_entities?: Entity[];
  /** The same picture in several sizes, smallest first. */
  photo?: StoredFile[];
  document?: StoredFile;
  video?: PlayedFile;
  video_note?: PlayedFile;
  audio?: PlayedFile;
  voice?: PlayedFile;
  animation?: PlayedFile;
  sticker?: { emoji?: string };
  location?: Location;
  venue?: { title: string; address: string };
  contact?: { first_name: string; phone_number: string };
  dice?: { emoji: string; value: number };
  pinned_message?: Message;
  forum_topic_created?: { name: string };
  forum_topic_edited?: { name?: string };
  forum_topic_closed?: object;
  forum_topic_reopened?: object;
  migrate_to_chat_id?: number;
  migrate_from_chat_id?: number;
  reply_to_message?: Message;
  reply_markup?: {
    inline_keyboard?: InlineButton[][];
    keyboard?: (KeyboardButton | string)[][];
    remove_keyboard?: boolean;
    force_reply?: boolean;
  };
};

export type ServerEvent = {
  type:
    | "message"
    | "edit"
    | "delete"
    | "callback-answer"
    | "commands"
    | "faults"
    | "standing"
    | "group"
    | "group-message"
    | "group-edit"
    | "group-delete";
  /** Missing where all members of a group hear of it. */
  person_id?: number;
  group_id?: number;
  message?: Message;
  message_id?: number;
  text?: string;
  show_alert?: boolean;
  callback_query_id?: string;
  commands?: Command[];
  blocked?: boolean;
};

export type Topic = { id: number; name: string; is_closed: boolean };

/** A group as the server names it. */
export type NamedGroup = {
  id: number;
  title: string;
  is_forum?: boolean;
  /** Ids of people. */
  members: number[];
  topics: Topic[];
  /** By the member's id. */
  commands: Record<string, Command[]>;
};

/** A group as this page knows it: all its members see the same. */
export type Group = NamedGroup & { messages: Map<number, Message> };

/** Where in a group; without a topic in General, or in a group that has none. */
export type Place = { group: Group; topicId?: number | undefined };

/** One person's chats, as this page knows them. */
export type Chat = {
  bot: Bot;
  person: Person;
  /** What stands in the private chat with the bot. */
  messages: Map<number, Message>;
  commands: Command[];
  /** Those in which the person is. */
  groups: Group[];
  /** What the column shows; nothing is the private chat. */
  place?: Place | undefined;
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
  draw(chat: Chat): void;
  /** How many messages of others the person has not seen there. */
  unreadIn(chat: Chat, place: Place): number;
};

export type FaultKind = string;

export type FaultRule = {
  kind: FaultKind;
  probability?: number;
  next?: number;
  forSeconds?: number;
  methods?: string[];
  chat?: number;
  retryAfterSeconds?: number;
  status?: number;
  delaySeconds?: number;
  days?: number;
  skewSeconds?: number;
};

export type KindOfFault = {
  kind: FaultKind;
  moment: string;
  parameter?: { name: string; usual: number; least: number; most: number; among?: number[] };
};

export type FaultState = {
  /** Without a seed nothing is under way. */
  plan: { seed?: number; rules: FaultRule[] };
  /** By the position of the rule. */
  happened: number[];
  kinds: KindOfFault[];
};

/** A fault that happened. */
export type FaultHit = { at: string; place: string; nth: number; chat?: number; rule: FaultRule };

/** What can be switched beside Telegram. */
export type Switch = { name: string; title: string; says: string; is_on: boolean };

/** @property note a sentence above them */
export type SwitchGroup = { title: string; switches: Switch[]; note?: string };
