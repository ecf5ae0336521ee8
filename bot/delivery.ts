import type { Logger } from "pino";
import { describeFault, framesOf } from "../core/db/fault.ts";
import { markEnded, markFailed, markSent, type OutboxRow, postponeChat } from "../core/db/outbox.ts";
import type { Db, Tx } from "../core/db/tables.ts";
import { backoffMs, wait } from "../core/db/wait.ts";
import { buttonsToSend } from "./buttons-to-send.ts";
import type { AtCrashPoint } from "./crash-points.ts";
import type { Render, Rendered } from "./rendered.ts";
import type { Client } from "./telegram/client.ts";
import { TelegramFailure } from "./telegram/telegram-failure.ts";
import {
  changeTopic,
  findThread,
  isForTopic,
  makeTopic,
  type TopicClient,
  type TopicHooks,
  troubleOf,
} from "./topic-delivery.ts";

const renderAgainAfterMs = [1_000, 5_000];
const longestBackoffMs = 60_000;
const hookTries = 5;

/** What runs in the transaction that marks the row. */
export type DeliveryHooks = {
  /** What else is to be recorded of a message that went out; undefined: nothing. Menus of commands are no message. */
  onSent: (row: OutboxRow) => ((tx: Tx, messageId: number) => Promise<void>) | undefined;
  /** The message to edit, `row.editsMessageId`, is gone; the row was dropped. */
  onGone: (tx: Tx, row: OutboxRow) => Promise<void>;
  /** Nothing can be sent to that chat: the bot was blocked, or removed. */
  onBlocked: (tx: Tx, chatId: number) => Promise<void>;
  /** The group became a supergroup; what waits for it has to go to its new id. */
  onMoved: (tx: Tx, fromChatId: number, toChatId: number) => Promise<void>;
  /** The row cannot be sent and was given up. */
  onDead: (tx: Tx, row: OutboxRow) => Promise<void>;
  /** Of rows for topics. */
  topics: TopicHooks;
};

export type DeliveryOptions = DeliveryHooks & {
  db: Db;
  client: TopicClient &
    Pick<Client, "sendMessage" | "editMessage" | "removeButtons" | "sendFile" | "pinChatMessage" | "setMyCommands">;
  render: Render;
  log: Logger;
  now: () => Date;
  at?: AtCrashPoint | undefined;
  /** Cuts what is under way. */
  signal: AbortSignal;
};

/** What the chat has to do after it: `hold` waits that long, `unavailable` tries again with growing waits. */
export type Delivered = { outcome: "done" } | { outcome: "hold"; ms: number } | { outcome: "unavailable" };

const done: Delivered = { outcome: "done" };

/**
 * Brings one row to Telegram: render, store its buttons, send or edit, mark. Where its topic is still to be made, this turn
 * makes that, and the row waits for the next one.
 *
 * @throws what the database throws before the message is sent; the row is then still pending
 */
export async function deliver(row: OutboxRow, options: DeliveryOptions): Promise<Delivered> {
  const { db, at } = options;
  const rendering = await render(row, options);
  if (rendering === "failed") return done;
  if (!rendering) return end(row, options, "dropped", "nothing left to say");
  const threadId = isForTopic(row) ? await findThread(db, row) : undefined;
  const isWithoutTopic = isForTopic(row) && row.editsMessageId === null && threadId === undefined;
  try {
    if (isWithoutTopic) {
      await makeTopic(row, options);
      return done;
    }
    const send = await prepare(db, row, rendering, threadId, options);
    await at?.("action-to-send");
    const messageId = await send();
    await at?.("send-to-mark");
    return await recordSent(row, rendering, messageId, options);
  } catch (error) {
    if (error instanceof TelegramFailure) return afterFailure(row, error, threadId, options);
    throw error;
  }
}

async function render(row: OutboxRow, options: DeliveryOptions): Promise<Rendered | undefined | "failed"> {
  const { db, now, log, onDead } = options;
  try {
    return await options.render(db, row, now());
  } catch (fault) {
    const error = describeFault(fault);
    const fields = { outboxId: row.id, kind: row.message.kind, error, frames: framesOf(fault) };
    log.error(fields, "putting a message into words failed");
    const againAfterMs = renderAgainAfterMs[row.attempts];
    if (againAfterMs === undefined) await end(row, options, "dead", error, onDead);
    else {
      const dueAt = new Date(now().getTime() + againAfterMs);
      await db.transaction().execute((tx) => markFailed(tx, row, error, dueAt));
    }
    return "failed";
  }
}

/** @returns sends it, and gives the message's id */
async function prepare(
  db: Db,
  row: OutboxRow,
  rendered: Rendered,
  threadId: number | undefined,
  { client, signal }: DeliveryOptions,
): Promise<() => Promise<number | undefined>> {
  const { chatId, editsMessageId } = row;
  switch (rendered.as) {
    case "text": {
      const buttons = rendered.buttons && (await buttonsToSend(db, row, rendered.buttons));
      if (editsMessageId !== null)
        return () => edit(client, { ...row, editsMessageId }, rendered.html, { buttons }, signal);
      const { isSilent, replyTo } = rendered;
      const extra = { buttons, isSilent, replyTo, threadId: threadId ?? rendered.threadId };
      return () => client.sendMessage(chatId, rendered.html, extra, { signal });
    }
    case "file": {
      const buttons = rendered.buttons && (await buttonsToSend(db, row, rendered.buttons));
      return () => client.sendFile(rendered.fileKind, chatId, { ...rendered, buttons, threadId }, { signal });
    }
    case "topic":
      return async () => {
        if (isForTopic(row) && threadId !== undefined) await changeTopic(client, row, threadId, rendered, signal);
        return undefined;
      };
    case "no-buttons":
      return async () => {
        if (editsMessageId !== null)
          await unlessUnchanged(() => client.removeButtons(chatId, editsMessageId, { signal }));
        return undefined;
      };
    case "pin":
      return async () => {
        await client.pinChatMessage(chatId, rendered.messageId, { signal });
        return rendered.messageId;
      };
    case "commands":
      return async () => {
        await client.setMyCommands(rendered.commands, chatId, { signal });
        return undefined;
      };
  }
}

async function edit(
  client: DeliveryOptions["client"],
  { chatId, editsMessageId }: { chatId: number; editsMessageId: number },
  html: string,
  extra: Parameters<Client["editMessage"]>[3],
  signal: AbortSignal,
): Promise<number> {
  await unlessUnchanged(() => client.editMessage(chatId, editsMessageId, html, extra, { signal }));
  return editsMessageId;
}

/** That it is so already is no failure. */
async function unlessUnchanged(change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof TelegramFailure && error.reason === "unchanged")) throw error;
  }
}

async function recordSent(
  row: OutboxRow,
  rendered: Rendered,
  messageId: number | undefined,
  options: DeliveryOptions,
): Promise<Delivered> {
  const { db, now, onSent, topics } = options;
  const isEditedNext = rendered.as === "text" && row.editsMessageId === null;
  const sent = { messageId, isEditedNext, now: now() };
  const record = messageId === undefined ? undefined : onSent(row);
  const isTopic = rendered.as === "topic" && isForTopic(row);
  if (record === undefined && !isTopic) {
    await untilDone(row, options, () => markSent(db, row, sent));
    return done;
  }
  await settle(row, options, async (tx, tell) => {
    // Before the mark: actions lock a ticket, then its messages, and in another order the two would wait for each other.
    if (record !== undefined && messageId !== undefined) await tell(() => record(tx, messageId));
    if (isTopic) await tell(() => topics.onChanged(tx, row, rendered));
    await markSent(tx, row, sent);
  });
  return done;
}

async function afterFailure(
  row: OutboxRow,
  failure: TelegramFailure,
  threadId: number | undefined,
  options: DeliveryOptions,
): Promise<Delivered> {
  const { db, log, now, onBlocked, onDead, onGone, onMoved, topics } = options;
  const { why } = failure;
  const fields = { outboxId: row.id, kind: row.message.kind, fault: failure.message };
  const trouble = isForTopic(row) ? troubleOf(failure) : undefined;
  if (trouble !== undefined) {
    log.warn(fields, "the staff group cannot be used");
    await settle(row, options, (tx) => topics.onTrouble(tx, row.chatId, trouble));
    return done;
  }
  if (why.reason === "no-topic" && isForTopic(row) && threadId !== undefined) {
    log.warn(fields, "a topic was deleted by hand");
    await settle(row, options, (tx) => topics.onLost(tx, row, threadId));
    return done;
  }
  switch (why.reason) {
    case "too-many": {
      const ms = why.retryAfterSeconds * 1000;
      log.warn(fields, "Telegram wants a pause in a chat");
      await postponeChat(db, row.chatId, new Date(now().getTime() + ms), failure.message);
      return { outcome: "hold", ms };
    }
    case "blocked":
      log.info(fields, "a chat is closed to the bot");
      return end(row, options, "dropped", failure.message, (tx) => onBlocked(tx, row.chatId));
    case "gone":
      log.info(fields, "a message to edit is gone");
      return end(row, options, "dropped", failure.message, onGone);
    case "migrated":
      log.warn(fields, "a group has become a supergroup");
      await db.transaction().execute((tx) => onMoved(tx, row.chatId, why.toChatId));
      return done;
    case "refused":
    case "unchanged":
    case "no-topic":
    case "no-rights":
    case "not-a-forum":
    case "no-chat":
      log.error(fields, "Telegram refuses a message");
      return end(row, options, "dead", failure.message, onDead);
    case "unavailable":
    case "unauthorized":
    case "conflict":
    case "webhook":
      log.warn(fields, "sending failed, it will be tried again");
      return { outcome: "unavailable" };
  }
}

async function end(
  row: OutboxRow,
  options: DeliveryOptions,
  state: "dropped" | "dead",
  reason: string,
  hook?: (tx: Tx, row: OutboxRow) => Promise<void>,
): Promise<Delivered> {
  await settle(row, options, async (tx, tell) => {
    const isEnded = await markEnded(tx, row, state, reason);
    if (isEnded && hook) await tell(() => hook(tx, row));
  });
  return done;
}

/**
 * Records what became of the row, in one transaction.
 *
 * @param record calls hooks by `tell`, which leaves out one that keeps throwing
 */
async function settle(
  row: OutboxRow,
  options: DeliveryOptions,
  record: (tx: Tx, tell: (hook: () => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  let hookFailures = 0;
  const tell = async (hook: () => Promise<void>) => {
    if (hookFailures >= hookTries) return;
    hookFailures++;
    await hook();
    hookFailures--;
  };
  await untilDone(row, options, () => options.db.transaction().execute((tx) => record(tx, tell)));
}

/** A message that was sent and is not marked would be sent again: so marking goes on until it is committed. */
async function untilDone(
  row: OutboxRow,
  { log, signal }: DeliveryOptions,
  mark: () => Promise<unknown>,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await mark();
      return;
    } catch (fault) {
      const fields = { outboxId: row.id, fault: describeFault(fault), frames: framesOf(fault) };
      log.error(fields, "recording what became of a message failed");
      if (signal.aborted) throw fault;
      await wait(backoffMs(tries, longestBackoffMs), signal);
    }
  }
}
