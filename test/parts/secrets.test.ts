import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, onTestFinished, test } from "vitest";
import { lockKey } from "../../core/db/locks.ts";
import { type Fault, openTelegramServer, type TelegramServer } from "../../telegram-server/server.ts";
import { emptyDatabase } from "../support/database.ts";
import { urlOf } from "../support/database-url.ts";
import { type Part, type PartName, startPart } from "../support/part-process.ts";
import { longTestMs } from "../support/patience.ts";
import { asUser, query } from "../support/server.ts";

/** With signs that are written otherwise in an address. */
const secrets = {
  database: "pass/of#the-database",
  redis: "pass/of#the-redis",
  token: "a-token-of-this-test".repeat(2),
  webhook: "a-webhook-secret-of-this-test",
};
const hidden = Object.values(secrets).flatMap((secret) => [secret, encodeURIComponent(secret)]);
const token = `4242:${secrets.token}`;
const [melati, ucok] = [1001, 1003];
const timeout = longTestMs;

let place: Awaited<ReturnType<typeof emptyDatabase>>;
let telegram: TelegramServer;
let home: string;
let env: Record<string, string>;
let parts: Part[];
/** What Telegram answers to whatever is called; undefined: as it should. */
let fault: Fault | undefined;

beforeEach(async () => {
  const { server } = inject("postgres");
  place = await emptyDatabase();
  const role = `secrets_${randomBytes(4).toString("hex")}`;
  await query(server, `create role ${role} login superuser password '${secrets.database}'`);
  home = await mkdtemp(join(tmpdir(), "simpul-secrets-"));
  parts = [];
  fault = undefined;
  telegram = await openTelegramServer({
    token,
    bot: { id: 4242, firstName: "Simpul", username: "simpul_bot" },
    people: [melati, ucok].map((id) => ({ id, firstName: `Orang ${id}` })),
    intercept: async () => fault,
  });
  const { url } = await telegram.listen(0, "127.0.0.1");
  env = {
    LOG_LEVEL: "trace",
    SIMPUL_HOME: home,
    DATABASE_URL: urlOf(asUser(place.config, role, secrets.database)),
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: url,
  };
  onTestFinished(async () => {
    for (const part of parts) part.kill();
    await Promise.all(parts.map((part) => part.ended()));
    await telegram.close();
    await place.drop();
    await query(server, `drop role ${role}`);
    await rm(home, { recursive: true, force: true });
  });
});

/** Whatever was told anywhere is searched, so that a new line somewhere is searched too. */
afterEach(() => {
  const told = parts.map((part) => part.output()).join("\n");
  expect(hidden.filter((secret) => told.includes(secret))).toEqual([]);
});

function start(name: PartName, more: Record<string, string> = {}): Part {
  const part = startPart(name, { ...env, ...more });
  parts.push(part);
  return part;
}

/** What only one process does, and somebody does it. */
async function lockHolders(): Promise<string[]> {
  const { rows } = await query(
    place.config,
    `select distinct replace(application_name, 'simpul lock ', '') as name
     from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and granted and application_name like 'simpul lock %' and datname = current_database()
     order by name`,
  );
  return rows.map(({ name }) => name);
}

/** A server that refuses what it is told, and quotes it as Redis does where AUTH was renamed. */
async function openQuotingRedis(): Promise<string> {
  const refusal = `-ERR unknown command 'auth', with args beginning with: '${secrets.redis}' \r\n`;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    // Each command is an array of its words.
    socket.on("data", (commands) => socket.write(refusal.repeat(`${commands}`.match(/^\*\d+\r$/gm)?.length ?? 0)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `redis://:${encodeURIComponent(secrets.redis)}@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("the parts tell none while they work, nor when Telegram, Redis and the database fail them", {
  timeout,
}, async () => {
  const webhook = { TELEGRAM_WEBHOOK_SECRET: secrets.webhook, PUBLIC_URL: "http://127.0.0.1:1" };
  const all = { ...webhook, REDIS_URL: await openQuotingRedis() };
  const [bot, web, worker] = [start("bot", all), start("web", all), start("worker", all)];
  const address = await web.address();
  await Promise.all([bot, worker].map((part) => part.isReady()));
  await Promise.all(parts.map((part) => part.says(/RedisAway/)));
  const deliver = async (id: number, text: string, secret = secrets.webhook) => {
    const from = { id: ucok, is_bot: false, first_name: "Ucok" };
    const message = { message_id: id, date: 1, chat: { id: ucok, type: "private" }, from, text };
    const answer = await fetch(`${address}/telegram`, {
      method: "POST",
      headers: { "x-telegram-bot-api-secret-token": secret },
      body: JSON.stringify({ update_id: id, message }),
    });
    return answer.status;
  };
  expect(await deliver(1, "halo")).toBe(200);
  expect(await deliver(2, "halo", `${secrets.webhook}x`)).toBe(401);
  telegram.people.start(ucok);
  await expect.poll(() => telegram.people.messages(ucok).length, { timeout: 20_000 }).toBeGreaterThan(1);

  fault = { status: 502, body: { ok: false, error_code: 502, description: `Bad Gateway ${env.TELEGRAM_API_ROOT}` } };
  expect(await deliver(3, "/start tebakan")).toBe(200);
  await bot.says(/"code":502/);
  fault = undefined;
  await expect.poll(lockHolders, { timeout: 20_000 }).toEqual(["monitor", "poller", "sealer", "sender"]);
  await query(
    place.config,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like 'simpul%'`,
  );
  await bot.says(/lost the lock/);
  await worker.says(/lost the lock/);
  const pages = ["/metrics", "/healthz", "/readyz", "/"].map(async (path) => (await fetch(address + path)).text());
  const shown = (await Promise.all(pages)).join("\n");

  expect(shown).toMatch(/^simpul_webhook_refused_total 1$/m);
  expect(hidden.filter((secret) => shown.includes(secret))).toEqual([]);
  const ends = await Promise.all(parts.map((part) => part.stop()));
  expect(ends).toEqual(Array(3).fill({ code: 0, signal: null }));
});

test("a part that loses its database for good tells none", { timeout }, async () => {
  const worker = start("worker");
  await worker.isReady();
  const taker = new pg.Client(place.config);
  await taker.connect();
  // Waits in the queue of the server, and so is there first.
  const taken = taker.query("select pg_advisory_lock($1)", [lockKey("one Simpul per database")]);
  const waits = `select from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`;
  await expect.poll(async () => (await query(place.config, waits)).rowCount, { timeout: 20_000 }).toBe(1);

  const end = `select pg_terminate_backend(pid) from pg_stat_activity
               where datname = current_database() and application_name = 'simpul one per database'`;
  await query(place.config, end);
  await taken;

  expect(await worker.ended()).toEqual({ code: 1, signal: null });
  expect(worker.output()).toContain("lost what Simpul cannot work without");
  await taker.end();
});

test("a start that is refused tells none", { timeout }, async () => {
  const stranger = urlOf(asUser(place.config, "somebody_else", secrets.database));
  const nobody = "postgres://simpul:pass%2Fof%23the-database@127.0.0.1:1/simpul";
  const cases: [string, Record<string, string>, RegExp][] = [
    ["another user", { DATABASE_URL: stranger }, /Connecting to the server of DATABASE_URL/],
    ["no server", { DATABASE_URL: nobody }, /ECONNREFUSED/],
    ["a password that is not written as it should be", { DATABASE_URL: `${nobody}%zz` }, /could not start|problem/],
    ["no address", { DATABASE_URL: `postgres://simpul:${secrets.database}@127.0.0.1/simpul` }, /1 problem/],
    ["no address of Redis", { REDIS_URL: `redis://:${secrets.redis}@127.0.0.1` }, /1 problem/],
    ["no token", { TELEGRAM_BOT_TOKEN: `${token} !` }, /1 problem/],
    ["no secret", { TELEGRAM_WEBHOOK_SECRET: `${secrets.webhook} !` }, /problem/],
    ["no place for deliveries", { TELEGRAM_WEBHOOK_SECRET: secrets.webhook }, /PUBLIC_URL must be set/],
  ];

  const ends = await Promise.all(
    cases.map(async ([what, more, said]) => {
      const part = start("worker", more);
      const end = await part.ended();
      expect(part.output(), what).toMatch(said);
      return end?.code;
    }),
  );

  expect(ends).toEqual([1, 1, 1, 2, 2, 2, 2, 2]);
});

test("a token that Telegram does not know is not told", { timeout }, async () => {
  fault = { status: 401, body: { ok: false, error_code: 401, description: "Unauthorized" } };

  const bot = start("bot");

  expect(await bot.ended()).toEqual({ code: 1, signal: null });
  expect(bot.output()).toContain("Telegram does not know the token in TELEGRAM_BOT_TOKEN");
});

test("doctor tells none", { timeout }, async () => {
  const child = spawn(process.execPath, ["cli/doctor.ts"], {
    env: {
      PATH: process.env.PATH ?? "",
      ...env,
      DATABASE_URL: `${env.DATABASE_URL}x`,
      REDIS_URL: await openQuotingRedis(),
      TELEGRAM_API_ROOT: "http://127.0.0.1:1/",
    },
  });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (told += chunk));
  await once(child, "close");

  expect(told).toMatch(/^fail +database/m);
  expect(told).toMatch(/^fail +token/m);
  expect(told).toMatch(/^fail +Redis/m);
  expect(hidden.filter((secret) => told.includes(secret))).toEqual([]);
});
