import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  deleteEndedBefore,
  type InboxRow,
  markFailed,
  markHandled,
  markParked,
  storeUpdates,
  type TakenRow,
  takeNext,
} from "../../../core/db/inbox.ts";
import type { Tx } from "../../../core/db/tables.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";

const BOT = 42;
const now = new Date("2026-12-01T02:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => database.owner.deleteFrom("inbox").execute());
afterAll(() => database.close());

const inTransaction = <Result>(work: (tx: Tx) => Promise<Result>) => database.db.transaction().execute(work);

function store(...updates: [updateId: number, chatKey: string][]) {
  const incoming = updates.map(([updateId, chatKey]) => ({ updateId, chatKey, payload: { update_id: updateId } }));
  return storeUpdates(database.db, BOT, incoming, now);
}

async function take(at = now): Promise<TakenRow | undefined> {
  return inTransaction((tx) => takeNext(tx, at));
}

async function takeExisting(at = now): Promise<InboxRow> {
  const row = await take(at);
  if (!row) throw new Error("nothing to take");
  return row;
}

/** Takes what may be taken, in transactions that are all open at once, until there is nothing more. */
async function takeSideBySide(tx?: Tx): Promise<number[]> {
  const row = tx && (await takeNext(tx, now));
  if (tx && !row) return [];
  const others = await inTransaction(takeSideBySide);
  return row ? [row.updateId, ...others] : others;
}

const rows = () => database.db.selectFrom("inbox").selectAll().orderBy("id").execute();

describe("storing updates", () => {
  it("stores an update once, however often it comes", async () => {
    expect(await store([1, "siti"], [2, "siti"])).toBe(2);
    expect(await store([2, "siti"], [3, "siti"], [3, "siti"])).toBe(1);

    expect((await rows()).map((row) => row.update_id)).toEqual([1, 2, 3]);
  });

  it("keeps the same number of another bot apart", async () => {
    await store([1, "siti"]);

    expect(await storeUpdates(database.db, BOT + 1, [{ updateId: 1, chatKey: "siti", payload: {} }], now)).toBe(1);
  });

  it("stores nothing when nothing came", async () => {
    expect(await storeUpdates(database.db, BOT, [], now)).toBe(0);
  });

  it("takes text that a jsonb column refuses", async () => {
    const payload = { text: "a\0b\ud800c \\u0000 😀" };

    await storeUpdates(database.db, BOT, [{ updateId: 1, chatKey: "siti", payload }], now);

    expect((await rows())[0]?.payload).toEqual({ text: "ab\ufffdc \\u0000 😀" });
  });
});

describe("taking the next update", () => {
  it("takes in the order of arrival, not of Telegram's numbers", async () => {
    await store([900, "siti"]);
    await store([5, "budi"]);

    expect((await take())?.updateId).toBe(900);
  });

  it("takes one of each chat at a time", async () => {
    await store([1, "siti"], [2, "siti"], [3, "budi"], [4, "siti"], [5, "rina"], [6, "budi"]);

    expect(await takeSideBySide()).toEqual([1, 3, 5]);
  });

  it("goes on in a chat when its first update is handled", async () => {
    await store([1, "siti"], [2, "siti"]);

    await inTransaction(async (tx) => markHandled(tx, (await takeNext(tx, now))?.id ?? 0, now));

    expect((await take())?.updateId).toBe(2);
    expect((await rows())[0]).toMatchObject({ state: "handled", handled_at: now });
  });

  it("says whether another one waits, of whichever chat", async () => {
    await store([1, "siti"], [2, "siti"]);

    expect((await take())?.isLast).toBe(false);
    await inTransaction(async (tx) => markHandled(tx, (await takeNext(tx, now))?.id ?? 0, now));
    expect((await take())?.isLast).toBe(true);
  });

  it("gives an update back when its transaction is rolled back", async () => {
    await store([1, "siti"]);

    const broken = inTransaction(async (tx) => {
      await takeNext(tx, now);
      throw new Error("broken");
    });

    await expect(broken).rejects.toThrow("broken");
    expect((await take())?.updateId).toBe(1);
  });
});

describe("an update that fails", () => {
  it("holds up its chat until it is due again, and no other chat", async () => {
    await store([1, "siti"], [2, "siti"], [3, "budi"]);

    expect(await inTransaction(async (tx) => markFailed(tx, await takeExisting(), "broken", now))).toBe("will-retry");

    expect((await take())?.updateId).toBe(3);
    expect((await take(later(2)))?.updateId).toBe(1);
  });

  it("is tried three times within a minute, then parked, and its chat goes on", async () => {
    await store([1, "siti"], [2, "siti"]);
    const triedAt: number[] = [];

    for (let seconds = 0; seconds < 60; seconds++) {
      const row = await take(later(seconds));
      if (row?.updateId !== 1) continue;
      triedAt.push(seconds);
      await inTransaction((tx) => markFailed(tx, row, `broken for the time ${triedAt.length}`, later(seconds)));
    }

    expect(triedAt).toEqual([0, 2, 22]);
    expect((await rows())[0]).toMatchObject({ state: "parked", attempts: 3, last_error: "broken for the time 3" });
    expect((await take(later(22)))?.updateId).toBe(2);
  });

  it("is not counted twice when two have tried it", async () => {
    await store([1, "siti"]);
    const row = await takeExisting();

    expect(await inTransaction((tx) => markFailed(tx, row, "broken", now))).toBe("will-retry");
    expect(await inTransaction((tx) => markFailed(tx, row, "broken", now))).toBe("overtaken");
    expect(await inTransaction((tx) => markParked(tx, row, "broken"))).toBe(false);
    expect((await rows())[0]).toMatchObject({ state: "pending", attempts: 1 });
  });
});

describe("forgetting", () => {
  it("forgets what came before and is done with, handled or parked, and nothing that waits", async () => {
    await store([1, "siti"], [2, "budi"], [3, "rina"]);
    const [first, second] = await rows();
    await inTransaction(async (tx) => {
      await markHandled(tx, first?.id ?? 0, now);
      await markParked(tx, { id: second?.id ?? 0, attempts: 0 }, "broken");
    });
    expect(await deleteEndedBefore(database.db, now)).toBe(0);

    expect(await deleteEndedBefore(database.db, later(1))).toBe(2);

    expect((await rows()).map((row) => row.update_id)).toEqual([3]);
  });
});
