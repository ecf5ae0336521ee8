import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect } from "../../core/db/database.ts";
import type { Db } from "../../core/db/tables.ts";
import { openTasks } from "../../core/db/tasks.ts";
import { type Message, openTelegramServer, type TelegramServer } from "../../telegram-server/server.ts";
import { emptyDatabase } from "../support/database.ts";
import { urlOf } from "../support/database-url.ts";
import { type Part, type PartName, startPart } from "../support/part-process.ts";
import { longTestMs, patienceMs } from "../support/patience.ts";
import { query } from "../support/server.ts";

const token = `4242:${"a-token-of-this-test".repeat(2)}`;
const secret = "a-secret-of-this-test";
const [melati, irwan, ucok, tigor] = [1001, 1002, 1003, 1004] as const;
const timeout = longTestMs;

let place: Awaited<ReturnType<typeof emptyDatabase>>;
let connection: ReturnType<typeof connect>;
let telegram: TelegramServer;
let home: string;
let env: Record<string, string>;
let parts: Part[];
/** How often the bot asked where a file lies. */
let fileCalls: number;
/** Updates that Telegram got from people. */
let sent: number;
let db: Db;

beforeEach(async () => {
  place = await emptyDatabase();
  connection = connect(place.config, { as: "owner", max: 4 });
  db = connection.db;
  home = await mkdtemp(join(tmpdir(), "simpul-parts-"));
  parts = [];
  fileCalls = 0;
  sent = 0;
  telegram = await openTelegramServer({
    token,
    bot: { id: 4242, firstName: "Simpul", username: "simpul_bot" },
    people: [melati, irwan, ucok, tigor].map((id) => ({ id, firstName: `Orang ${id}` })),
    longestRetryWaitMs: 50,
    intercept: async ({ method }) => {
      if (method === "getFile") fileCalls += 1;
      return undefined;
    },
  });
  const { url } = await telegram.listen(0, "127.0.0.1");
  env = {
    SIMPUL_HOME: home,
    DATABASE_URL: urlOf(place.config),
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: url,
  };
});
afterEach(async () => {
  for (const part of parts) part.kill();
  await Promise.all(parts.map((part) => part.ended()));
  await telegram.close();
  await connection.close();
  await place.drop();
  await rm(home, { recursive: true, force: true });
});

function start(name: PartName, more: Record<string, string> = {}): Part {
  const part = startPart(name, { ...env, ...more });
  parts.push(part);
  return part;
}

function say(person: number, text: string): void {
  sent += 1;
  telegram.people.sendText(person, text);
}

/** What the bot has said to that person. */
const words = (person: number) =>
  telegram.people.messages(person).flatMap(({ from, text }: Message) => (from.is_bot ? [text ?? ""] : []));

const eventually = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { interval: 20, timeout: patienceMs });

/** The codes that a bot has printed, of the first and the second administrator. */
const codesOf = (bot: Part) => [...bot.output().matchAll(/\/start (\S+)/g)].map(([, code]) => code);

/** All that people sent is in the inbox once, handled, and nothing waits to be said. */
async function expectEachUpdateOnce(): Promise<void> {
  await eventually(async () => {
    const { rows } = await query(
      place.config,
      `select (select count(*)::int from inbox) as stored,
              (select count(*)::int from inbox where state = 'handled') as handled,
              (select count(*)::int from outbox where state = 'pending') as unsaid`,
    );
    return rows[0];
  }).toEqual({ stored: sent, handled: sent, unsaid: 0 });
  const ids = await db.selectFrom("inbox").select("update_id").orderBy("update_id").execute();
  const first = ids[0]?.update_id ?? 0;
  expect(ids.map(({ update_id }) => update_id - first)).toEqual(Array.from({ length: sent }, (_, index) => index));
}

describe("two bots", () => {
  test("the second waits, takes over when the first is killed, and no update is lost", { timeout }, async () => {
    const first = start("bot");
    await first.isReady();
    const second = start("bot");
    await second.says(/"lock":"poller".*waiting to take over/);
    await second.says(/"lock":"sender".*waiting to take over/);
    await second.isReady();
    const [code] = codesOf(second);
    say(melati, `/start ${code}`);
    await eventually(() => words(melati).join()).toContain("Selamat datang");
    const talk = (round: number) => {
      say(melati, "/bantuan");
      for (const person of [ucok, tigor])
        for (let number = 1; number < 10; number += 1) say(person, `${round}.${number}`);
    };

    talk(1);
    first.kill();
    talk(2);

    await expectEachUpdateOnce();
    // One answer of the first one may have gone out without being marked, and then goes once more.
    const answers = words(melati).filter((text) => text.includes("/menu"));
    expect([2, 3]).toContain(answers.length);
    expect([1, 2]).toContain(words(ucok).length);
    say(ucok, "sesudahnya");
    await expectEachUpdateOnce();
    expect(await second.stop()).toEqual({ code: 0, signal: null });
  });
});

describe("two of each of the others", () => {
  test("started at once over an empty database they handle each delivery and each task once", { timeout }, async () => {
    const proxy = await openProxy();
    const webhook = { TELEGRAM_WEBHOOK_SECRET: secret, PUBLIC_URL: proxy.url };
    const webs = [start("web", webhook), start("web", webhook)];
    const workers = [start("worker"), start("worker")];
    const bot = start("bot", webhook);
    await Promise.all(parts.map((part) => part.isReady()));
    proxy.targets = await Promise.all(webs.map((web) => web.address()));
    const [code, otherCode] = codesOf(bot);
    say(melati, `/start ${code}`);
    say(irwan, `/start ${otherCode}`);
    await eventually(() => [...words(melati), ...words(irwan)].join().match(/Selamat datang/g)?.length).toBe(2);
    const talk = (round: number) => {
      say(irwan, "/bantuan");
      for (const person of [ucok, tigor])
        for (let number = 1; number <= 10; number += 1) say(person, `${round}.${number}`);
    };

    talk(1);
    const fetched = await enqueueFiles(20);
    await eventually(() => proxy.taken.every((count) => count > 5)).toBe(true);
    webs[0]?.kill();
    talk(2);

    await expectEachUpdateOnce();
    expect(proxy.statuses).toEqual(new Set([200, 502]));
    await eventually(() => fetched()).toBe(20);
    expect(fileCalls).toBe(20);
    const unsealed = () => db.selectFrom("journal_unsealed").selectAll().execute();
    await eventually(unsealed).toEqual([]);
    const chain = await db.selectFrom("journal_chain").select("number").orderBy("number").execute();
    expect(chain.map(({ number }) => number)).toEqual(chain.map((_, index) => index + 1));
    const health = () => fetch(`${proxy.targets[1]}/healthz`).then((answer) => answer.json());
    await eventually(health).toMatchObject({ status: "ok", lastPollAgeSeconds: expect.any(Number) });
    const ends = await Promise.all([webs[1], ...workers, bot].map((part) => part?.stop()));
    expect(ends).toEqual(Array(4).fill({ code: 0, signal: null }));
    await proxy.close();
  });
});

describe("one process", () => {
  test("goes from the webhook to polling without losing an update, and has no part beside it", {
    timeout,
  }, async () => {
    const proxy = await openProxy();
    const delivered = start("whole", { TELEGRAM_WEBHOOK_SECRET: secret, PUBLIC_URL: proxy.url });
    const address = await delivered.address();
    proxy.targets = [address, address];
    expect(delivered.output()).toContain("Telegram    on   webhook; health at");
    say(ucok, "satu");
    await expectEachUpdateOnce();
    const beside = start("worker");
    expect(await beside.ended()).toEqual({ code: 1, signal: null });
    expect(beside.output()).toContain("A whole Simpul (npm start), or a restore, is already running on the database");

    expect(await delivered.stop()).toEqual({ code: 0, signal: null });
    for (let number = 2; number < 10; number += 1) say(ucok, `pesan ${number}`);
    const polled = start("whole");
    await polled.isReady();

    await expectEachUpdateOnce();
    expect(polled.output()).toContain("Telegram    on   long polling; health at");
    expect(await polled.stop()).toEqual({ code: 0, signal: null });
    await proxy.close();
  });
});

test("a part says what it lacks, and does not start", { timeout }, async () => {
  const lacking = start("worker", { DATABASE_URL: "", TELEGRAM_BOT_TOKEN: "" });

  expect(await lacking.ended()).toEqual({ code: 2, signal: null });

  expect(lacking.output()).toContain("DATABASE_URL must be set to run a part of Simpul: the embedded database belongs");
  expect(lacking.output()).toContain("TELEGRAM_BOT_TOKEN must be set to run a part of Simpul: the playground belongs");
});

/**
 * What stands before the pages: gives each delivery to the one whose turn it is, and a copy to the other, as after an
 * answer that was lost.
 */
async function openProxy() {
  const state = { targets: [] as string[], taken: [0, 0], statuses: new Set<number>() };
  let turn = 0;
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = { "x-telegram-bot-api-secret-token": `${request.headers["x-telegram-bot-api-secret-token"]}` };
    turn += 1;
    const forward = async (index: number) => {
      const url = `${state.targets[index % 2]}${request.url}`;
      const { status } = await fetch(url, { method: "POST", headers, body: Buffer.concat(chunks) });
      if (status === 200) state.taken[index % 2] = (state.taken[index % 2] ?? 0) + 1;
      return status;
    };
    const copy = forward(turn + 1).catch(() => undefined);
    const status = await forward(turn).catch(() => 502);
    await copy;
    if (state.targets.length > 0) state.statuses.add(status);
    response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Tasks as the bot leaves them behind. @returns how many of the files lie in the store */
async function enqueueFiles(count: number): Promise<() => Promise<number>> {
  sent += 1;
  const bytes = Buffer.from("a file of this test");
  const { document } = telegram.people.sendDocument(melati, { bytes, name: "catatan.txt", mimeType: "text/plain" });
  await eventually(() => fileCalls).toBe(1);
  fileCalls = 0;
  const known = await db.selectFrom("attachment").selectAll().executeTakeFirstOrThrow();
  const application = connect(place.config, { as: "application", max: 2 });
  const tasks = await openTasks(application.pool, () => undefined, { worksTasks: false });
  await application.db.transaction().execute(async (tx) => {
    for (let number = 0; number < count; number += 1) {
      const { id } = await tx
        .insertInto("attachment")
        .values({
          person_id: known.person_id,
          kind: "document",
          name: "catatan.txt",
          mime_type: "text/plain",
          telegram_file_id: `${document?.file_id}`,
          received_at: new Date(),
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      await tasks.enqueue(tx, "fetch-file", { attachmentId: id });
    }
  });
  await tasks.close();
  await application.close();
  return async () => {
    const stored = db.selectFrom("attachment").select("id").where("state", "=", "stored").where("id", ">", known.id);
    return (await stored.execute()).length;
  };
}
