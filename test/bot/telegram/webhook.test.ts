import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Poller } from "../../../bot/telegram/poll.ts";
import { openReceiver } from "../../../bot/telegram/receive.ts";
import { WebhookKeeper, type WebhookOptions } from "../../../bot/telegram/webhook.ts";
import { findLastPoll } from "../../../core/db/inbox.ts";
import { openRoutes } from "../../../web/server.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { query } from "../../support/server.ts";
import { BOT_ID, BUDI, eventually, fault, openTestTelegram, SITI, silent, type TestTelegram } from "../support.ts";

const secret = "a-secret-of-this-test";
const starts = ["/start", "/start", "/start"];

let database: TestDatabase;
let telegram: TestTelegram;
let page: Awaited<ReturnType<typeof openPage>>;
let running: { stop(): Promise<void> }[] = [];
const onGap = vi.fn<(since: Date) => Promise<void>>(async () => undefined);

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  telegram = await openTestTelegram();
  page = await openPage();
  onGap.mockClear();
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  running = [];
  await page.close();
  await telegram.close();
  await database.owner.deleteFrom("inbox").execute();
  await database.owner.deleteFrom("poller").execute();
});
afterAll(() => database.close());

/** The page that Telegram delivers to; while it is `away` it answers 502, as a proxy does. */
async function openPage() {
  const { db } = database;
  const receive = openReceiver({ db, botId: BOT_ID, events: { publish: async () => undefined }, log: silent });
  const app = openRoutes({
    db,
    lifecycle: () => "running",
    lastPollAt: () => undefined,
    webhook: { secret, receive: (update) => receive([update], new Date()) },
    log: silent,
  });
  const state = { isAway: false };
  const fetch = (request: Request) => (state.isAway ? new Response(null, { status: 502 }) : app.fetch(request));
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const opening = serve({ fetch, port: 0, hostname: "127.0.0.1" }, () => resolve(opening));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`,
    state,
    async close() {
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function common() {
  return { client: telegram.client, db: database.db, config: database.config, botId: BOT_ID, log: silent, onGap };
}

function startKeeper(options: Partial<WebhookOptions> = {}): WebhookKeeper {
  const keeper = new WebhookKeeper({ ...common(), webhook: { url: page.url, secret }, lookEveryMs: 10, ...options });
  keeper.start();
  running.push(keeper);
  return keeper;
}

function startPoller(): Poller {
  const poller = new Poller({ ...common(), events: { publish: async () => undefined } });
  poller.start();
  running.push(poller);
  return poller;
}

async function stored(): Promise<(string | undefined)[]> {
  const rows = await database.db.selectFrom("inbox").select("payload").orderBy("id").execute();
  return rows.map(({ payload }) => (payload as { message?: { text?: string } }).message?.text);
}

const callsOf = (method: string) => telegram.calls.filter((call) => call.method === method);

describe("with a webhook", () => {
  it("Telegram delivers what people send, what waited first", async () => {
    startKeeper();
    telegram.server.people.sendText(SITI, "printer rusak");

    await eventually(async () => (await stored()).toSorted()).toEqual([...starts, "printer rusak"]);

    expect(callsOf("setWebhook").map(({ fields }) => fields)).toEqual([
      {
        url: page.url,
        secret_token: secret,
        allowed_updates: '["message","edited_message","callback_query","my_chat_member"]',
      },
    ]);
    expect(callsOf("getUpdates")).toEqual([]);
  });

  it("it is set at every start, for Telegram does not tell whether it has the same secret", async () => {
    const first = startKeeper({ webhook: { url: page.url, secret: "the-secret-of-before" } });
    await eventually(() => first.lastPollAt).toBeDefined();
    await first.stop();

    startKeeper();

    await eventually(async () => (await stored()).length).toBe(3);
  });

  it("it is set again when another program changes it", async () => {
    const keeper = startKeeper();
    await eventually(() => keeper.lastPollAt).toBeDefined();
    await telegram.client.deleteWebhook();
    telegram.server.people.sendText(SITI, "halo");

    await eventually(stored).toContain("halo");
    expect((await telegram.client.getWebhookInfo()).url).toBe(page.url);
  });

  it("a second one waits, and takes over when the first stops", async () => {
    const first = startKeeper();
    await eventually(() => first.lastPollAt).toBeDefined();
    const second = startKeeper();
    await eventually(() =>
      query(
        database.config,
        "select from pg_stat_activity where application_name = 'simpul lock poller' and datname = current_database()",
      ),
    ).toMatchObject({ rowCount: 2 });
    expect(second.lastPollAt).toBeUndefined();

    await first.stop();

    await eventually(() => second.lastPollAt).toBeDefined();
  });

  it("a call that fails is made again", async () => {
    const waits: number[] = [];
    telegram.intercept = async ({ method }) =>
      method === "setWebhook" && callsOf("setWebhook").length <= 2 ? fault(502, "Bad Gateway") : undefined;

    startKeeper({
      wait: async (ms) => {
        waits.push(ms);
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
    });

    await eventually(async () => (await stored()).length).toBe(3);
    expect(waits.slice(0, 2)).toEqual([1000, 2000]);
  });
});

describe("whether Telegram comes through", () => {
  it("is looked for, and kept for the page of another process", async () => {
    const keeper = startKeeper();

    await eventually(() => keeper.lastPollAt).toBeDefined();
    const before = keeper.lastPollAt;
    await eventually(() => keeper.lastPollAt).not.toEqual(before);

    await eventually(() => findLastPoll(database.db, BOT_ID)).toBeDefined();
  });

  it("is no while it cannot deliver, with an alarm, and yes when it can again", async () => {
    const lines: { level: number; msg: string; reason?: string }[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    page.state.isAway = true;
    const keeper = startKeeper({ log, deafAfterMs: 100 });

    await eventually(() => lines.map(({ msg }) => msg)).toContain("the bot is deaf: Telegram does not come through");
    await eventually(() => lines.find(({ msg }) => msg === "Telegram cannot deliver by the webhook")?.reason).toBe(
      "Wrong response from the webhook: 502 Bad Gateway",
    );
    const deafSince = keeper.lastPollAt;
    page.state.isAway = false;

    await eventually(() => lines.map(({ msg }) => msg)).toContain("the bot hears again");
    expect(keeper.lastPollAt).not.toEqual(deafSince);
    await eventually(async () => (await stored()).length).toBe(3);
  });

  it("is yes while one chat's update fails and others come", async () => {
    const keeper = startKeeper({
      client: {
        ...telegram.client,
        getWebhookInfo: async () => ({
          url: page.url,
          pending: 1,
          lastError: { at: new Date(Date.now() - 5_000), message: "Wrong response from the webhook: 413" },
        }),
      },
    });

    await eventually(async () => (await stored()).length).toBe(3);

    await eventually(() => keeper.lastPollAt).toBeDefined();
  });

  it.each([
    ["no: an error of a minute ago", 60, false],
    ["yes: an error from before Telegram's longest wait", 151, true],
  ])("is %s, while something waits", async (_what, seconds, expected) => {
    let looks = 0;
    page.state.isAway = true;
    const keeper = startKeeper({
      client: {
        ...telegram.client,
        getWebhookInfo: async () => {
          looks += 1;
          const at = new Date(Date.now() - seconds * 1000);
          return { url: page.url, pending: 1, lastError: { at, message: "Connection refused" } };
        },
      },
    });

    await eventually(() => looks).toBeGreaterThan(3);

    expect(keeper.lastPollAt !== undefined).toBe(expected);
  });

  it("is told when it was no for long", async () => {
    const since = new Date("2026-12-01T00:00:00Z");
    const first = startKeeper({ now: () => since });
    await eventually(() => first.lastPollAt).toEqual(since);
    await first.stop();

    startKeeper({ now: () => new Date(since.getTime() + 151_000) });

    await eventually(() => onGap.mock.calls).toEqual([[since]]);
  });
});

it("from polling to the webhook and back nothing is lost and nothing comes twice", async () => {
  const expected = [...starts];
  let number = 0;
  const say = (count: number) => {
    for (let left = count; left > 0; left -= 1) {
      number += 1;
      expected.push(`pesan ${number}`);
      telegram.server.people.sendText(number % 2 === 0 ? SITI : BUDI, `pesan ${number}`);
    }
  };
  const arrived = () => eventually(async () => (await stored()).toSorted()).toEqual(expected.toSorted());

  for (const start of [startPoller, startKeeper, startPoller, startKeeper, startPoller]) {
    const ear = start();
    say(3);
    const url = start === startKeeper ? page.url : "";
    await eventually(async () => (await telegram.client.getWebhookInfo()).url).toBe(url);
    say(3);
    await eventually(async () => (await stored()).length).toBeGreaterThanOrEqual(expected.length - 3);
    // Some of these are under way when it stops.
    say(3);
    await ear.stop();
    say(2);
  }
  startPoller();

  await arrived();
  const ids = await database.db.selectFrom("inbox").select("update_id").orderBy("update_id").execute();
  expect(ids.map(({ update_id }) => update_id - (ids[0]?.update_id ?? 0))).toEqual(expected.map((_, index) => index));
});
