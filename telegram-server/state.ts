import type { BotCommand, Message, Update } from "./types.ts";
import type { WebhookPlace } from "./webhook.ts";

/** As the message that carries it calls it. */
export type MediaKind = "photo" | "document" | "voice" | "video" | "video_note" | "audio" | "animation";

export type StoredFile = {
  file_id: string;
  file_unique_id: string;
  kind: MediaKind;
  /** hex, the name under which the bytes are kept */
  sha256: string;
  sizeBytes: number;
  /** path below `/file/bot<token>/` */
  file_path: string;
  mimeType: string;
  name?: string;
  width?: number;
  height?: number;
  durationSeconds?: number;
  title?: string;
  performer?: string;
};

/** `at` is seconds since 1970; without `chatId` it was pressed in the private chat. */
export type CallbackQuery = {
  id: string;
  personId: number;
  chatId?: number;
  messageId: number;
  at: number;
  answered: boolean;
};

/** A topic of a forum; its id is that of its first message. */
export type Topic = { id: number; name: string; iconColor: number; creatorId: number; isClosed: boolean };

/** What became of a group since it was given to the server. */
export type GroupState = {
  bot?: BotStanding;
  migratedTo?: number;
  migratedFrom?: number;
  /** said of a group that came of a migration */
  isForum?: boolean;
};

/** What the bot is in a group. */
export type BotStanding =
  | { status: "administrator"; canManageTopics: boolean; canPinMessages: boolean; canDeleteMessages: boolean }
  | { status: "member" | "left" | "kicked" };

/** Everything the server knows. Changed only by `apply`, so that the same changes always give the same state. */
export type State = {
  /** messages by chat (a private chat has its person's id), in order */
  chats: Map<number, Map<number, Message>>;
  /** ids of pinned messages by chat */
  pinned: Map<number, Set<number>>;
  /** topics by forum, in order; those that were deleted are not here */
  topics: Map<number, Map<number, Topic>>;
  groups: Map<number, GroupState>;
  people: Map<number, { started: boolean; blocked: boolean }>;
  /** by scope and language, see calls/commands.ts */
  commands: Map<string, BotCommand[]>;
  files: Map<string, StoredFile>;
  callbackQueries: Map<string, CallbackQuery>;
  /** not confirmed yet; `at` is seconds since 1970 */
  updates: { update: Update; at: number }[];
  allowedUpdates: string[];
  webhook: WebhookPlace | undefined;
  lastUpdateId: number;
  /** of private chats and groups together, as in one Telegram account */
  lastMessageId: number;
  /** supergroups count each by itself */
  lastMessageIds: Map<number, number>;
};

export type Change =
  | { change: "message"; message: Message }
  | { change: "delete"; chatId: number; messageId: number }
  | { change: "pin"; chatId: number; messageId: number }
  | { change: "topic"; chatId: number; topic: Topic }
  | { change: "delete-topic"; chatId: number; topicId: number }
  | { change: "group"; id: number; group: GroupState }
  | { change: "person"; id: number; started: boolean; blocked: boolean }
  | { change: "commands"; scope: string; commands: BotCommand[] }
  | { change: "file"; file: StoredFile }
  | { change: "callback-query"; query: CallbackQuery }
  | { change: "update"; update: Update; at: number }
  | { change: "forget-updates"; below: number }
  | { change: "delivered"; updateId: number }
  | { change: "webhook"; webhook?: WebhookPlace }
  | { change: "allowed-updates"; kinds: string[] }
  | { change: "counters"; lastUpdateId: number; lastMessageId: number; inSupergroups?: [id: number, last: number][] };

/** Supergroups have ids below -10^12: "-100" and their number. source: core.telegram.org/api/bots/ids */
export function isSupergroupId(chatId: number): boolean {
  return chatId < -1_000_000_000_000;
}

/** @param firstUpdateId Telegram starts at a random id; later ids only go up */
export function emptyState(firstUpdateId: number): State {
  return {
    chats: new Map(),
    pinned: new Map(),
    topics: new Map(),
    groups: new Map(),
    people: new Map(),
    commands: new Map(),
    files: new Map(),
    callbackQueries: new Map(),
    updates: [],
    allowedUpdates: [],
    webhook: undefined,
    lastUpdateId: firstUpdateId - 1,
    lastMessageId: 0,
    lastMessageIds: new Map(),
  };
}

export function apply(state: State, change: Change): void {
  switch (change.change) {
    case "message": {
      const { message } = change;
      const chat = state.chats.get(message.chat.id) ?? new Map<number, Message>();
      state.chats.set(message.chat.id, chat.set(message.message_id, message));
      countMessage(state, message);
      return;
    }
    case "delete":
      state.chats.get(change.chatId)?.delete(change.messageId);
      state.pinned.get(change.chatId)?.delete(change.messageId);
      return;
    case "pin": {
      const pinned = state.pinned.get(change.chatId) ?? new Set<number>();
      state.pinned.set(change.chatId, pinned.add(change.messageId));
      return;
    }
    case "topic": {
      const topics = state.topics.get(change.chatId) ?? new Map<number, Topic>();
      state.topics.set(change.chatId, topics.set(change.topic.id, change.topic));
      return;
    }
    case "delete-topic":
      deleteTopic(state, change.chatId, change.topicId);
      return;
    case "group":
      state.groups.set(change.id, change.group);
      return;
    case "person":
      state.people.set(change.id, { started: change.started, blocked: change.blocked });
      return;
    case "commands":
      if (change.commands.length > 0) state.commands.set(change.scope, change.commands);
      else state.commands.delete(change.scope);
      return;
    case "file":
      state.files.set(change.file.file_id, change.file);
      return;
    case "callback-query":
      state.callbackQueries.set(change.query.id, change.query);
      return;
    case "update":
      state.updates.push({ update: change.update, at: change.at });
      state.lastUpdateId = Math.max(state.lastUpdateId, change.update.update_id);
      return;
    case "forget-updates":
      state.updates = state.updates.filter(({ update }) => update.update_id >= change.below);
      return;
    case "delivered":
      state.updates = state.updates.filter(({ update }) => update.update_id !== change.updateId);
      return;
    case "webhook":
      state.webhook = change.webhook;
      return;
    case "allowed-updates":
      state.allowedUpdates = change.kinds;
      return;
    case "counters":
      state.lastUpdateId = change.lastUpdateId;
      state.lastMessageId = change.lastMessageId;
      for (const [id, last] of change.inSupergroups ?? []) state.lastMessageIds.set(id, last);
      return;
  }
}

function countMessage(state: State, { chat, message_id }: Message): void {
  if (!isSupergroupId(chat.id)) {
    state.lastMessageId = Math.max(state.lastMessageId, message_id);
    return;
  }
  state.lastMessageIds.set(chat.id, Math.max(state.lastMessageIds.get(chat.id) ?? 0, message_id));
}

/** With a topic go all of its messages. */
function deleteTopic(state: State, chatId: number, topicId: number): void {
  state.topics.get(chatId)?.delete(topicId);
  for (const message of state.chats.get(chatId)?.values() ?? []) {
    if (message.message_thread_id !== topicId) continue;
    state.chats.get(chatId)?.delete(message.message_id);
    state.pinned.get(chatId)?.delete(message.message_id);
  }
}

/** The fewest changes that give this state: what a compacted journal holds. */
export function* changesFor(state: State): Generator<Change> {
  for (const [id, person] of state.people) yield { change: "person", id, ...person };
  for (const [scope, commands] of state.commands) yield { change: "commands", scope, commands };
  for (const file of state.files.values()) yield { change: "file", file };
  for (const chat of state.chats.values()) for (const message of chat.values()) yield { change: "message", message };
  for (const [chatId, pinned] of state.pinned) {
    for (const messageId of pinned) yield { change: "pin", chatId, messageId };
  }
  for (const [chatId, topics] of state.topics) {
    for (const topic of topics.values()) yield { change: "topic", chatId, topic };
  }
  for (const [id, group] of state.groups) yield { change: "group", id, group };
  for (const query of state.callbackQueries.values()) yield { change: "callback-query", query };
  for (const { update, at } of state.updates) yield { change: "update", update, at };
  yield { change: "allowed-updates", kinds: state.allowedUpdates };
  if (state.webhook !== undefined) yield { change: "webhook", webhook: state.webhook };
  const { lastUpdateId, lastMessageId, lastMessageIds } = state;
  yield { change: "counters", lastUpdateId, lastMessageId, inSupergroups: [...lastMessageIds] };
}
