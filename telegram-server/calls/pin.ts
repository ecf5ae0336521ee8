import { botMay, groupUpdate, newMessage, serviceContentIn } from "../groups.ts";
import { badRequest } from "../refusal.ts";
import { asBotSees, type GroupChat, type Message } from "../types.ts";
import { messageEvent, quoted, type World } from "../world.ts";
import { chatIn, requireGroup, requireMessage, requireOpenChat } from "./addressee.ts";
import type { Method } from "./call.ts";

/** A second pin of the same message changes nothing, as on Telegram. */
export const pinChatMessage: Method = (world, { parameters }) => {
  const chat = chatIn(world, parameters);
  requireOpenChat(world, chat);
  const message = requireMessage(world, chat, parameters, "message to pin");
  if (chat.type !== "private") {
    if (!botMay(world, requireGroup(world, chat), "canPinMessages")) {
      throw badRequest("not enough rights to manage pinned messages in the chat");
    }
    if (serviceContentIn(message) !== undefined) throw badRequest("service messages can't be pinned");
  }
  const isPinned = world.state.pinned.get(chat.id)?.has(message.message_id) === true;
  world.record([{ change: "pin", chatId: chat.id, messageId: message.message_id }]);
  if (chat.type === "supergroup" && !isPinned) sayPinned(world, chat, message);
  return true;
};

/** Said in the topic of the message; the bot hears of its own pins too. */
function sayPinned(world: World, chat: GroupChat, pinned: Message): void {
  const content = { pinned_message: asBotSees(quoted(pinned)) };
  const message = newMessage(world, chat, { from: world.bot }, content, { topicId: pinned.message_thread_id });
  const update = groupUpdate(world, requireGroup(world, chat), "message", message);
  world.record([{ change: "message", message }, ...update], messageEvent("message", message));
}
