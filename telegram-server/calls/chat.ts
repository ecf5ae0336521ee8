import { botIn, type PlaygroundGroup, statusOf } from "../groups.ts";
import { integerOf, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { BotStanding } from "../state.ts";
import { asBotSees, type Chat, type User } from "../types.ts";
import { pinnedMessageIn, userOf, type World } from "../world.ts";
import { chatIn, readableChatIn, requireGroup, requireOpenChat } from "./addressee.ts";
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
  const chat = readableChatIn(world, parameters);
  const pinned = pinnedMessageIn(world, chat.id);
  return {
    ...chat,
    ...(chat.type === "private" && chat.username !== undefined ? { active_usernames: [chat.username] } : {}),
    ...(chat.type === "private" ? {} : { permissions: memberPermissions }),
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

/** source: Bot API, ChatPermissions: what Telegram lets members do in a new group */
const memberPermissions = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_change_info: false,
  can_invite_users: true,
  can_pin_messages: false,
  can_manage_topics: true,
};

export const getChatMember: Method = (world, { parameters }) => {
  const userId = integerOf(parameters, "user_id");
  if (userId <= 0) throw badRequest("invalid user_id specified");
  const chat = userId === world.bot.id ? readableChatIn(world, parameters) : chatIn(world, parameters);
  const person = world.people.get(userId);
  const user = userId === world.bot.id ? world.bot : person === undefined ? undefined : userOf(person);
  if (user === undefined) throw badRequest("user not found");
  if (chat.type === "private") {
    if (userId !== chat.id && userId !== world.bot.id) throw badRequest("user not found");
    return { user, status: "member" };
  }
  return memberIn(world, requireGroup(world, chat), chat, user);
};

export const getChatAdministrators: Method = (world, { parameters }) => {
  const chat = chatIn(world, parameters);
  if (chat.type === "private") throw badRequest("there are no administrators in the private chat");
  const group = requireGroup(world, chat);
  const people = (group.members ?? []).flatMap((id) => world.people.get(id) ?? []);
  const members = [...people.map(userOf), world.bot].map((user) => memberIn(world, group, chat, user));
  return members.filter(({ status }) => status === "creator" || status === "administrator");
};

/** source: Bot API, ChatMember */
function memberIn(
  world: World,
  group: PlaygroundGroup,
  chat: Chat,
  user: User,
): { user: User; status: string } & Record<string, unknown> {
  if (user.id === world.bot.id) return botMember(user, botIn(world, group), chat);
  const status = statusOf(group, user.id);
  if (status === "creator") return { user, status, is_anonymous: false };
  if (status !== "administrator") return { user, status };
  return { user, status, can_be_edited: false, ...administratorRights(chat, fullRightsOfPerson) };
}

const fullRightsOfPerson = { canManageTopics: true, canPinMessages: true, canDeleteMessages: true };

export function botMember(user: User, standing: BotStanding, chat: Chat) {
  const { status } = standing;
  if (status === "kicked") return { user, status, until_date: 0 };
  if (status !== "administrator") return { user, status };
  return { user, status, can_be_edited: false, ...administratorRights(chat, standing) };
}

function administratorRights(
  chat: Chat,
  rights: { canManageTopics: boolean; canPinMessages: boolean; canDeleteMessages: boolean },
) {
  return {
    can_manage_chat: true,
    can_change_info: false,
    can_delete_messages: rights.canDeleteMessages,
    can_invite_users: true,
    can_restrict_members: false,
    can_pin_messages: rights.canPinMessages,
    ...(chat.type === "supergroup" ? { can_manage_topics: rights.canManageTopics } : {}),
    can_promote_members: false,
    can_manage_video_chats: false,
    can_post_stories: false,
    can_edit_stories: false,
    can_delete_stories: false,
    is_anonymous: false,
    can_manage_voice_chats: false,
  };
}

/** Accepted and checked; the apps of the playground show nothing of it. */
export const sendChatAction: Method = (world, { parameters }) => {
  if (!chatActions.includes(textOf(parameters, "action").toLowerCase())) {
    throw badRequest("wrong parameter action in request");
  }
  requireOpenChat(world, chatIn(world, parameters));
  return true;
};
