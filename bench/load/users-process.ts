/**
 * A Bot API server and the people who write to it, in a process of their own: what they cost is not counted for the bot. Takes
 * orders on stdin, one line of JSON each, and answers each with one line on stdout.
 */
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { openTelegramServer } from "../../telegram-server/server.ts";
import { type Answered, type Arrival, botId, type Edited, groupId, most, token, type UserOrder } from "./orders.ts";

const patienceMs = 30_000;

const server = await openTelegramServer({
  token,
  bot: { id: botId, firstName: "Simpul", username: "simpul_bot" },
  groups: [{ id: groupId, title: "Petugas", isForum: true, members: [1] }],
  people: Array.from({ length: most }, (_, index) => ({ id: index + 1, firstName: `Orang ${index + 1}` })),
});
const { people } = server;
/** Who waits for an answer, and what to do when it comes. */
const waiting = new Map<number, () => void>();
/** Since "watch". */
let arrivals: Arrival[] = [];
let edits: { chatId: number; at: number }[] = [];
let hasArrived = () => {};
people.subscribe((event) => {
  if ((event.type === "message" || event.type === "group-message") && event.message.from.is_bot) {
    const { chat, text = "" } = event.message;
    arrivals.push({ chatId: chat.id, at: now(), text: text.slice(0, 40) });
    hasArrived();
  }
  if (event.type === "edit") edits.push({ chatId: event.message.chat.id, at: now() });
  if (event.type === "message" && event.message.from.is_bot) waiting.get(event.personId ?? 0)?.();
});

const { url } = await server.listen(0, "127.0.0.1");
console.log(JSON.stringify({ url }));
const orders = createInterface({ input: process.stdin });
for await (const line of orders) console.log(JSON.stringify(await follow(JSON.parse(line))));
process.exit(0);

/** Comparable with what other processes note, and goes on evenly. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

async function follow(order: UserOrder): Promise<Answered | Arrival[] | Edited[]> {
  switch (order.do) {
    case "watch":
      arrivals = [];
      edits = [];
      return [];
    case "arrivals":
      return waitForArrivals(order.count);
    case "edits":
      return order.chatIds.map(editsIn);
    case "start":
      return startAll(order.codes);
    case "keep-asking":
      return keepAsking(order);
    case "ask-at":
      return askAt(order);
  }
}

/** @returns after how many milliseconds the answer came; undefined: it did not */
async function ask(id: number, say: () => void): Promise<number | undefined> {
  const answered = Promise.withResolvers<true>();
  waiting.set(id, () => answered.resolve(true));
  const begin = performance.now();
  say();
  const over = new AbortController();
  const tooLate = pause(patienceMs, undefined, { signal: over.signal }).catch(() => undefined);
  const isAnswered = await Promise.race([answered.promise, tooLate]);
  over.abort();
  waiting.delete(id);
  return isAnswered === true ? performance.now() - begin : undefined;
}

function waitForArrivals(count: number): Promise<Arrival[]> {
  return new Promise((resolve) => {
    hasArrived = () => {
      if (arrivals.length >= count) resolve(arrivals.slice(0, count));
    };
    hasArrived();
  });
}

function editsIn(chatId: number): Edited {
  const found = edits.filter((edit) => edit.chatId === chatId);
  const newest = people.messages(chatId).findLast(({ from }) => from.is_bot);
  return { chatId, edits: found.length, lastAt: found.at(-1)?.at, text: newest?.text ?? "" };
}

async function startAll(codes: readonly (string | undefined)[]): Promise<Answered> {
  return collect(codes.map((code, index) => ask(index + 1, () => people.start(index + 1, code))));
}

async function keepAsking({
  users,
  seconds,
  text,
}: {
  users: number;
  seconds: number;
  text: string;
}): Promise<Answered> {
  const endAt = performance.now() + seconds * 1000;
  const each = async (id: number) => {
    const times: (number | undefined)[] = [];
    while (performance.now() < endAt) times.push(await ask(id, () => people.sendText(id, text)));
    return times;
  };
  const begin = performance.now();
  const times = await Promise.all(Array.from({ length: users }, (_, index) => each(index + 1)));
  return summed(times.flat(), performance.now() - begin);
}

async function askAt(order: { users: number; perSecond: number; seconds: number; text: string }): Promise<Answered> {
  const { users, perSecond, seconds, text } = order;
  const begin = performance.now();
  const asked: Promise<number | undefined>[] = [];
  for (let count = 0; count < perSecond * seconds; count++) {
    await pause(Math.max(0, begin + (count * 1000) / perSecond - performance.now()));
    const id = (count % users) + 1;
    asked.push(ask(id, () => people.sendText(id, text)));
  }
  return collect(asked, begin);
}

async function collect(asked: readonly Promise<number | undefined>[], begin = performance.now()): Promise<Answered> {
  return summed(await Promise.all(asked), performance.now() - begin);
}

function summed(times: readonly (number | undefined)[], tookMs: number): Answered {
  const ms = times.filter((time) => time !== undefined).sort((one, other) => one - other);
  return { answers: ms.length, seconds: tookMs / 1000, ms, unanswered: times.length - ms.length };
}
