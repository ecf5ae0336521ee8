import { textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import { asBotSees } from "../types.ts";
import { pinnedMessageIn } from "../world.ts";
import { chatIn, personIn, requireOpenChat } from "./addressee.ts";
import type { Method } from "./call.ts";

/** source: Bot API, sendChatAction */
const chatActions = [
  "typing",
  "upload_photo",
  "record_video",
  "upload_video",
  "record_voice",
  "upload_voice",
  "upload_document",
  "choose_sticker",
  "find_location",
  "record_video_note",
  "upload_video_note",
];

export const getChat: Method = (world, { parameters }) => {
  const chat = chatIn(world, parameters);
  const pinned = pinnedMessageIn(world, chat.id);
  return {
    ...chat,
    ...(chat.type === "private" && chat.username !== undefined ? { active_usernames: [chat.username] } : {}),
    ...(pinned === undefined ? {} : { pinned_message: asBotSees(pinned) }),
    accent_color_id: Math.abs(chat.id) % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
      gifts_from_channels: true,
    },
  };
};

/** Accepted and checked; the apps of the playground show nothing of it. */
export const sendChatAction: Method = (world, { parameters }) => {
  if (!chatActions.includes(textOf(parameters, "action").toLowerCase())) {
    throw badRequest("wrong parameter action in request");
  }
  requireOpenChat(world, personIn(world, parameters));
  return true;
};
