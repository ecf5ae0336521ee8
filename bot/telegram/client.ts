import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { Logger } from "pino";
import { Telegram } from "telegraf";
import { z } from "zod";
import type { FileKind } from "../../core/db/ticket/ticket-tables.ts";
import { openBoundedAgent } from "./bounded-agent.ts";
import { failureOf, TelegramFailure } from "./telegram-failure.ts";

const answerWithinMs = 30_000;
const uploadWithinMs = 120_000;
const downloadWithinMs = 300_000;
/** A press that is answered later is not worth a connection. */
const callbackWithinMs = 10_000;

export type ClientOptions = {
  token: string;
  /** e.g. https://api.telegram.org */
  apiRoot: string;
  log: Logger;
  /** Ends all calls. */
  signal?: AbortSignal;
};

export type CallOptions = {
  /** Ends this call; it then throws the signal's reason. */
  signal?: AbortSignal;
  withinMs?: number;
};

/** As Telegram has it: `data` comes back when the button is pressed, 64 bytes at most. */
export type InlineButton = { label: string; data: string } | { label: string; url: string };

export type FileToSend = {
  bytes: Buffer;
  name: string;
  caption?: string | undefined;
  buttons?: InlineButton[][] | undefined;
  replyTo?: number | undefined;
  threadId?: number | undefined;
};

const fileMethods: Record<FileKind, { method: string; parameter: string }> = {
  photo: { method: "sendPhoto", parameter: "photo" },
  document: { method: "sendDocument", parameter: "document" },
  voice: { method: "sendVoice", parameter: "voice" },
  video: { method: "sendVideo", parameter: "video" },
  "video-note": { method: "sendVideoNote", parameter: "video_note" },
  audio: { method: "sendAudio", parameter: "audio" },
  animation: { method: "sendAnimation", parameter: "animation" },
};

/** What Telegram says of the webhook; the last error stays when later deliveries succeed. */
export type WebhookInfo = {
  /** "" where none is set */
  url: string;
  /** updates that wait to be delivered, or polled for */
  pending: number;
  lastError: { at: Date; message: string } | undefined;
};

export type Client = ReturnType<typeof openClient>;

/**
 * Telegram's Bot API: telegraf as client and nothing else of it. Text is HTML; pages that it links to are not
 * shown below it.
 *
 * All functions throw TelegramFailure, or the reason of a signal that ended the call.
 */
export function openClient({ token, apiRoot, log, signal: end }: ClientOptions) {
  const root = apiRoot.endsWith("/") ? apiRoot : `${apiRoot}/`;
  const telegram = new Telegram(token, { apiRoot: root, webhookReply: false });
  // Afterwards: for http telegraf forgets the agent that it is given.
  telegram.options.agent = openBoundedAgent(root);

  /** The one place that casts: telegraf knows neither newer methods nor Node's AbortSignal. */
  async function call<T>(method: string, payload: object, answer: z.ZodType<T>, options: CallOptions = {}): Promise<T> {
    const { stop, signal } = signalsOf(options, answerWithinMs, end);
    const callApi = telegram.callApi.bind(telegram) as (...call: unknown[]) => Promise<unknown>;
    try {
      const parsed = answer.safeParse(await callApi(method, payload, { signal }));
      if (parsed.success) return parsed.data;
    } catch (error) {
      stop?.throwIfAborted();
      const failure = failureOf(method, error);
      log.debug({ method, reason: failure.reason, code: failure.code }, "call of the Bot API failed");
      throw failure;
    }
    throw new TelegramFailure(method, { why: { reason: "unavailable" }, description: "not an answer of the Bot API" });
  }

  async function upload(kind: FileKind, chatId: number, file: FileToSend, options?: CallOptions): Promise<number> {
    const { method, parameter } = fileMethods[kind];
    const payload = {
      chat_id: chatId,
      [parameter]: { source: file.bytes, filename: fileNameForHeader(file.name) },
      message_thread_id: file.threadId,
      caption: file.caption,
      parse_mode: "HTML",
      // Beside an upload telegraf drops objects without a word.
      reply_parameters: file.replyTo && JSON.stringify(replyTo(file.replyTo)),
      reply_markup: file.buttons && JSON.stringify(keyboardOf(file.buttons)),
    };
    const { message_id } = await call(method, payload, sentMessage, { withinMs: uploadWithinMs, ...options });
    return message_id;
  }

  /** What Telegram, or who gets it, does not take as what it is (a voice note, a video) goes as a document. */
  async function sendFile(kind: FileKind, chatId: number, file: FileToSend, options?: CallOptions): Promise<number> {
    try {
      return await upload(kind, chatId, file, options);
    } catch (failure) {
      const isRefused = failure instanceof TelegramFailure && failure.reason === "refused";
      if (kind === "document" || !isRefused) throw failure;
      return upload("document", chatId, file, options);
    }
  }

  const getFile = (fileId: string, options?: CallOptions) => call("getFile", { file_id: fileId }, file, options);

  return {
    getMe: (options?: CallOptions) => call("getMe", {}, me, options),

    /** @param poll `offset` confirms all updates below it; without one those come that are not confirmed yet */
    getUpdates: (
      poll: { offset?: number | undefined; timeoutSeconds: number; allowedUpdates: readonly string[] },
      options?: CallOptions,
    ) =>
      call(
        "getUpdates",
        { offset: poll.offset, timeout: poll.timeoutSeconds, allowed_updates: poll.allowedUpdates },
        updates,
        options,
      ),

    /** Where updates are delivered from now on; the same once more changes nothing. */
    async setWebhook(
      webhook: { url: string; secretToken: string; allowedUpdates: readonly string[] },
      options?: CallOptions,
    ): Promise<void> {
      const { url, secretToken, allowedUpdates } = webhook;
      const payload = { url, secret_token: secretToken, allowed_updates: allowedUpdates };
      await call("setWebhook", payload, z.unknown(), options);
    },

    /** What waits for it stays, for who polls. */
    async deleteWebhook(options?: CallOptions): Promise<void> {
      await call("deleteWebhook", {}, z.unknown(), options);
    },

    async getWebhookInfo(options?: CallOptions): Promise<WebhookInfo> {
      const info = await call("getWebhookInfo", {}, webhookInfo, options);
      const { last_error_date: seconds, last_error_message: message = "" } = info;
      return {
        url: info.url,
        pending: info.pending_update_count,
        lastError: seconds === undefined ? undefined : { at: new Date(seconds * 1000), message },
      };
    },

    /** @returns the message's id */
    async sendMessage(
      chatId: number,
      html: string,
      extra: {
        buttons?: InlineButton[][] | undefined;
        replyTo?: number | undefined;
        /** Comes without a sound. */
        isSilent?: true | undefined;
        /** The topic; absent: the chat, or General. */
        threadId?: number | undefined;
      } = {},
      options?: CallOptions,
    ): Promise<number> {
      const payload = {
        chat_id: chatId,
        message_thread_id: extra.threadId,
        ...textPayload(html, extra.buttons),
        disable_notification: extra.isSilent,
        reply_parameters: extra.replyTo && replyTo(extra.replyTo),
      };
      const { message_id } = await call("sendMessage", payload, sentMessage, options);
      return message_id;
    },

    /** Without buttons the message loses those it has. */
    async editMessage(
      chatId: number,
      messageId: number,
      html: string,
      extra: { buttons?: InlineButton[][] | undefined } = {},
      options?: CallOptions,
    ): Promise<void> {
      const payload = { chat_id: chatId, message_id: messageId, ...textPayload(html, extra.buttons) };
      await call("editMessageText", payload, z.unknown(), options);
    },

    /** The words stay. */
    async removeButtons(chatId: number, messageId: number, options?: CallOptions): Promise<void> {
      await call("editMessageReplyMarkup", { chat_id: chatId, message_id: messageId }, z.unknown(), options);
    },

    /** Nobody is notified of it. */
    async pinChatMessage(chatId: number, messageId: number, options?: CallOptions): Promise<void> {
      const payload = { chat_id: chatId, message_id: messageId, disable_notification: true };
      await call("pinChatMessage", payload, z.unknown(), options);
    },

    /** @returns the topic's id */
    async createForumTopic(chatId: number, name: string, options?: CallOptions): Promise<number> {
      const payload = { chat_id: chatId, name };
      return (await call("createForumTopic", payload, forumTopic, options)).message_thread_id;
    },

    async renameForumTopic(chatId: number, threadId: number, name: string, options?: CallOptions): Promise<void> {
      const payload = { chat_id: chatId, message_thread_id: threadId, name };
      await call("editForumTopic", payload, z.unknown(), options);
    },

    async closeForumTopic(chatId: number, threadId: number, options?: CallOptions): Promise<void> {
      await call("closeForumTopic", { chat_id: chatId, message_thread_id: threadId }, z.unknown(), options);
    },

    async reopenForumTopic(chatId: number, threadId: number, options?: CallOptions): Promise<void> {
      await call("reopenForumTopic", { chat_id: chatId, message_thread_id: threadId }, z.unknown(), options);
    },

    getChat: (chatId: number, options?: CallOptions) => call("getChat", { chat_id: chatId }, chat, options),

    getChatMember: (chatId: number, userId: number, options?: CallOptions) =>
      call("getChatMember", { chat_id: chatId, user_id: userId }, chatMember, options),

    /** Shows for some seconds that something is done; tells by its failure whether the chat can be written to. */
    async sendTyping(chatId: number, options?: CallOptions): Promise<void> {
      await call("sendChatAction", { chat_id: chatId, action: "typing" }, z.unknown(), options);
    },

    /** @returns the message's id */
    sendFile,

    async answerCallbackQuery(
      answer: { id: string; text?: string | undefined; showAlert?: boolean | undefined },
      options?: CallOptions,
    ): Promise<void> {
      const payload = { callback_query_id: answer.id, text: answer.text, show_alert: answer.showAlert };
      await call("answerCallbackQuery", payload, z.unknown(), { withinMs: callbackWithinMs, ...options });
    },

    /** The menu of commands of one chat, or of all that have none of their own. */
    async setMyCommands(
      commands: readonly { command: string; description: string }[],
      chatId?: number,
      options?: CallOptions,
    ): Promise<void> {
      const scope = chatId === undefined ? undefined : { type: "chat", chat_id: chatId };
      await call("setMyCommands", { commands, scope }, z.unknown(), options);
    },

    getFile,

    /** What somebody sent, 20 MB at most. `sizeBytes` is what Telegram says of it. */
    async download(fileId: string, options: CallOptions = {}): Promise<{ stream: Readable; sizeBytes?: number }> {
      const { file_path: path, file_size: sizeBytes } = await getFile(fileId, options);
      const { stop, signal } = signalsOf(options, downloadWithinMs, end);
      const response = await fetch(new URL(`file/bot${token}/${path}`, root), { signal }).catch((error: unknown) => {
        stop?.throwIfAborted();
        throw failureOf("download", error);
      });
      if (!response.ok || !response.body) throw downloadFailure(response);
      const stream = Readable.fromWeb(response.body as ReadableStream);
      return sizeBytes === undefined ? { stream } : { stream, sizeBytes };
    },
  };
}

/** `stop` is who wants the call ended, `signal` also the clock. */
function signalsOf(options: CallOptions, defaultMs: number, end: AbortSignal | undefined) {
  const stops = [options.signal, end].filter((signal) => signal !== undefined);
  const stop = stops.length > 0 ? AbortSignal.any(stops) : undefined;
  const timeout = AbortSignal.timeout(options.withinMs ?? defaultMs);
  return { stop, signal: stop ? AbortSignal.any([stop, timeout]) : timeout };
}

function textPayload(html: string, buttons: InlineButton[][] | undefined) {
  return {
    text: html,
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
    reply_markup: buttons && keyboardOf(buttons),
  };
}

function keyboardOf(buttons: InlineButton[][]) {
  return { inline_keyboard: buttons.map((row) => row.map(wireButton)) };
}

function wireButton(button: InlineButton) {
  return "url" in button ? { text: button.label, url: button.url } : { text: button.label, callback_data: button.data };
}

/** A message that was deleted meanwhile does not keep the answer from going out. */
function replyTo(messageId: number) {
  return { message_id: messageId, allow_sending_without_reply: true };
}

/** telegraf writes the name as it stands into the header of its part, where a quote or a line end would break out. */
function fileNameForHeader(name: string): string {
  return name.replace(/["\r\n]/g, "") || "file";
}

function downloadFailure({ status }: Response): TelegramFailure {
  const reason = status >= 400 && status < 500 ? "refused" : "unavailable";
  return new TelegramFailure("download", { why: { reason }, code: status, description: "no such file" });
}

// What is read of the answers.
const me = z.object({ id: z.int(), username: z.string() });
const updates = z.array(z.looseObject({ update_id: z.int() }));
const webhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.int(),
  last_error_date: z.int().optional(),
  last_error_message: z.string().optional(),
});
const sentMessage = z.object({ message_id: z.int() });
const forumTopic = z.object({ message_thread_id: z.int() });
const chat = z.object({ type: z.string(), is_forum: z.boolean().optional() });
const chatMember = z.object({ status: z.string(), can_manage_topics: z.boolean().optional() });
const file = z.object({ file_path: z.string(), file_size: z.int().optional() });
