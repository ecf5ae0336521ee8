import type { Readable } from "node:stream";
import type pg from "pg";
import type { Logger } from "pino";
import { recordHeadPinned, recordHeadSent } from "../core/actions/journal/pin-journal-head.ts";
import { answerPriority } from "../core/actions/notices.ts";
import {
  forgetCard,
  recordBlockedChat,
  recordCard,
  recordQuestion,
  reportDeadMessage,
  reportParkedUpdate,
  reportSilence,
} from "../core/actions/record-delivery.ts";
import type { Setting } from "../core/actions/setting.ts";
import { type GroupLook, recordGroupTrouble, recordMovedGroup } from "../core/actions/staff-group.ts";
import {
  recordTopicBegun,
  recordTopicCardGone,
  recordTopicChanged,
  recordTopicLost,
  recordTopicMade,
} from "../core/actions/ticket-topics.ts";
import type { Events } from "../core/db/events/events.ts";
import { describeFault } from "../core/db/fault.ts";
import { enqueue, forgetValue, type OutboxRow } from "../core/db/outbox.ts";
import type { Db } from "../core/db/tables.ts";
import { backoffMs, wait } from "../core/db/wait.ts";
import { OperatorFault } from "../core/domain/operator-fault.ts";
import { askInNewMessage } from "./conversation.ts";
import type { AtCrashPoint } from "./crash-points.ts";
import type { DeliveryHooks } from "./delivery.ts";
import { openDispatch } from "./dispatch.ts";
import { InboxHandler } from "./inbox.ts";
import { commandsFor } from "./replies/menu.ts";
import type { OfficeWords } from "./replies/office-words.ts";
import { openRenderer } from "./replies/render.ts";
import { titleOfTopic } from "./replies/ticket/topic.ts";
import type { Screen } from "./screens/screens.ts";
import { Sender } from "./sender.ts";
import { type Client, openClient } from "./telegram/client.ts";
import type { LimitOptions } from "./telegram/limits.ts";
import { lookAtGroup } from "./telegram/look-at-group.ts";
import { Poller } from "./telegram/poll.ts";
import { botIdOf } from "./telegram/receive.ts";
import { TelegramFailure } from "./telegram/telegram-failure.ts";
import { topicOf } from "./telegram/update.ts";
import { WebhookKeeper } from "./telegram/webhook.ts";
import type { TopicHooks, TopicRow } from "./topic-delivery.ts";

const longestIntroductionWaitMs = 60_000;
/** A start does not wait longer for Telegram. */
const tokenCheckMs = 5_000;

export type BotOptions = {
  token: string;
  apiRoot: string;
  /** Where Telegram is to deliver; absent: it is polled. */
  webhook?: { url: string; secret: string } | undefined;
  /** Of the database, for the locks. */
  config: pg.ClientConfig;
  db: Db;
  events: Events;
  /** The bot's own name is asked of Telegram. */
  office: Omit<OfficeWords, "botUsername">;
  setting: (now: Date) => Setting;
  filesFolder: string;
  log: Logger;
  limits?: LimitOptions;
  /** Where a crash test ends the process. */
  at?: AtCrashPoint;
};

/** Telegram does not know the token. */
export class TokenRefused extends OperatorFault {
  override name = "TokenRefused";
}

export type Bot = {
  /**
   * Asks Telegram once whether it knows the token; that it cannot be reached now is no refusal.
   *
   * @throws TokenRefused
   */
  checkToken(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  /** When Telegram last came through, by a poll or a look at the webhook; a bot that is deaf does not know it. */
  lastPollAt(): Date | undefined;
  /** A file that somebody sent. */
  download(fileId: string): Promise<{ stream: Readable; sizeBytes?: number }>;
  /** Whether the desk can work in that group. */
  lookAtGroup(chatId: number): Promise<GroupLook>;
};

/** Poller or webhook, inbox handler and sender of one bot, as one. */
export function openBot(options: BotOptions): Bot {
  const { config, db, events, log, setting, at } = options;
  const stop = new AbortController();
  const client = openClient({ token: options.token, apiRoot: options.apiRoot, log, signal: stop.signal });
  const office: OfficeWords = { ...options.office, botUsername: "" };
  const { rules } = setting(new Date());
  const loops = { config, db, events, log, ...(at === undefined ? {} : { at }) };
  const hearing = {
    ...loops,
    client,
    botId: botIdOf(options.token),
    onGap: (since: Date) => db.transaction().execute((tx) => reportSilence(tx, setting(new Date()), since)),
  };
  const ear =
    options.webhook === undefined ? new Poller(hearing) : new WebhookKeeper({ ...hearing, webhook: options.webhook });
  const wakeSender = async () => {
    if (sender.wake()) return;
    await events.publish("outbox").catch((fault: unknown) => {
      log.warn({ fault: describeFault(fault) }, "waking the sender failed, it finds the messages without");
    });
  };
  const inbox = new InboxHandler({
    ...loops,
    client,
    wakeSender,
    handle: openDispatch({ office, setting, takeToken: events.takeToken }),
    onParked: async (tx, row) => {
      const now = new Date();
      await reportParkedUpdate(tx, setting(now), { id: row.id, chatId: privateChatOf(row.chatKey) });
      const topic = topicOf(row.chatKey);
      if (topic === undefined) return;
      const { chatId, threadId } = topic;
      const message: Screen = { kind: "group-hint", what: "not-handled", threadId };
      await enqueue(tx, { chatId, message, priority: answerPriority, now });
    },
  });
  const sender = new Sender({
    ...loops,
    client,
    render: openRenderer({ office, rules, filesFolder: options.filesFolder }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    onSent: (row) => recorderOf(row, setting),
    onGone: async (tx, row) => {
      const { chatId, editsMessageId: messageId, topicTicketId: ticketId } = row;
      if (messageId === null) return;
      const screen = row.message as Screen;
      if (screen.kind === "question") return askInNewMessage(tx, row, screen, new Date());
      const isCardInTopic = ticketId !== null && row.message.kind === "ticket-card";
      if (isCardInTopic) await recordTopicCardGone(tx, setting(new Date()), { ticketId, chatId, messageId });
      else await forgetCard(tx, { chatId, messageId });
    },
    onBlocked: (tx, chatId) => recordBlockedChat(tx, setting(new Date()), chatId),
    onMoved: (tx, from, to) => recordMovedGroup(tx, setting(new Date()), from, to),
    onDead: (tx, row) => reportDeadMessage(tx, setting(new Date()), row),
    topics: topicHooks(setting),
  });
  return {
    async checkToken() {
      try {
        await client.getMe({ withinMs: tokenCheckMs });
      } catch (fault) {
        if (!(fault instanceof TelegramFailure)) throw fault;
        if (fault.reason !== "unauthorized" && fault.reason !== "refused") return;
        throw new TokenRefused(
          "Telegram does not know the token in TELEGRAM_BOT_TOKEN: copy it again from @BotFather.",
        );
      }
    },
    start() {
      ear.start();
      inbox.start();
      sender.start();
      void introduce(client, office, stop.signal, log);
    },
    async stop() {
      await Promise.all([ear.stop(), inbox.stop(), sender.stop()]);
      stop.abort();
    },
    lastPollAt: () => ear.lastPollAt,
    download: (fileId) => client.download(fileId),
    lookAtGroup: (chatId) => lookAtGroup(client, chatId, botIdOf(options.token)),
  };
}

/** What else is recorded of a message that went out; undefined: nothing. */
function recorderOf(
  { id, chatId, message }: OutboxRow,
  setting: (now: Date) => Setting,
): ReturnType<DeliveryHooks["onSent"]> {
  const screen = message as Screen;
  const now = () => setting(new Date());
  switch (screen.kind) {
    case "link-code":
      return (tx) => forgetValue(tx, id, "code");
    case "upload-link":
    case "secret-offered":
      return (tx) => forgetValue(tx, id, "link");
    case "question":
      return (tx, messageId) => recordQuestion(tx, now(), { ...screen, chatId, messageId });
    case "journal-head":
      return (tx, messageId) => recordHeadSent(tx, now(), { pinId: screen.pinId, chatId, messageId });
    case "pin-journal-head":
      return (tx) => recordHeadPinned(tx, now(), screen.pinId);
    case "ticket-card":
      return (tx, messageId) => recordCard(tx, now(), { ticketId: screen.ticketId, chatId, messageId });
    default:
      return undefined;
  }
}

function topicHooks(setting: (now: Date) => Setting): TopicHooks {
  const now = () => setting(new Date());
  const placeOf = ({ topicTicketId: ticketId, chatId }: TopicRow) => ({ ticketId, chatId });
  return {
    titleOf: titleOfTopic,
    onBegun: (tx, row) => recordTopicBegun(tx, now(), placeOf(row)),
    onMade: (tx, row, made) => recordTopicMade(tx, now(), { ...placeOf(row), ...made }),
    onChanged: (tx, row, changed) => recordTopicChanged(tx, now(), { ...placeOf(row), ...changed }),
    onLost: (tx, row, threadId) => recordTopicLost(tx, now(), { ...placeOf(row), threadId }),
    onTrouble: (tx, chatId, trouble) => recordGroupTrouble(tx, now(), chatId, trouble),
  };
}

/** Learns the bot's own name, and gives strangers a menu. Tried until it succeeds; nothing else waits for it. */
async function introduce(client: Client, office: OfficeWords, signal: AbortSignal, log: Logger): Promise<void> {
  for (let tries = 1; !signal.aborted; tries += 1) {
    try {
      office.botUsername = (await client.getMe({ signal })).username;
      await client.setMyCommands(commandsFor(undefined), undefined, { signal });
      return;
    } catch (fault) {
      if (signal.aborted) return;
      if (!(fault instanceof TelegramFailure)) throw fault;
      log.warn({ fault: fault.message }, "introducing the bot to Telegram failed, it will be tried again");
      await wait(backoffMs(tries, longestIntroductionWaitMs), signal);
    }
  }
}

function privateChatOf(chatKey: string): number | undefined {
  const chatId = Number(chatKey);
  return Number.isSafeInteger(chatId) && chatId > 0 ? chatId : undefined;
}
