import type { PlaygroundGroup } from "./groups.ts";
import { type Change, isSupergroupId, type State } from "./state.ts";
import type { Store } from "./store.ts";
import type { BotCommand, Location, Message, PrivateChat, User } from "./types.ts";
import type { UpdateQueue } from "./updates.ts";
import type { Webhook } from "./webhook.ts";

export type PlaygroundPerson = {
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  /** IETF tag of the app's language; "id" where none is given */
  languageCode?: string;
  /** what the page shows under the name, e.g. "Help desk" */
  label?: string;
  /** payload of the deep link which START sends, e.g. a link code */
  startPayload?: string;
};

/** What happens in a person's app; what happens in a group, in the apps of all its members. */
export type PersonEvent =
  | { type: "message" | "edit"; personId: number; message: Message }
  | { type: "delete"; personId: number; messageId: number }
  | { type: "callback-answer"; personId: number; callbackQueryId: string; text?: string; showAlert: boolean }
  | { type: "commands"; personId: number; commands: BotCommand[] }
  | { type: "standing"; personId: number; blocked: boolean }
  | GroupEvent;

/** Heard by all members of the group, so that it names no person. */
export type GroupEvent = { groupId: number; personId?: undefined } & (
  | { type: "group-message" | "group-edit"; message: Message }
  | { type: "group-delete"; messageId: number }
  /** its topics, or what the bot may do there */
  | { type: "group" }
);

/** What both sides, the bot's calls and the people's apps, work on. */
export type World = {
  bot: User;
  people: Map<number, PlaygroundPerson>;
  groups: Map<number, PlaygroundGroup>;
  startPayloads: Map<number, string>;
  /** where the page puts a pin at first */
  mapPoint?: Location;
  store: Store;
  state: State;
  queue: UpdateQueue;
  webhook: Webhook;
  now: () => Date;
  /** Keeps the changes, then tells the poller and the apps. */
  record(changes: Change[], ...events: PersonEvent[]): void;
};

export function nowSeconds(world: World): number {
  return Math.floor(world.now().getTime() / 1000);
}

export function userOf(person: PlaygroundPerson): User {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
    ...(person.username === undefined ? {} : { username: person.username }),
    language_code: person.languageCode ?? "id",
  };
}

export function chatWith(person: PlaygroundPerson): PrivateChat {
  return {
    id: person.id,
    first_name: person.firstName,
    ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
    ...(person.username === undefined ? {} : { username: person.username }),
    type: "private",
  };
}

export function standingOf(world: World, personId: number): { started: boolean; blocked: boolean } {
  return world.state.people.get(personId) ?? { started: false, blocked: false };
}

export function messageIn(world: World, chatId: number, messageId: number): Message | undefined {
  return world.state.chats.get(chatId)?.get(messageId);
}

/** The pinned message that was sent last, as `getChat` has it. */
export function pinnedMessageIn(world: World, chatId: number): Message | undefined {
  const pinned = [...(world.state.pinned.get(chatId) ?? [])].sort((one, other) => other - one);
  return pinned.map((messageId) => messageIn(world, chatId, messageId)).find((message) => message !== undefined);
}

/** Private chats and groups share one count, as in a Telegram account. Each supergroup has its own: 1 is its own creation. */
export function nextMessageId({ state }: World, chatId: number): number {
  return 1 + (isSupergroupId(chatId) ? (state.lastMessageIds.get(chatId) ?? 1) : state.lastMessageId);
}

/** That a message came or changed, as the apps hear of it. */
export function messageEvent(type: "message" | "edit", message: Message): PersonEvent {
  const { chat } = message;
  if (chat.type === "private") return { type, personId: chat.id, message };
  return { type: `group-${type}`, groupId: chat.id, message };
}

export function deleteEvent(chat: { id: number; type: string }, messageId: number): PersonEvent {
  if (chat.type === "private") return { type: "delete", personId: chat.id, messageId };
  return { type: "group-delete", groupId: chat.id, messageId };
}

/** The replied-to message as it stands inside a reply: without the message that it replied to itself. */
export function quoted(message: Message): Message {
  const { reply_to_message: _, ...rest } = message;
  return rest as Message;
}
