import { type PluginTransformQueryArgs, type PluginTransformResultArgs, sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type HandleUpdate, InboxHandler, type InboxOptions } from "../../bot/inbox.ts";
import { TelegramFailure } from "../../bot/telegram/telegram-failure.ts";
import { openEvents } from "../../core/db/events/events.ts";
import { storeUpdates } from "../../core/db/inbox.ts";
import { enqueue } from "../../core/db/outbox.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { query } from "../support/server.ts";
import { BOT_ID, BUDI, eventually, gate, RINA, SITI, silent } from "./support.ts";

let database: TestDatabase;
let running: InboxHandler[] = [];
let lastUpdateId = 0;
/** How far the handlers' clock has gone on; it stands still by itself. */
let aheadMs = 0;

beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(running.map((handler) => handler.stop()));
  running = [];
  aheadMs = 0;
  await database.owner.deleteFrom("inbox").execute();
  await database.owner.deleteFrom("outbox").execute();
});
afterAll(() => database.close());

const now = () => new Date(Date.UTC(2026, 11, 1) + aheadMs);
const answerCallbackQuery = vi.fn<InboxOptions["client"]["answerCallbackQuery"]>(async () => undefined);
const onParked = vi.fn<InboxOptions["onParked"]>(async () => undefined);

function startHandler(handle: HandleUpdate, options: Partial<InboxOptions> = {}): InboxHandler {
  answerCallbackQuery.mockReset().mockResolvedValue(undefined);
  onParked.mockReset().mockResolvedValue(undefined);
  const handler = new InboxHandler({
    db: database.db,
    events: { subscribe: () => () => undefined },
    wakeSender: async () => undefined,
    client: { answerCallbackQuery },
    handle,
    onParked,
    log: silent,
    now,
    backstopMs: 5,
    ...options,
  });
  handler.start();
  running.push(handler);
  return handler;
}

async function arrive(...messages: [chatId: number, text: string][]): Promise<void> {
  const updates = messages.map(([chatId, text]) => {
    const update_id = ++lastUpdateId;
    const message = { message_id: update_id, date: 1, chat: { id: chatId, type: "private" }, text };
    return { updateId: update_id, chatKey: `${chatId}`, payload: { update_id, message } };
  });
  await storeUpdates(database.db, BOT_ID, updates, now());
}

/** Handles by noting the text; some texts are broken. */
function noting(texts: string[], isBroken: (text: string) => boolean = () => false): HandleUpdate {
  return async (_tx, update) => {
    const text = update.message?.text ?? "";
    texts.push(text);
    if (isBroken(text)) throw new Error(`broken by "${text}"`);
    return {};
  };
}

/** Says that something came, when it is told to. */
function callableEvents(): { events: InboxOptions["events"]; tell: () => void } {
  let call = () => {};
  const subscribe: InboxOptions["events"]["subscribe"] = (_topic, listener) => {
    call = () => void listener(undefined);
    return () => undefined;
  };
  return { events: { subscribe }, tell: () => call() };
}

/** How often somebody looked for an update and found none. */
function countLooksInVain() {
  const looks = new WeakSet<object>();
  const counter = {
    inVain: 0,
    transformQuery({ node, queryId }: PluginTransformQueryArgs) {
      if (node.kind === "RawNode" && node.sqlFragments.join().includes("skip locked")) looks.add(queryId);
      return node;
    },
    async transformResult({ queryId, result }: PluginTransformResultArgs) {
      if (looks.has(queryId) && result.rows.length === 0) counter.inVain += 1;
      return result;
    },
  };
  return counter;
}

const rows = () => database.db.selectFrom("inbox").selectAll().orderBy("id").execute();
const attemptsOfFirst = async () => (await rows())[0]?.attempts;
const states = async () => (await rows()).map(({ state }) => state);

describe("handling", () => {
  it("keeps the order of a chat", async () => {
    const texts: string[] = [];
    await arrive([SITI, "1"], [SITI, "2"], [SITI, "3"], [SITI, "4"]);

    startHandler(noting(texts));

    await eventually(states).toEqual(["handled", "handled", "handled", "handled"]);
    expect(texts).toEqual(["1", "2", "3", "4"]);
  });

  it("handles several chats side by side", async () => {
    const held = gate();
    const texts: string[] = [];
    await arrive([SITI, "slow"], [BUDI, "quick"], [SITI, "after the slow one"], [RINA, "quick too"]);

    startHandler(async (tx, update, context) => {
      if (update.message?.text === "slow") await held.opened;
      return noting(texts)(tx, update, context);
    });

    await eventually(() => [...texts].sort()).toEqual(["quick", "quick too"]);
    held.open();
    await eventually(() => texts.slice(2)).toEqual(["slow", "after the slow one"]);
  });

  it("handles no more at once than it may", async () => {
    let atOnce = 0;
    let most = 0;
    const held = gate();
    await arrive(...Array.from({ length: 12 }, (_, chat): [number, string] => [chat + 1, "halo"]));

    startHandler(
      async () => {
        most = Math.max(most, ++atOnce);
        await held.opened;
        atOnce--;
        return {};
      },
      { atOnce: 3 },
    );

    await eventually(() => atOnce).toBe(3);
    held.open();
    await eventually(async () => new Set(await states())).toEqual(new Set(["handled"]));
    expect(most).toBe(3);
  });

  it("never runs two updates of a chat at once, over two processes", async () => {
    const busy = new Set<number>();
    const order = new Map<number, number[]>();
    let clashes = 0;
    const handle: HandleUpdate = async (tx, update) => {
      const chatId = update.message?.chat.id ?? 0;
      if (busy.has(chatId)) clashes++;
      busy.add(chatId);
      await tx.selectFrom("inbox").select("id").limit(1).execute();
      order.set(chatId, [...(order.get(chatId) ?? []), update.update_id]);
      busy.delete(chatId);
      return {};
    };
    const messages = Array.from({ length: 90 }, (_, number): [number, string] => [(number % 6) + 1, `${number}`]);
    await arrive(...messages);

    startHandler(handle, { atOnce: 4 });
    startHandler(handle, { atOnce: 4 });

    await eventually(async () => new Set(await states())).toEqual(new Set(["handled"]));
    expect(clashes).toBe(0);
    for (const handled of order.values()) {
      expect(handled).toHaveLength(15);
      expect(handled).toEqual(handled.toSorted((a, b) => a - b));
    }
  });

  it("is told its inbox row and the time", async () => {
    const handle = vi.fn<HandleUpdate>(async () => ({}));
    await arrive([SITI, "halo"]);

    startHandler(handle);

    await eventually(states).toEqual(["handled"]);
    const [row] = await rows();
    expect(handle.mock.calls[0]?.[2]).toEqual({ inboxId: row?.id, now: expect.any(Date) });
  });

  it("wakes by an event, long before it would look by itself", async () => {
    const events = await openEvents({ config: database.config, db: database.db, onFault: () => undefined });
    const texts: string[] = [];
    const handler = startHandler(noting(texts), { events, backstopMs: 60_000 });
    await arrive([SITI, "halo"]);

    await events.publish("inbox");

    await eventually(() => texts).toEqual(["halo"]);
    await handler.stop();
    await events.close();
  });
});

describe("by events alone", () => {
  /** So that nothing is found by looking again and again. */
  const never = { backstopMs: 60_000 };

  it("goes on in a chat when more came while its first update was handled", async () => {
    const held = gate();
    const began = gate();
    const looks = countLooksInVain();
    const texts: string[] = [];
    const { events, tell } = callableEvents();
    await arrive([SITI, "1"]);
    startHandler(
      async (tx, update, context) => {
        began.open();
        await held.opened;
        return noting(texts)(tx, update, context);
      },
      { ...never, events, db: database.db.withPlugin(looks) },
    );
    await began.opened;

    await arrive([SITI, "2"]);
    tell();
    await eventually(() => looks.inVain).toBe(1);
    held.open();

    await eventually(() => texts).toEqual(["1", "2"]);
  });

  it("comes to the end of what waits in several chats", async () => {
    const texts: string[] = [];
    await arrive(...Array.from({ length: 30 }, (_, index): [number, string] => [(index % 3) + 1, `${index}`]));

    startHandler(noting(texts), { ...never, atOnce: 2 });

    await eventually(() => texts).toHaveLength(30);
  });
});

describe("an update that fails", () => {
  it("leaves nothing behind of what it did", async () => {
    await arrive([SITI, "halo"]);

    startHandler(async (tx) => {
      await enqueue(tx, { chatId: SITI, message: { kind: "text" }, priority: 0, now: now() });
      throw new Error("broken");
    });

    await eventually(attemptsOfFirst).toBe(1);
    expect(await database.db.selectFrom("outbox").select("id").execute()).toEqual([]);
  });

  it("is tried three times and parked; its chat waits meanwhile, others do not", async () => {
    const texts: string[] = [];
    await arrive([SITI, "broken"], [SITI, "next"], [BUDI, "other"]);

    startHandler(noting(texts, (text) => text === "broken"));

    await eventually(attemptsOfFirst).toBe(1);
    await eventually(states).toEqual(["pending", "pending", "handled"]);
    aheadMs += 2_000;
    await eventually(attemptsOfFirst).toBe(2);
    expect(texts.toSorted()).toEqual(["broken", "broken", "other"]);
    aheadMs += 20_000;
    await eventually(states).toEqual(["parked", "handled", "handled"]);
    expect(texts.slice(3)).toEqual(["broken", "next"]);
    expect(onParked.mock.calls.map(([, row]) => row.payload)).toEqual([(await rows())[0]?.payload]);
  });

  it("is left alone by the other workers until it is marked", async () => {
    const texts: string[] = [];
    const marking = gate();
    const looks = countLooksInVain();
    const { events, tell } = callableEvents();
    const db = database.db.withPlugin(looks);
    let transactions = 0;
    /** The second one is to mark what failed in the first. */
    const transaction: typeof db.transaction = () => {
      const begun = db.transaction();
      if (++transactions !== 2) return begun;
      const execute: typeof begun.execute = (work) => marking.opened.then(() => begun.execute(work));
      return Object.assign(Object.create(begun), { execute });
    };
    await arrive([SITI, "broken"]);
    startHandler(
      noting(texts, () => true),
      {
        backstopMs: 60_000,
        events,
        db: Object.assign(Object.create(db), { transaction }),
      },
    );
    await eventually(() => transactions).toBe(2);

    tell();
    await eventually(() => looks.inVain).toBe(1);
    marking.open();

    await eventually(attemptsOfFirst).toBe(1);
    expect(texts).toEqual(["broken"]);
  });

  it("is told when it is parked, though telling fails once", async () => {
    await arrive([SITI, "broken"]);
    startHandler(noting([], () => true));
    onParked.mockRejectedValueOnce(new Error("a deadlock"));

    await eventually(async () => {
      aheadMs += 20_000;
      return states();
    }).toEqual(["parked"]);
    expect(onParked).toHaveBeenCalledTimes(2);
  });

  it("is recorded with its error, but without what somebody wrote", async () => {
    await arrive([SITI, "the text of a person"]);

    startHandler(noting([], () => true));

    await eventually(async () => (await rows())[0]?.last_error).toBe('Error: broken by "…"');
  });

  it("is parked also when telling of it fails", async () => {
    await arrive([SITI, "broken"], [SITI, "next"]);
    startHandler(noting([], (text) => text === "broken"));
    onParked.mockRejectedValue(new Error("nobody to tell"));

    await eventually(async () => {
      aheadMs += 20_000;
      return states();
    }).toEqual(["parked", "handled"]);
  });

  it("is kept when its transaction cannot be committed", async () => {
    await arrive([SITI, "halo"]);
    await query(
      database.config,
      "create function refuse() returns trigger language plpgsql as 'begin raise exception ''full''; end'",
    );
    await query(
      database.config,
      "create constraint trigger at_commit after insert on outbox deferrable initially deferred for each row execute function refuse()",
    );

    startHandler(async (tx) => {
      await enqueue(tx, { chatId: SITI, message: { kind: "text" }, priority: 0, now: now() });
      return {};
    });

    await eventually(async () => (await rows())[0]).toMatchObject({ state: "pending", attempts: 1 });
    await query(database.config, "drop function refuse cascade");
    aheadMs += 2_000;
    await eventually(states).toEqual(["handled"]);
  });

  it("because PostgreSQL went away is no try of its own, however often that happens", async () => {
    await arrive([SITI, "halo"]);
    let lost = 0;

    startHandler(async (tx) => {
      if (lost === 5) return {};
      lost += 1;
      const { rows: found } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await query(database.config, `select pg_terminate_backend(${found[0]?.pid})`);
      await sql`select 1`.execute(tx);
      return {};
    });

    await eventually(states).toEqual(["handled"]);
    expect([lost, await attemptsOfFirst()]).toEqual([5, 0]);
  });

  it("is parked at once when it cannot be read", async () => {
    const handle = vi.fn<HandleUpdate>(async () => ({}));
    await storeUpdates(
      database.db,
      BOT_ID,
      [{ updateId: ++lastUpdateId, chatKey: "other", payload: { message: "?" } }],
      now(),
    );

    startHandler(handle);

    await eventually(states).toEqual(["parked"]);
    expect((await rows())[0]?.last_error).toBe(
      "does not fit the schema of updates: update_id (invalid_type), message (invalid_type)",
    );
    expect(onParked).toHaveBeenCalledOnce();
    expect(handle).not.toHaveBeenCalled();
  });
});

describe("the answer to a button press", () => {
  it("is given after the commit", async () => {
    const stateWhenAnswered = gate();
    let seen: string[] = [];
    await arrive([SITI, "halo"]);

    startHandler(async () => ({ callbackAnswer: { id: "17", text: "Sudah" } }));
    answerCallbackQuery.mockImplementation(async () => {
      seen = await states();
      stateWhenAnswered.open();
    });

    await stateWhenAnswered.opened;
    expect(seen).toEqual(["handled"]);
    expect(answerCallbackQuery.mock.calls[0]?.[0]).toEqual({ id: "17", text: "Sudah" });
  });

  it("may be lost", async () => {
    const texts: string[] = [];
    await arrive([SITI, "1"], [SITI, "2"]);
    const handler = startHandler(async (tx, update, context) => {
      await noting(texts)(tx, update, context);
      return { callbackAnswer: { id: "17" } };
    });
    const why = { reason: "refused" } as const;
    answerCallbackQuery.mockRejectedValue(
      new TelegramFailure("answerCallbackQuery", { why, description: "query is too old" }),
    );

    await eventually(states).toEqual(["handled", "handled"]);
    expect(await handler.stop()).toBe(true);
  });
});

describe("stopping", () => {
  it("finishes what runs and takes nothing more", async () => {
    const held = gate();
    const began = gate();
    await arrive([SITI, "1"], [SITI, "2"]);
    const handler = startHandler(async () => {
      began.open();
      await held.opened;
      return {};
    });
    await began.opened;

    const stopped = handler.stop();
    held.open();

    expect(await stopped).toBe(true);
    expect(await states()).toEqual(["handled", "pending"]);
  });
});

describe("a crash between taking an update and handling it", () => {
  it("leaves the update to the next process", async () => {
    const texts: string[] = [];
    await arrive([SITI, "halo"]);
    const dead = startHandler(noting(texts), {
      at: async (point) => {
        expect(point).toBe("inbox-to-action");
        throw new Error("killed");
      },
    });
    await eventually(attemptsOfFirst).toBe(1);
    await dead.stop();
    expect(texts).toEqual([]);

    aheadMs += 2_000;
    startHandler(noting(texts));

    await eventually(() => texts).toEqual(["halo"]);
  });
});
