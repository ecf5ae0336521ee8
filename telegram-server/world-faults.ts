import type { InterceptedCall } from "./answer.ts";
import { draw } from "./fault-draws.ts";
import type { FaultKind } from "./fault-kinds.ts";
import type { FaultsInside, Happening } from "./faults.ts";
import { groupOf, stateOfGroup, topicIn } from "./groups.ts";
import { isObject } from "./parameters.ts";
import type { People } from "./people.ts";
import { isSupergroupId } from "./state.ts";
import type { Message } from "./types.ts";
import { deleteEvent, messageIn, standingOf, type World } from "./world.ts";

/** What happens at the start of a rule: the clock goes wrong, or days have passed. */
export function beginInWorld(world: World, faults: FaultsInside, { hit, untilItEnds }: Happening): void {
  const { days, skewSeconds = 0 } = hit.rule;
  untilItEnds(faults.shiftClock(days === undefined ? skewSeconds * 1000 : days * 86_400_000));
  if (days === undefined) return;
  // After an idle week the next id is any, also a lower one. source: Bot API, Update, update_id
  const { lastUpdateId, lastMessageId } = world.state;
  const next = 100_000_000 + (draw(hit.draw) % 800_000_000);
  world.record([
    { change: "forget-updates", below: lastUpdateId + 1 },
    { change: "counters", lastUpdateId: next - 1, lastMessageId },
  ]);
}

/** The chat that a call is for; of an answered press, that where it was pressed. */
export function chatOfCall(world: World, { fields }: InterceptedCall): number | undefined {
  const query = world.state.callbackQueries.get(fields.callback_query_id ?? "");
  const chat = query === undefined ? Number(fields.chat_id) : (query.chatId ?? query.personId);
  return Number.isSafeInteger(chat) ? chat : undefined;
}

/** Whether the call is one before which that can happen; true of what needs nothing of the world. */
export function canActBefore(
  world: World,
  kind: FaultKind,
  chat: number | undefined,
  { fields }: InterceptedCall,
): boolean {
  switch (kind) {
    case "block": {
      const { started, blocked } = standingOf(world, chat ?? 0);
      return started && !blocked;
    }
    case "delete-message":
      return namedMessage(world, chat, fields) !== undefined;
    case "delete-topic":
      return topicIn(world, chat ?? 0, Number(fields.message_thread_id)) !== undefined;
    case "migrate-group":
      return (
        chat !== undefined &&
        !isSupergroupId(chat) &&
        groupOf(world, chat) !== undefined &&
        stateOfGroup(world, chat).migratedTo === undefined
      );
    default:
      return true;
  }
}

/** What a person does just before a call is carried out. Only a block is undone: what was deleted or migrated stays so. */
export function actBefore(world: World, people: People, { hit, untilItEnds }: Happening, call: InterceptedCall): void {
  const { chat = 0 } = hit;
  switch (hit.rule.kind) {
    case "block":
      people.block(chat);
      untilItEnds(() => people.unblock(chat));
      return;
    case "delete-message": {
      const message = namedMessage(world, chat, call.fields);
      if (message === undefined) return;
      const messageId = message.message_id;
      world.record([{ change: "delete", chatId: chat, messageId }], deleteEvent(message.chat, messageId));
      return;
    }
    case "delete-topic":
      people.deleteTopic(chat, Number(call.fields.message_thread_id));
      return;
    case "migrate-group":
      people.migrateGroup(chat);
      return;
  }
}

/** The message that a call edits, pins, deletes or replies to; the first of a topic goes only with the topic. */
function namedMessage(world: World, chat: number | undefined, fields: Record<string, string>): Message | undefined {
  const id = Number(fields.message_id ?? fields.reply_to_message_id ?? repliedId(fields.reply_parameters));
  const message = messageIn(world, chat ?? 0, id);
  return message === undefined || "forum_topic_created" in message ? undefined : message;
}

function repliedId(parameters: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(parameters ?? "");
    return isObject(value) ? value.message_id : undefined;
  } catch {
    return undefined;
  }
}
