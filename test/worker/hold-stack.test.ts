import { once } from "node:events";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { holdStack, isStackHeld, letStackGo } from "../../core/db/hosting/stack-leases.ts";
import { whileHolding } from "../../worker/hosting/hold-stack.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

const stack = "app-x";
const renewEveryMs = 2_000;
const leaseMs = 20_000;
const { signal } = new AbortController();

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is held for ever in a test hangs here; what was aborted says why. */
async function reasonOf(held: AbortSignal): Promise<string> {
  if (!held.aborted) await once(held, "abort");
  return String(held.reason);
}

async function untilOf(): Promise<Date | undefined> {
  return (await database.db.selectFrom("stack_lease").select("until").where("stack", "=", stack).executeTakeFirst())
    ?.until;
}

/** Time passes until it was renewed; while one is under way there is no other. */
async function renewed(): Promise<void> {
  const before = await untilOf();
  const later = () => {
    vi.advanceTimersByTime(renewEveryMs);
    return untilOf();
  };
  await expect.poll(later, { interval: 5 }).not.toEqual(before);
}

it("a stack is held for as long as somebody works on it, and let go in the end", async () => {
  await whileHolding(database.db, stack, signal, async (held) => {
    for (let passedMs = 0; passedMs < 2 * leaseMs; passedMs += renewEveryMs) await renewed();
    expect(held.aborted).toBe(false);
    await expect(whileHolding(database.db, stack, signal, async () => undefined)).rejects.toThrow(
      "another worker does",
    );
  });
  expect(await isStackHeld(database.db, stack)).toBe(false);
});

describe("what is lost", () => {
  const other = { stack, holder: "00000000-0000-4000-8000-000000000002" };
  /** After the lease of who works now has run out. */
  async function takeOver(): Promise<void> {
    await database.db
      .updateTable("stack_lease")
      .set({ until: new Date(0) })
      .where("stack", "=", stack)
      .execute();
    expect(await holdStack(database.db, { ...other, seconds: 60 })).toBe(true);
  }

  it.each([
    ["holds it", async () => undefined],
    ["has let it go again", () => letStackGo(database.db, other)],
  ])("by somebody who took it over and %s", async (_, then) => {
    await whileHolding(database.db, stack, signal, async (held) => {
      await takeOver();
      await then();
      vi.advanceTimersByTime(renewEveryMs);
      expect(await reasonOf(held)).toContain("another worker took it over");
    });
    await letStackGo(database.db, other);
  });

  it("by a renewal that does not come back: before the lease ends", async () => {
    await whileHolding(database.db, stack, signal, async (held) => {
      await database.db.transaction().execute(async (tx) => {
        await sql`lock table stack_lease in access exclusive mode`.execute(tx);
        vi.advanceTimersByTime(leaseMs - 2 * renewEveryMs);
        expect(held.aborted).toBe(false);
        vi.advanceTimersByTime(2 * renewEveryMs);
        expect(await reasonOf(held)).toContain("could not be renewed");
      });
    });
  });

  it("not by one renewal that failed: the next one tells", async () => {
    await whileHolding(database.db, stack, signal, async (held) => {
      const before = await untilOf();
      await database.db.transaction().execute(async (tx) => {
        await sql`lock table stack_lease in access exclusive mode`.execute(tx);
        vi.advanceTimersByTime(renewEveryMs);
        await expect.poll(cancelWaiting, { interval: 5 }).toBe(1);
      });
      expect(await untilOf()).toEqual(before);
      await renewed();
      expect(held.aborted).toBe(false);
    });
  });
});

/** @returns how many statements of this database wait for a lock, and fail now */
async function cancelWaiting(): Promise<number> {
  const { rows } = await sql`
    select pg_cancel_backend(pid) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(database.owner);
  return rows.length;
}
