import { chatIn, requireMessage, requireOpenChat } from "./addressee.ts";
import type { Method } from "./call.ts";

/** A second pin of the same message changes nothing, as on Telegram. */
export const pinChatMessage: Method = (world, { parameters }) => {
  const chat = chatIn(world, parameters);
  requireOpenChat(world, chat);
  const { message_id: messageId } = requireMessage(world, chat, parameters, "message to pin");
  world.record([{ change: "pin", chatId: chat.id, messageId }]);
  return true;
};
