import { botMay } from "../groups.ts";
import { integerOf, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { Chat, Message } from "../types.ts";
import { deleteEvent, nowSeconds, type World } from "../world.ts";
import { chatIn, requireGroup, requireMessage } from "./addressee.ts";
import type { Method } from "./call.ts";

/** source: Bot API, deleteMessage: "sent less than 48 hours ago" */
const deletableForSeconds = 48 * 60 * 60;

/** In a private chat a bot may delete its own messages and the person's; in a group its own, and with the right all others. */
export const deleteMessage: Method = (world, { parameters }) => {
  if (textOf(parameters, "chat_id") === "") throw badRequest("chat identifier is not specified");
  if (integerOf(parameters, "message_id") === 0) throw badRequest("message identifier is not specified");
  const chat = chatIn(world, parameters);
  const message = requireMessage(world, chat, parameters, "message to delete");
  if (!mayDelete(world, chat, message)) {
    throw badRequest(chat.type === "private" ? "message can't be deleted for everyone" : "message can't be deleted");
  }
  const messageId = message.message_id;
  world.record([{ change: "delete", chatId: chat.id, messageId }], deleteEvent(chat, messageId));
  return true;
};

function mayDelete(world: World, chat: Chat, message: Message): boolean {
  const isYoung = nowSeconds(world) - message.date <= deletableForSeconds;
  if (chat.type === "private") return isYoung;
  // The beginning of a topic goes only with the topic.
  if ("forum_topic_created" in message) return false;
  const hasRight = botMay(world, requireGroup(world, chat), "canDeleteMessages");
  if (chat.type === "supergroup" && hasRight) return true;
  return isYoung && (hasRight || message.from.id === world.bot.id);
}
