import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Hono } from "hono";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openReceiver } from "../../bot/telegram/receive.ts";
import { connect } from "../../core/db/database.ts";
import type { Db } from "../../core/db/tables.ts";
import { openRoutes, openWeb } from "../../web/server.ts";
import { silent } from "../bot/support.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { query } from "../support/server.ts";

const secret = "a-secret-of-this-test";
const botId = 123456;

let database: TestDatabase;
let published: string[];

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => {
  published = [];
});
afterEach(() => database.owner.deleteFrom("inbox").execute());
afterAll(() => database.close());

const options = (db: Db) => {
  const events = { publish: async (topic: string) => void published.push(topic) };
  const receive = openReceiver({ db, botId, events, log: silent });
  return {
    db,
    lifecycle: () => "running" as const,
    lastPollAt: () => new Date(),
    webhook: { secret, receive: (update: { update_id: number }) => receive([update], new Date()) },
    log: silent,
  };
};
const open = (db = database.db): Hono => openRoutes(options(db));

const update = (id: number, text = "printer rusak") => ({
  update_id: id,
  message: { message_id: id, date: 1, chat: { id: 1001, type: "private" }, text },
});

/** As Telegram delivers it; another body or header where one is given. */
function deliver(
  app: Hono,
  { body = JSON.stringify(update(1)), secret: given = secret }: { body?: string; secret?: string | null } = {},
): Promise<Response> {
  const headers = {
    "content-type": "application/json",
    ...(given === null ? {} : { "X-Telegram-Bot-Api-Secret-Token": given }),
  };
  return Promise.resolve(app.request("/telegram", { method: "POST", headers, body }));
}

/** On a socket, as Telegram and everybody else reach it. */
async function listen() {
  const web = await openWeb({ ...options(database.db), host: "127.0.0.1", port: 0 });
  const at = `http://127.0.0.1:${web.port}`;
  return {
    url: `${at}/telegram`,
    refusals: async () => countOfRefusals(await (await fetch(`${at}/metrics`)).text()),
    [Symbol.asyncDispose]: () => web.close(),
  };
}

const inbox = () =>
  database.db
    .selectFrom("inbox")
    .select(["bot_id", "update_id", "chat_key", "state", "payload"])
    .orderBy("id")
    .execute();

const refusals = async (app: Hono) => countOfRefusals(await (await app.request("/metrics")).text());

function countOfRefusals(metrics: string): number {
  return Number(/^simpul_webhook_refused_total (\d+)$/m.exec(metrics)?.[1]);
}

describe("a delivery", () => {
  it("is stored when it is answered, in its chat and not handled yet", async () => {
    const answer = await deliver(open());

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("");
    expect(await inbox()).toEqual([
      { bot_id: botId, update_id: 1, chat_key: "1001", state: "pending", payload: update(1) },
    ]);
    expect(published).toEqual(["inbox"]);
  });

  it("is stored once, however often and to how many processes it comes", async () => {
    const [one, other] = [open(), open()];

    const answers = await Promise.all([deliver(one), deliver(other), deliver(one), deliver(other)]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await deliver(one)).status).toBe(200);
    expect(await inbox()).toHaveLength(1);
  });

  it.each([
    ["of a kind that nobody knows", { update_id: 1, poll: {} }],
    ["of a shape that nobody knows", { update_id: 1, message: "?" }],
  ])("%s is stored too, so that it does not come for ever", async (_what, body) => {
    expect((await deliver(open(), { body: JSON.stringify(body) })).status).toBe(200);
    expect(await inbox()).toMatchObject([{ chat_key: "other", payload: body }]);
  });

  it("up to a megabyte is taken, though people write it in signs of many bytes", async () => {
    const body = JSON.stringify(update(1, "é".repeat(400_000)));
    expect((await deliver(open(), { body })).status).toBe(200);
    expect(await inbox()).toHaveLength(1);
  });
});

describe("who does not know the secret", () => {
  it.each([
    ["has none", null],
    ["has an empty one", ""],
    ["has another of the same length", secret.replace("a", "b")],
    ["has a shorter one", secret.slice(0, -1)],
    ["has a longer one", `${secret}x`],
  ])("and %s hears 401 and nothing else; it is counted", async (_what, given) => {
    const app = open();

    const answer = await deliver(app, { secret: given });

    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe("");
    expect(await inbox()).toEqual([]);
    expect(await refusals(app)).toBe(1);
  });

  it.each<[string, string, Record<string, string>]>([
    ["in the address", `?secret_token=${secret}&x-telegram-bot-api-secret-token=${secret}`, {}],
    ["in another header", "", { authorization: `Bearer ${secret}`, "x-telegram-bot-api-secret": secret }],
    ["in a cookie", "", { cookie: `x-telegram-bot-api-secret-token=${secret}` }],
    ["twice in one", "", { "x-telegram-bot-api-secret-token": `${secret}, ${secret}` }],
    ["as a guess behind a proxy", "", { "x-forwarded-for": "149.154.167.220", "x-real-ip": "149.154.167.220" }],
  ])("also over the socket, where it is sent %s", async (_where, query, headers) => {
    await using web = await listen();

    const answer = await fetch(`${web.url}${query}`, { method: "POST", headers, body: JSON.stringify(update(1)) });

    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe("");
    expect(await inbox()).toEqual([]);
    expect(await web.refusals()).toBe(1);
  });

  it("learns nothing of what is wrong with the body, for it is not read", async () => {
    const statuses = await Promise.all(
      ["no JSON", "x".repeat(2_000_000)].map(async (body) => (await deliver(open(), { body, secret: "wrong" })).status),
    );
    expect(statuses).toEqual([401, 401]);
  });
});

describe("what is no delivery", () => {
  it.each([
    ["no JSON", "printer rusak"],
    ["nothing", ""],
    ["a list", "[]"],
    ["no update_id", '{"message":{}}'],
    ["an update_id that is no number", '{"update_id":"1"}'],
  ])("is refused: %s", async (_what, body) => {
    expect((await deliver(open(), { body })).status).toBe(400);
    expect(await inbox()).toEqual([]);
  });

  it("is refused when it is too large", async () => {
    const answer = await deliver(open(), { body: JSON.stringify(update(1, "x".repeat(1_100_000))) });
    expect(answer.status).toBe(413);
    expect(await inbox()).toEqual([]);
  });

  it("is refused when it is too large, also where its length is not told", async () => {
    const web = await openWeb({ ...options(database.db), host: "127.0.0.1", port: 0 });
    const chunk = new TextEncoder().encode("x".repeat(100_000));
    let chunks = 0;
    const body = new ReadableStream({
      pull: (controller) => (++chunks > 20 ? controller.close() : controller.enqueue(chunk)),
    });

    const answer = fetch(`http://127.0.0.1:${web.port}/telegram`, {
      method: "POST",
      headers: { "x-telegram-bot-api-secret-token": secret },
      body,
      duplex: "half",
    });

    expect((await answer).status).toBe(413);
    await web.close();
    expect(await inbox()).toEqual([]);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("is refused when it is packed (%s), for nothing is unpacked that could swell", async (coding, pack) => {
    await using web = await listen();
    const headers = { "x-telegram-bot-api-secret-token": secret, "content-encoding": coding };
    const bodies = [JSON.stringify(update(1)), JSON.stringify(update(2, "x".repeat(20_000_000)))].map((text) =>
      pack(Buffer.from(text)),
    );

    const answers = await Promise.all(
      bodies.map((body) => fetch(web.url, { method: "POST", headers, body: new Uint8Array(body) })),
    );

    expect(bodies.every(({ length }) => length < 100_000)).toBe(true);
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    expect(await inbox()).toEqual([]);
  });

  it("finds no such page where no webhook is configured, nor by GET", async () => {
    const { webhook: _, ...without } = options(database.db);
    expect((await deliver(openRoutes(without))).status).toBe(404);
    expect((await open().request("/telegram")).status).toBe(404);
  });
});

describe("nothing is lost", () => {
  it("while the database is away: 503, so that Telegram brings it again", async () => {
    const lost = connect({ host: "127.0.0.1", port: 1, user: "nobody" }, { as: "application", max: 1 });

    const answer = await deliver(open(lost.db));

    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe("");
    await lost.close();
  });

  it("when storing fails: 503, and what comes again is taken", async () => {
    const app = open();
    await query(database.config, "alter table inbox add constraint full_disk check (false) not valid");
    const failed = await deliver(app).finally(() =>
      query(database.config, "alter table inbox drop constraint full_disk"),
    );
    expect(failed.status).toBe(503);
    expect(await inbox()).toEqual([]);

    expect((await deliver(app)).status).toBe(200);

    expect(await inbox()).toHaveLength(1);
  });

  it("the answer waits until it is committed, and a stop waits for the answer", async () => {
    const web = await openWeb({ ...options(database.db), host: "127.0.0.1", port: 0 });
    const held = await database.owner.startTransaction().execute();
    const row = {
      bot_id: botId,
      update_id: 1,
      chat_key: "1001",
      payload: "{}",
      received_at: new Date(),
      due_at: new Date(),
    };
    // The same update, by another process that has not committed it yet.
    await held.insertInto("inbox").values(row).execute();
    let isAnswered = false;
    const answer = fetch(`http://127.0.0.1:${web.port}/telegram`, {
      method: "POST",
      headers: { "x-telegram-bot-api-secret-token": secret },
      body: JSON.stringify(update(1)),
    }).finally(() => {
      isAnswered = true;
    });
    await expect
      .poll(() =>
        query(
          database.config,
          "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        ),
      )
      .toMatchObject({ rowCount: 1 });
    const closed = web.close();
    expect(isAnswered).toBe(false);

    await held.rollback().execute();

    expect((await answer).status).toBe(200);
    await closed;
    expect(await inbox()).toMatchObject([{ update_id: 1, payload: update(1) }]);
  });
});
