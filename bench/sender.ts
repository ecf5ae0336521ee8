import { setTimeout as pause } from "node:timers/promises";
import { customaryLimits } from "../bot/limits.ts";
import type { Screen } from "../bot/screens.ts";
import { connect } from "../core/db/database.ts";
import { enqueueAll, type OutgoingMessage } from "../core/db/outbox.ts";
import { openLoad } from "./load/desk.ts";
import { type Arrival, groupId } from "./load/orders.ts";
import type { Row } from "./report.ts";

const chats = 100;
const toEach = 10;
const toGroup = 40;
/** People beyond those, who write something meanwhile. */
const askers = Array.from({ length: 20 }, (_, index) => chats + 1 + index);
const askAfterMs = 5_000;
const aim = 0.95;
const [secondMs, minuteMs] = [1_000, 60_000];
const noticePriority = 1;
const answerPriority = 0;

/** Whether the sender uses what Telegram allows, and no more; and whether answers wait for notices. */
export async function sender(): Promise<Row[]> {
  await using load = await openLoad("limited");
  // What was sent for the linking has left the windows of the limits.
  await pause(minuteMs);
  const { db, close } = connect(load.database, { as: "application", max: 2 });
  let askedAt = 0;
  const begin = async () => {
    await db.transaction().execute((tx) => enqueueAll(tx, [...notices(), ...inGroup()]));
    await pause(askAfterMs);
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
  await close();
  const answeredMs = (last?.getTime() ?? Number.NaN) - askedAt;
  return report(arrivals, answeredMs);
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
