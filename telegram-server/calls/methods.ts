import { answerCallbackQuery } from "./answer-callback-query.ts";
import { getMe } from "./bot.ts";
import type { Method } from "./call.ts";
import { getChat, getChatAdministrators, getChatMember, sendChatAction } from "./chat.ts";
import { deleteMyCommands, getMyCommands, setMyCommands } from "./commands.ts";
import { deleteMessage } from "./delete-message.ts";
import { editMessageCaption, editMessageReplyMarkup, editMessageText } from "./edit.ts";
import { getFile } from "./get-file.ts";
import { getUpdates } from "./get-updates.ts";
import { sendLocation } from "./location.ts";
import { pinChatMessage } from "./pin.ts";
import { sendMessage } from "./send.ts";
import { sendAnimation, sendAudio, sendDocument, sendPhoto, sendVideo, sendVideoNote, sendVoice } from "./send-file.ts";
import { closeForumTopic, createForumTopic, deleteForumTopic, editForumTopic, reopenForumTopic } from "./topics.ts";
import { deleteWebhook, getWebhookInfo, setWebhook } from "./webhook.ts";

const table = {
  answerCallbackQuery,
  closeForumTopic,
  createForumTopic,
  deleteForumTopic,
  deleteMessage,
  deleteMyCommands,
  deleteWebhook,
  editMessageCaption,
  editMessageReplyMarkup,
  editMessageText,
  editForumTopic,
  getChat,
  getChatAdministrators,
  getChatMember,
  getFile,
  getMe,
  getMyCommands,
  getUpdates,
  getWebhookInfo,
  pinChatMessage,
  reopenForumTopic,
  sendAnimation,
  sendAudio,
  sendChatAction,
  sendDocument,
  sendLocation,
  sendMessage,
  sendPhoto,
  sendVideo,
  sendVideoNote,
  sendVoice,
  setMyCommands,
  setWebhook,
} satisfies Record<string, Method>;

/** By name in lower case: Telegram does not tell `sendmessage` from `sendMessage`. */
export const methods = new Map<string, { name: string; method: Method }>(
  Object.entries(table).map(([name, method]) => [name.toLowerCase(), { name, method }]),
);
