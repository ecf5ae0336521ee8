import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { examine } from "../../../cli/doctor/examine.ts";
import type { Finding } from "../../../cli/doctor/finding.ts";
import { type Environment, readEnvironment } from "../../../config/env.ts";
import { tryLock } from "../../../core/db/locks.ts";
import { beOneOfMany } from "../../../core/db/only-one.ts";
import { openTelegramServer, type TelegramServer } from "../../../telegram-server/server.ts";
import { temporaryFolder } from "../../e2e/support/folders.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { urlOf } from "../../support/database-url.ts";

/** What doctor finds where it looks by itself: a database, a Bot API server, a Redis. */

const token = `4242:${"a-token-of-this-test".repeat(2)}`;
const [forum, plain] = [-1_001_234_567_890, -1_001_234_567_891] as const;

let database: TestDatabase;
let telegram: TelegramServer;
let apiRoot: string;
let bot: pg.Client;

beforeEach(async () => {
  database = await freshDatabase();
  telegram = await openTelegramServer({
    token,
    bot: { id: 4242, firstName: "Simpul", username: "simpul_bot" },
    people: [{ id: 1, firstName: "Dewi" }],
    groups: [
      { id: forum, title: "Petugas", isForum: true, members: [1] },
      { id: plain, title: "Petugas lama", isForum: false, members: [1] },
    ],
  });
  apiRoot = (await telegram.listen(0, "127.0.0.1")).url;
  bot = await session("a bot");
  await tryLock(bot, "poller");
  await bot.query("insert into poller (bot_id, last_poll_at) values (4242, now())");
});
afterEach(async () => {
  await bot.end();
  await telegram.close();
  await database.close();
});

async function session(name: string): Promise<pg.Client> {
  const client = new pg.Client({ ...database.config, application_name: name });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

function environment(more: Record<string, string> = {}): Environment {
  const read = readEnvironment(
    {
      SIMPUL_HOME: join(import.meta.dirname, "no-such-folder"),
      DATABASE_URL: urlOf(database.config),
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: apiRoot,
      TELEGRAM_STAFF_GROUP: `${forum}`,
      ...more,
    },
    { isRoot: false, homeDirectory: "/nowhere", checkout: "/nowhere" },
  );
  if (!read.ok) throw new Error("the environment is not one");
  return read.environment;
}

/** Of these things, in the order in which they are looked at. */
async function findings(things: string[], more: Record<string, string> = {}, stuckAfterSeconds = 30) {
  const found: Finding[] = [];
  for await (const finding of examine(environment(more), { stuckAfterSeconds }))
    if (things.includes(finding.what)) found.push(finding);
  return found.map(({ what, grade, says }) => `${grade} ${what}: ${says}`);
}

it("nothing where all is well", async () => {
  expect(await findings(["inbox", "outbox", "journal", "locks", "polling", "staff group", "Redis"])).toEqual([
    "ok inbox: empty",
    "ok outbox: empty",
    "ok journal: sealed",
    "ok locks: nobody waits",
    expect.stringMatching(/^ok polling: a Simpul runs here; Telegram last came through \d+ s ago$/),
    "ok staff group: TELEGRAM_STAFF_GROUP: the bot may manage topics there",
    expect.stringContaining("ok Redis: off"),
  ]);
});

it("nothing of hosting where the profile cannot be read", async () => {
  await using profiles = await temporaryFolder();
  await mkdir(join(profiles.path, "labura"));

  expect(await findings(["profile", "hosting"], { SIMPUL_PROFILES: profiles.path })).toEqual([
    expect.stringMatching(/^fail profile: .*mistakes/),
  ]);
});

it("a staff group in which the bot has no rights", async () => {
  telegram.people.setBot(forum, { status: "administrator", canManageTopics: false });

  expect(await findings(["staff group"])).toEqual([
    "fail staff group: TELEGRAM_STAFF_GROUP: the bot may not manage topics there",
  ]);
});

it("a staff group that is no forum, and one in which the bot is not", async () => {
  const more = { TELEGRAM_STAFF_GROUP: `${plain}` };

  expect(await findings(["staff group"], more)).toEqual([
    "fail staff group: TELEGRAM_STAFF_GROUP: the group has no topics",
  ]);
  telegram.people.setBot(forum, { status: "kicked" });
  expect(await findings(["staff group"])).toEqual([
    "fail staff group: TELEGRAM_STAFF_GROUP: the bot is not in that group",
  ]);
});

it("a Redis that is gone", async () => {
  expect(await findings(["Redis"], { REDIS_URL: "redis://:secret@127.0.0.1:1" })).toEqual([
    "fail Redis: the server of REDIS_URL does not answer (ECONNREFUSED); Simpul goes on without it",
  ]);
});

it("a lock that is stuck", async () => {
  const [holder, waiter] = [await session("a forgotten psql"), await session("simpul application")];
  await holder.query("begin; lock table ticket in access exclusive mode");
  const waits = waiter.query("select count(*) from ticket");
  const stuck = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
  await expect.poll(async () => (await bot.query(stuck)).rowCount).toBe(1);

  expect(await findings(["locks"], {}, 0)).toEqual([
    expect.stringMatching(/^fail locks: session \d+ \(a forgotten psql\) holds what 1 others wait for, since \d+ s$/),
  ]);

  await holder.query("rollback");
  await waits;
  await Promise.all([holder.end(), waiter.end()]);
});

it("an update that was parked", async () => {
  const parked = await bot.query(
    `insert into inbox (bot_id, update_id, chat_key, payload, state, received_at, due_at)
     values (4242, 1, '1', '{}', 'parked', now(), now()) returning id`,
  );

  expect(await findings(["inbox"])).toEqual([
    `warn inbox: 1 updates could not be handled and are put aside, the latest: M-${parked.rows[0].id}`,
  ]);
});

it("an outbox that grows, since nobody sends or Telegram is away", async () => {
  await bot.query(
    `insert into outbox (chat_id, message, priority, token, created_at, due_at)
     select 1, '{}', 1, 't' || n, now() - interval '400 s', now() - interval '400 s' from generate_series(1, 50) as n`,
  );

  expect(await findings(["outbox"])).toEqual([
    expect.stringMatching(/^fail outbox: 50 messages wait, the oldest for 4\d\d s: Telegram is away or slows us down/),
  ]);
});

it("a journal that nobody seals", async () => {
  await bot.query(
    "insert into journal (at, event, subject_kind, subject_id) values (now() - interval '400 s', 'person-added', 'person', 1)",
  );

  expect(await findings(["journal"])).toEqual([
    expect.stringMatching(
      /^fail journal: 1 rows wait for their place in the chain, the oldest for 4\d\d s: nobody seals$/,
    ),
  ]);
});

it("web or worker without a bot: what comes is not answered, and what waits is told", async () => {
  await bot.end();
  const part = await beOneOfMany(database.config, () => undefined);
  bot = await session("a web");
  await bot.query(
    `insert into inbox (bot_id, update_id, chat_key, payload, state, received_at, due_at)
     values (4242, 1, '1', '{}', 'pending', now() - interval '90 s', now() - interval '90 s')`,
  );

  expect(await findings(["inbox", "polling"])).toEqual([
    expect.stringMatching(/^fail inbox: 1 updates wait, the oldest for 9\d s$/),
    "fail polling: a part of Simpul runs here, but no bot: what comes is neither fetched nor handled nor answered",
  ]);
  await part.close();
});
