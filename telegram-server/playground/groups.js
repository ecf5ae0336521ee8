/** The groups of the people, kept as the server has them. */

/** @import { Group, Message, NamedGroup, ServerEvent } from "./types.d.ts" */
import { call } from "./server.js";

/** @type {Map<number, Group>} */
export const groups = new Map();
/** Events that came while messages were being fetched; undefined when they are not. @type {ServerEvent[] | undefined} */
let held;

/** Takes the groups as they are named now, and fetches what stands in them. @param {NamedGroup[]} named */
export async function keepGroups(named) {
  /** @type {ServerEvent[]} */
  const mine = [];
  held = mine;
  try {
    const fetched = await Promise.all(named.map(({ id }) => call(`/groups/${id}`)));
    // A later call has asked for the same and will know better.
    if (held !== mine) return;
    for (const id of groups.keys()) if (!named.some((group) => group.id === id)) groups.delete(id);
    for (const [index, group] of named.entries()) keep(group, fetched[index].messages);
  } finally {
    if (held === mine) {
      held = undefined;
      for (const event of mine) receiveInGroup(event, event.group_id ?? 0);
    }
  }
}

/** The object stays, since columns hold it. @param {NamedGroup} named @param {Message[]} messages */
function keep(named, messages) {
  const known = groups.get(named.id);
  const kept = new Map(messages.map((fresh) => [fresh.message_id, sameOrFresh(known, fresh)]));
  const group = Object.assign(known ?? {}, { is_forum: undefined }, named, { messages: kept });
  groups.set(named.id, group);
}

/** Where nothing changed the object stays, so that the message is not drawn anew. @param {Group | undefined} group @param {Message} fresh */
function sameOrFresh(group, fresh) {
  const known = group?.messages.get(fresh.message_id);
  return known && JSON.stringify(known) === JSON.stringify(fresh) ? known : fresh;
}

/** @param {ServerEvent} event @param {number} groupId @returns {boolean | "unknown"} whether a message is new; unknown: fetch it all */
export function receiveInGroup(event, groupId) {
  const group = groups.get(groupId);
  if (held && event.type !== "group") {
    held.push(event);
    return false;
  }
  if (!group || event.type === "group") return "unknown";
  const { type, message, message_id } = event;
  if (type === "group-delete" && message_id !== undefined) group.messages.delete(message_id);
  if (!message) return false;
  const isNew = !group.messages.has(message.message_id);
  group.messages.set(message.message_id, message);
  return isNew;
}
