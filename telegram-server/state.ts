import type { BotCommand, Message, Update } from "./types.ts";

export type StoredFile = {
  file_id: string;
  file_unique_id: string;
  kind: "photo" | "document";
  /** hex, the name under which the bytes are kept */
  sha256: string;
  sizeBytes: number;
  /** path below `/file/bot<token>/` */
  file_path: string;
  mimeType: string;
  name?: string;
  width?: number;
  height?: number;
};

/** `at` is seconds since 1970. */
export type CallbackQuery = { id: string; personId: number; messageId: number; at: number; answered: boolean };

/** Everything the server knows. Changed only by `apply`, so that the same changes always give the same state. */
export type State = {
  /** messages by chat (a private chat has its person's id), in order */
  chats: Map<number, Map<number, Message>>;
  /** ids of pinned messages by chat */
  pinned: Map<number, Set<number>>;
  people: Map<number, { started: boolean; blocked: boolean }>;
  /** by scope and language, see calls/commands.ts */
  commands: Map<string, BotCommand[]>;
  files: Map<string, StoredFile>;
  callbackQueries: Map<string, CallbackQuery>;
  /** not confirmed yet; `at` is seconds since 1970 */
  updates: { update: Update; at: number }[];
  allowedUpdates: string[];
  lastUpdateId: number;
  lastMessageId: number;
};

export type Change =
  | { change: "message"; message: Message }
  | { change: "delete"; chatId: number; messageId: number }
  | { change: "pin"; chatId: number; messageId: number }
  | { change: "person"; id: number; started: boolean; blocked: boolean }
  | { change: "commands"; scope: string; commands: BotCommand[] }
  | { change: "file"; file: StoredFile }
  | { change: "callback-query"; query: CallbackQuery }
  | { change: "update"; update: Update; at: number }
  | { change: "forget-updates"; below: number }
  | { change: "allowed-updates"; kinds: string[] }
  | { change: "counters"; lastUpdateId: number; lastMessageId: number };

/** @param firstUpdateId Telegram starts at a random id; later ids only go up */
export function emptyState(firstUpdateId: number): State {
  return {
    chats: new Map(),
    pinned: new Map(),
    people: new Map(),
    commands: new Map(),
    files: new Map(),
    callbackQueries: new Map(),
    updates: [],
    allowedUpdates: [],
    lastUpdateId: firstUpdateId - 1,
    lastMessageId: 0,
  };
}

export function apply(state: State, change: Change): void {
  switch (change.change) {
    case "message": {
      const { message } = change;
      const chat = state.chats.get(message.chat.id) ?? new Map<number, Message>();
      state.chats.set(message.chat.id, chat.set(message.message_id, message));
      state.lastMessageId = Math.max(state.lastMessageId, message.message_id);
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
    case "allowed-updates":
      state.allowedUpdates = change.kinds;
      return;
    case "counters":
      state.lastUpdateId = change.lastUpdateId;
      state.lastMessageId = change.lastMessageId;
      return;
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
  for (const query of state.callbackQueries.values()) yield { change: "callback-query", query };
  for (const { update, at } of state.updates) yield { change: "update", update, at };
  yield { change: "allowed-updates", kinds: state.allowedUpdates };
  yield { change: "counters", lastUpdateId: state.lastUpdateId, lastMessageId: state.lastMessageId };
}
