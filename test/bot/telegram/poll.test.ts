import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Poller, type PollerOptions } from "../../../bot/telegram/poll.ts";
import { type Wait, wait } from "../../../core/db/wait.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { endHoldersOfLocks, query } from "../../support/server.ts";
import {
  BOT_ID,
  BUDI,
  eventually,
  fault,
  gate,
  openTestTelegram,
  SITI,
  silent,
  type TestTelegram,
} from "../support.ts";

const HOUR = 3_600_000;

let database: TestDatabase;
let telegram: TestTelegram;
let running: Poller[] = [];
/** The waits that the poller asked for; each ends at once. */
let waits: number[];
let published: string[];
const onGap = vi.fn<(since: Date) => Promise<void>>(async () => undefined);

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  telegram = await openTestTelegram();
  waits = [];
  published = [];
  onGap.mockClear();
});
afterEach(async () => {
  await Promise.all(running.map((poller) => poller.stop()));
  running = [];
  await telegram.close();
  await database.owner.deleteFrom("inbox").execute();
  await database.owner.deleteFrom("poller").execute();
});
afterAll(() => database.close());

const waitNot: Wait = async (ms) => {
  waits.push(ms);
};

function startPoller(options: Partial<PollerOptions> = {}): Poller {
  const poller = new Poller({
    client: telegram.client,
    db: database.db,
    config: database.config,
    events: { publish: async (topic) => void published.push(topic) },
    botId: BOT_ID,
    log: silent,
    onGap,
    wait: waitNot,
    ...options,
  });
  poller.start();
  running.push(poller);
  return poller;
}

/** The texts in the inbox, in order; the people's first /start too. */
async function stored(): Promise<(string | undefined)[]> {
  const rows = await database.db.selectFrom("inbox").select("payload").orderBy("id").execute();
  return rows.map(({ payload }) => (payload as { message?: { text?: string } }).message?.text);
}

const polls = () => telegram.calls.filter(({ method }) => method === "getUpdates");
const offsets = () => polls().map(({ fields }) => (fields.offset ? Number(fields.offset) : undefined));
const starts = ["/start", "/start", "/start"];

describe("polling", () => {
  it("brings what people send into the inbox, each in its chat", async () => {
    const poller = startPoller();
    telegram.server.people.sendText(SITI, "printer rusak");
    telegram.server.people.sendText(BUDI, "jaringan mati");

    await eventually(stored).toEqual([...starts, "printer rusak", "jaringan mati"]);

    const keys = await database.db.selectFrom("inbox").select(["bot_id", "chat_key"]).orderBy("id").execute();
    expect(keys.slice(3)).toEqual([
      { bot_id: BOT_ID, chat_key: `${SITI}` },
      { bot_id: BOT_ID, chat_key: `${BUDI}` },
    ]);
    expect(published).toContain("inbox");
    await eventually(() => poller.lastPollAt).toBeInstanceOf(Date);
  });

  it("asks for the kinds that the bot knows, and waits as long as Telegram lets it", async () => {
    startPoller();

    await eventually(polls).not.toEqual([]);

    expect(polls()[0]?.fields).toMatchObject({
      timeout: "50",
      allowed_updates: '["message","edited_message","callback_query","my_chat_member"]',
    });
  });

  it("sends the offset once, after a batch, and then no more", async () => {
    startPoller({ pollSeconds: 0 });

    await eventually(() => polls().length).toBeGreaterThan(4);

    const [first, second, ...later] = offsets();
    expect(first).toBeUndefined();
    expect(second).toBeGreaterThan(0);
    expect(new Set(later)).toEqual(new Set([undefined]));
  });

  it("repeats the offset until such a poll has come back", async () => {
    telegram.intercept = async () => (polls().length === 2 ? fault(502, "Bad Gateway") : undefined);

    startPoller({ pollSeconds: 0 });

    await eventually(() => polls().length).toBeGreaterThan(4);
    const [, second, third, fourth] = offsets();
    expect(second).toBeGreaterThan(0);
    expect(third).toBe(second);
    expect(fourth).toBeUndefined();
  });

  it("drops an offset that is a day old, for after a week Telegram's numbers start anew", async () => {
    let now = new Date("2026-12-01T00:00:00Z");
    telegram.intercept = async () => {
      if (polls().length !== 2) return undefined;
      now = new Date(now.getTime() + 24 * HOUR);
      return fault(502, "Bad Gateway");
    };

    startPoller({ pollSeconds: 0, now: () => now });

    await eventually(() => polls().length).toBeGreaterThan(2);
    expect(offsets().slice(0, 3)).toEqual([undefined, expect.any(Number), undefined]);
  });
});

describe("nothing is lost", () => {
  it("when storing fails: the offset does not move and the updates come again", async () => {
    await query(database.config, "alter table inbox add constraint full_disk check (false) not valid");
    const failed = gate();
    startPoller({
      wait: async () => {
        await query(database.config, "alter table inbox drop constraint if exists full_disk");
        failed.open();
      },
    });

    await failed.opened;

    await eventually(stored).toEqual(starts);
    expect(offsets().slice(0, 2)).toEqual([undefined, undefined]);
  });

  it("when the process dies between the poll and the inbox", async () => {
    const dead = startPoller({
      at: async () => {
        throw new Error("killed");
      },
      wait: async (_ms, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve())),
    });
    await eventually(() => polls().length).toBe(1);
    await dead.stop();
    expect(await stored()).toEqual([]);

    startPoller();

    await eventually(stored).toEqual(starts);
  });

  it("and nothing is stored twice when a confirmation was lost", async () => {
    const first = startPoller({
      client: {
        ...telegram.client,
        getUpdates: async (poll, options) => {
          if (poll.offset !== undefined)
            await new Promise((_resolve, reject) => options?.signal?.addEventListener("abort", reject));
          return telegram.client.getUpdates(poll, options);
        },
      },
    });
    await eventually(stored).toEqual(starts);
    await first.stop();

    startPoller({ pollSeconds: 0 });

    await eventually(() => polls().length).toBeGreaterThan(3);
    expect(await stored()).toEqual(starts);
  });

  it("when an update is of a kind or shape that nobody knows", async () => {
    const poller = startPoller({
      client: {
        ...telegram.client,
        getUpdates: async (poll, options) => {
          const updates = await telegram.client.getUpdates({ ...poll, timeoutSeconds: 0 }, options);
          return updates.map(({ update_id }, index) =>
            index === 0 ? { update_id, message: "?" } : { update_id, poll: {} },
          );
        },
      },
    });

    await eventually(async () => (await stored()).length).toBe(3);

    const keys = await database.db.selectFrom("inbox").select("chat_key").distinct().execute();
    expect(keys).toEqual([{ chat_key: "other" }]);
    await poller.stop();
  });
});

describe("updates that go wrong on their way", () => {
  it("are stored in the order in which they happened, in whatever order they come", async () => {
    telegram.server.faults.start({ seed: 1, rules: [{ kind: "reorder" }] });
    const texts = ["satu", "dua", "tiga", "empat", "lima"];
    for (const text of texts) telegram.server.people.sendText(SITI, text);

    startPoller();

    await eventually(stored).toEqual([...starts, ...texts]);
    expect(telegram.server.faults.record()).toMatchObject([{ rule: { kind: "reorder" } }]);
  });

  it("are stored once, though each comes again after it was confirmed", async () => {
    telegram.server.faults.start({ rules: [{ kind: "duplicate" }] });
    startPoller();
    await eventually(stored).toEqual(starts);
    telegram.server.people.sendText(SITI, "satu");
    await eventually(stored).toEqual([...starts, "satu"]);
    telegram.server.people.sendText(SITI, "dua");

    await eventually(stored).toEqual([...starts, "satu", "dua"]);
    await eventually(() => telegram.server.faults.plan()?.happened).toEqual([5]);
  });

  it("are stored after a gap of days too, with whatever ids", async () => {
    startPoller();
    await eventually(stored).toEqual(starts);
    const texts = ["satu", "dua", "tiga", "empat"];
    for (const [seed, text] of texts.entries()) {
      telegram.server.faults.start({ seed, rules: [{ kind: "gap", days: 8 }] });
      telegram.server.people.sendText(SITI, text);
      await eventually(stored).toEqual([...starts, ...texts.slice(0, seed + 1)]);
    }
  });
});

describe("trouble", () => {
  it("backs off from a second poller, and goes on when it is gone", async () => {
    telegram.intercept = async ({ method }) =>
      method === "getUpdates" && polls().length <= 7
        ? fault(409, "Conflict: terminated by other getUpdates request")
        : undefined;

    startPoller();

    await eventually(stored).toEqual(starts);
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * 1000));
  });

  it.each([
    ["a token that is refused: a minute", fault(401, "Unauthorized"), 60_000],
    ["too many calls: as long as Telegram says", fault(429, "Too Many Requests", { retry_after: 13 }), 13_000],
    ["a fault at Telegram's: a second", fault(502, "Bad Gateway"), 1_000],
    ["a cut connection: a second", { drop: true as const }, 1_000],
  ])("waits after %s", async (_what, answer, ms) => {
    telegram.intercept = async ({ method }) => (method === "getUpdates" && polls().length <= 1 ? answer : undefined);

    startPoller();

    await eventually(stored).toEqual(starts);
    expect(waits).toEqual([ms]);
  });

  it("gives up a poll whose connection is half open, and polls again", async () => {
    telegram.server.faults.start({ rules: [{ kind: "half-open", methods: ["getUpdates"], next: 1 }] });

    startPoller({ abortPollAfterMs: 100 });

    await eventually(stored).toEqual(starts);
    expect(waits).toEqual([1000]);
  });

  it("tells of a silence of more than 150 seconds when it is over, and of no shorter one", async () => {
    let now = new Date("2026-12-01T00:00:00Z");
    const poller = startPoller({ pollSeconds: 0, now: () => now });
    const passes = async (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000);
      await eventually(() => poller.lastPollAt).toEqual(now);
    };
    await passes(0);
    await passes(150);
    expect(onGap).not.toHaveBeenCalled();

    const since = now;
    await passes(151);

    await eventually(() => onGap.mock.calls).toEqual([[since]]);
  });

  it("tells of it also when the process itself did not run", async () => {
    const since = new Date("2026-12-01T00:00:00Z");
    const first = startPoller({ pollSeconds: 0, now: () => since });
    await eventually(() => first.lastPollAt).toEqual(since);
    await first.stop();

    startPoller({ pollSeconds: 0, now: () => new Date(since.getTime() + 25 * HOUR) });

    await eventually(() => onGap.mock.calls).toEqual([[since]]);
  });

  it("raises the alarm once while it is deaf, and says when it hears again", async () => {
    const lines: { level: number; msg: string }[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const said = () => lines.map(({ msg }) => msg).filter((text) => text.startsWith("the bot"));
    let isDeaf = true;
    telegram.intercept = async () => (isDeaf ? fault(502, "Bad Gateway") : undefined);

    startPoller({ log, pollSeconds: 0, deafAfterMs: 50, wait: (ms, signal) => wait(Math.min(ms, 5), signal) });

    await eventually(said).toEqual(["the bot is deaf: Telegram does not come through"]);
    const failures = () => lines.filter(({ msg }) => msg === "polling failed").length;
    const before = failures();
    await eventually(failures).toBeGreaterThan(before + 20);
    isDeaf = false;
    await eventually(() => said().slice(0, 2)).toEqual([
      "the bot is deaf: Telegram does not come through",
      "the bot hears again",
    ]);
    expect(lines.find(({ msg }) => msg.startsWith("the bot is deaf"))?.level).toBe(60);
  });

  it("stops at once in the middle of a long poll", async () => {
    const poller = startPoller();
    await eventually(() => polls().length).toBe(2);

    await poller.stop();

    telegram.server.people.sendText(SITI, "terlambat");
    expect(polls().length).toBe(2);
  });
});

describe("a webhook that is set", () => {
  const setWebhook = () =>
    telegram.client.setWebhook({ url: "http://127.0.0.1:1/telegram", secretToken: "another", allowedUpdates: [] });

  it("is removed before the first poll, and what waited for it comes", async () => {
    await setWebhook();

    startPoller();

    await eventually(stored).toEqual(starts);
    expect(waits).toEqual([]);
    const dropped = telegram.calls.flatMap(({ method, fields }) =>
      method === "deleteWebhook" ? [fields.drop_pending_updates] : [],
    );
    expect(dropped).toEqual([undefined]);
  });

  it("is removed when it appears later", async () => {
    startPoller();
    await eventually(() => polls().length).toBe(2);
    await setWebhook();
    telegram.server.people.sendText(SITI, "halo");

    await eventually(stored).toEqual([...starts, "halo"]);

    expect((await telegram.client.getWebhookInfo()).url).toBe("");
  });

  it("is removed later where Telegram does not answer at first", async () => {
    await setWebhook();
    const removals = () => telegram.calls.filter(({ method }) => method === "deleteWebhook").length;
    telegram.intercept = async ({ method }) =>
      method === "deleteWebhook" && removals() === 1 ? fault(502, "Bad Gateway") : undefined;

    startPoller();

    await eventually(stored).toEqual(starts);
    expect(waits).toEqual([1000]);
  });
});

describe("one poller at a time", () => {
  it("waits for the lock, and takes over when the other stops", async () => {
    const first = startPoller();
    await eventually(() => first.lastPollAt).toBeDefined();
    const second = startPoller();
    telegram.server.people.sendText(SITI, "satu");
    await eventually(stored).toEqual([...starts, "satu"]);
    expect(second.lastPollAt).toBeUndefined();

    await first.stop();
    telegram.server.people.sendText(SITI, "dua");

    await eventually(stored).toEqual([...starts, "satu", "dua"]);
    await eventually(() => second.lastPollAt).toBeDefined();
    const others = telegram.calls.filter(({ method }) => method !== "getUpdates");
    expect(others.map(({ method }) => method)).toEqual(["deleteWebhook", "deleteWebhook"]);
  });

  it("stops polling when the lock is lost, and gets it again", async () => {
    const poller = startPoller();
    await eventually(() => polls().length).toBe(2);

    await endHoldersOfLocks(database.config);

    // The poll under way is given up; the next one begins under a new lock.
    await eventually(() => polls().length).toBe(3);
    telegram.server.people.sendText(SITI, "halo");
    await eventually(stored).toEqual([...starts, "halo"]);
    expect(poller.lastPollAt).toBeDefined();
  });
});
