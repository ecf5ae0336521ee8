import { setTimeout as pause } from "node:timers/promises";
import type { Screen } from "../bot/screens/screens.ts";
import { customaryLimits } from "../bot/telegram/limits.ts";
import { connect } from "../core/db/database.ts";
import { enqueueAll, listSentUnder, type OutgoingMessage } from "../core/db/outbox.ts";
import type { Db } from "../core/db/tables.ts";
import { type Load, openLoad } from "./load/desk.ts";
import { type Arrival, type Edited, groupId } from "./load/orders.ts";
import type { Row } from "./report.ts";

const chats = 100;
const toEach = 10;
const toGroup = 40;
/** People beyond those, who write something meanwhile. */
const askers = Array.from({ length: 20 }, (_, index) => chats + 1 + index);
const askAfterMs = 5_000;
/** Told by a 429 to wait. */
const pausedChat = 1;
const pauseSeconds = 10;
/** People beyond those, each of whom has one message that changes all the time. */
const edited = Array.from({ length: 20 }, (_, index) => chats + askers.length + 1 + index);
const editsOfEach = 50;
const editEveryMs = 100;
const lookAgainMs = 50;
const aim = 0.95;
const [secondMs, minuteMs] = [1_000, 60_000];
const noticePriority = 1;
const answerPriority = 0;

/** Whether the sender uses what Telegram allows, and no more; what a pause in one chat costs others; whether answers wait for notices; and what becomes of edits. */
export async function sender(): Promise<Row[]> {
  await using load = await openLoad("limited");
  // What was sent for the linking has left the windows of the limits.
  await pause(minuteMs);
  const { db, close } = connect(load.database, { as: "application", max: 2 });
  const rows = [...(await sendNotices(load, db)), await editTogether(load, db)];
  await close();
  return rows;
}

async function sendNotices(load: Load, db: Db): Promise<Row[]> {
  let askedAt = 0;
  const begin = async () => {
    await db.transaction().execute((tx) => enqueueAll(tx, [...notices(), ...inGroup()]));
    await pause(askAfterMs);
    await refuseOnce(load);
    askedAt = Date.now();
    await db.transaction().execute((tx) =>
      enqueueAll(
        tx,
        askers.map((chatId) => message(chatId, answerPriority)),
      ),
    );
  };
  const arrivals = await load.arrivals(chats * toEach + toGroup + askers.length, begin);
  const { last } = await db
    .selectFrom("outbox")
    .select(({ fn }) => fn.max("sent_at").as("last"))
    .where("chat_id", "in", askers)
    .where("created_at", ">=", new Date(askedAt))
    .executeTakeFirstOrThrow();
  const answeredMs = (last?.getTime() ?? Number.NaN) - askedAt;
  return [...report(arrivals, answeredMs), reportOfPause(arrivals, await refusedAt(load))];
}

/** Telegram answers the next message to one chat by 429. */
async function refuseOnce({ apiRoot }: Load): Promise<void> {
  const rule = { kind: "too-many-requests", retryAfterSeconds: pauseSeconds, chat: pausedChat, next: 1 };
  const answer = await fetch(new URL("playground/faults", apiRoot), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ rules: [rule] }),
  });
  if (!answer.ok) throw new Error(`measuring the sender: ${await answer.text()}`);
}

/** When it did, in milliseconds of the machine's clock. */
async function refusedAt({ apiRoot }: Load): Promise<number> {
  const answer = await fetch(new URL("playground/faults/record", apiRoot));
  const { record } = (await answer.json()) as { record: { at: string }[] };
  return Date.parse(record[0]?.at ?? "");
}

function reportOfPause(arrivals: readonly Arrival[], refusedAt: number): Row {
  const after = arrivals.filter(({ at }) => at > refusedAt);
  const next = after.find(({ chatId }) => chatId === pausedChat)?.at ?? Number.NaN;
  const elsewhere = after.filter(({ at, chatId }) => at <= next && chatId !== pausedChat).length;
  const waitedSeconds = (next - refusedAt) / secondMs;
  const share = (100 * elsewhere) / (customaryLimits.overallPerSecond * waitedSeconds);
  return {
    what: `one chat, told by a 429 to wait for ${pauseSeconds} s, goes on after`,
    figure: `${waitedSeconds.toFixed(1)} s`,
    compared: `${elsewhere} messages to others meanwhile, ${share.toFixed(1)} % of what the limits allow`,
  };
}

/** Each state of a message is one edit more, as of a ticket's card on a busy day. */
async function editTogether(load: Load, db: Db): Promise<Row> {
  const state = (number: number): Screen => ({
    kind: "refused",
    refusal: { code: "list-too-large", values: { megabytes: number } },
  });
  const inAll = (of: (chatId: number) => OutgoingMessage<Screen>) =>
    db.transaction().execute((tx) => enqueueAll(tx, edited.map(of)));
  const mergeKey = "benchmark";
  await load.arrivals(edited.length, () =>
    inAll((chatId) => ({ ...message(chatId, noticePriority, state(0)), mergeKey })),
  );
  await nothingWaits(db);
  const sent = await listSentUnder(db, mergeKey);
  const messageIds = new Map(sent.map(({ chatId, messageId }) => [chatId, messageId]));
  await load.users.ask({ do: "watch" });
  for (let number = 1; number <= editsOfEach; number++) {
    const asked = (chatId: number) => ({ ...message(chatId, noticePriority, state(number)), mergeKey });
    await inAll((chatId) => ({ ...asked(chatId), editsMessageId: messageIds.get(chatId) }));
    await pause(editEveryMs);
  }
  const lastAskedAt = Date.now() - editEveryMs;
  await nothingWaits(db);
  const found = await load.users.ask<Edited[]>({ do: "edits", chatIds: edited });
  const right = found.filter(({ text }) => text.includes(`${editsOfEach} MB`)).length;
  const went = found.reduce((sum, { edits }) => sum + edits, 0);
  const lastMs = Math.max(...found.map(({ lastAt = Number.NaN }) => lastAt)) - lastAskedAt;
  return {
    what: `${editsOfEach} edits of one message asked in ${(editsOfEach * editEveryMs) / secondMs} s, in each of ${edited.length} chats: sent`,
    figure: `${(went / edited.length).toFixed(1)} each`,
    compared: `the last state stands in ${right} of ${edited.length}, ${(lastMs / secondMs).toFixed(1)} s after it was asked`,
  };
}

async function nothingWaits(db: Db): Promise<void> {
  const waiting = () => db.selectFrom("outbox").select("id").where("state", "=", "pending").limit(1).execute();
  while ((await waiting()).length > 0) await pause(lookAgainMs);
}

function report(arrivals: readonly Arrival[], answeredMs: number): Row[] {
  const privately = arrivals.filter(({ chatId }) => chatId !== groupId);
  const first = arrivals[0]?.at ?? 0;
  const tookMs = (privately.at(-1)?.at ?? 0) - first;
  // Those of the first second are free: the window is empty then.
  const allowed = customaryLimits.overallPerSecond * (tookMs / secondMs + 1);
  const inThatTime = arrivals.filter(({ at }) => at <= first + tookMs).length;
  const group = arrivals.filter(({ chatId }) => chatId === groupId);
  const chatIds = new Set(privately.map(({ chatId }) => chatId));
  const inChats = [...chatIds].map((id) =>
    mostWithin(
      secondMs,
      privately.filter(({ chatId }) => chatId === id),
    ),
  );
  return [
    {
      what: "of what the limits allow",
      figure: `${((100 * inThatTime) / allowed).toFixed(1)} %`,
      compared: `${inThatTime} messages in ${(tookMs / secondMs).toFixed(1)} s; aim: ${aim * 100} %`,
    },
    {
      what: "most in any second",
      figure: `${mostWithin(secondMs, arrivals)}`,
      compared: `limit: ${customaryLimits.overallPerSecond}`,
    },
    {
      what: "most in any second in one chat",
      figure: `${Math.max(...inChats)}`,
      compared: `limit: ${customaryLimits.perPrivateChatPerSecond}`,
    },
    {
      what: "most in any minute in the group",
      figure: `${mostWithin(minuteMs, group)}`,
      compared: `limit: ${customaryLimits.perGroupPerMinute}; ${group.length} messages`,
    },
    {
      what: `${askers.length} answers behind the notices, the last after`,
      figure: `${(answeredMs / secondMs).toFixed(1)} s`,
    },
  ];
}

/** Of a window of that length, wherever it begins; its end is outside. */
function mostWithin(ms: number, arrivals: readonly Arrival[]): number {
  const times = arrivals.map(({ at }) => at).sort((one, other) => one - other);
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to++) {
    while ((times[to] ?? 0) - (times[from] ?? 0) >= ms) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

function notices(): OutgoingMessage<Screen>[] {
  return Array.from({ length: chats * toEach }, (_, index) => message((index % chats) + 1, noticePriority));
}

function inGroup(): OutgoingMessage<Screen>[] {
  return Array.from({ length: toGroup }, () =>
    message(groupId, noticePriority, { kind: "group-hint", what: "not-handled" }),
  );
}

function message(
  chatId: number,
  priority: 0 | 1,
  screen: Screen = { kind: "said", what: "sent" },
): OutgoingMessage<Screen> {
  return { chatId, message: screen, priority, now: new Date() };
}
