import { integerOf, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import { nowSeconds } from "../world.ts";
import { personIn, requireMessage } from "./addressee.ts";
import type { Method } from "./call.ts";

/** source: Bot API, deleteMessage: "sent less than 48 hours ago" */
const deletableForSeconds = 48 * 60 * 60;

/** In a private chat a bot may delete its own messages and the person's. */
export const deleteMessage: Method = (world, { parameters }) => {
  if (textOf(parameters, "chat_id") === "") throw badRequest("chat identifier is not specified");
  if (integerOf(parameters, "message_id") === 0) throw badRequest("message identifier is not specified");
  const person = personIn(world, parameters);
  const message = requireMessage(world, person, parameters, "message to delete");
  if (nowSeconds(world) - message.date > deletableForSeconds) {
    throw badRequest("message can't be deleted for everyone");
  }
  const messageId = message.message_id;
  world.record([{ change: "delete", chatId: person.id, messageId }], {
    type: "delete",
    personId: person.id,
    messageId,
  });
  return true;
};
