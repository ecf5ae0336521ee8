import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { acquireLock, type LockOptions } from "../../../core/db/locks.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { query } from "../../support/server.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.close());

describe("a lock", () => {
  it("has one holder, and passes on when it is released", async () => {
    const first = await acquire("poller");
    const second = acquire("poller");
    await aConnectionWaits("poller");
    expect(await isSettled(second)).toBe(false);
    await first.release();
    await second;
  });

  it("does not stand in the way of another one", async () => {
    await acquire("sender");
    await acquire("sealer");
  });

  it("passes on when its holder's connection dies, and tells the holder", async () => {
    const lost = Promise.withResolvers<void>();
    await acquire("poller", { onLost: lost.resolve });
    await endConnections("poller");
    await lost.promise;
    await acquire("poller");
  });

  it("tells nobody of a loss who has released it", async () => {
    const onLost = vi.fn();
    const lock = await acquire("poller", { onLost });
    await lock.release();
    await acquire("poller");
    expect(onLost).not.toHaveBeenCalled();
  });

  it("is waited for through lost connections", async () => {
    const onLost = vi.fn();
    const first = await acquire("poller");
    const second = acquire("poller", { onLost });
    const waiting = await aConnectionWaits("poller");
    await query(database.config, "select pg_terminate_backend($1)", [waiting]);
    await expect.poll(() => aConnectionWaits("poller")).not.toBe(waiting);
    await first.release();
    await second;
    expect(onLost).not.toHaveBeenCalled();
  });

  it("is no longer waited for once the signal says so", async () => {
    await acquire("poller");
    const stop = new AbortController();
    const second = acquire("poller", { signal: stop.signal });
    await aConnectionWaits("poller");
    stop.abort();
    await expect(second).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    await expect.poll(() => connections("poller")).toHaveLength(1);
  });
});

/** Released when the test ends. */
function acquire(name: string, options: Partial<LockOptions> = {}) {
  const stop = new AbortController();
  const signal = options.signal ?? stop.signal;
  const lock = acquireLock(database.config, name, { onLost: () => undefined, ...options, signal });
  onTestFinished(async () => {
    stop.abort();
    await lock.then(
      (held) => held.release(),
      () => undefined,
    );
  });
  return lock;
}

/** @returns process ids at the server */
async function connections(lock: string): Promise<number[]> {
  const { rows } = await query(
    database.config,
    "select pid from pg_stat_activity where datname = current_database() and application_name = $1",
    [`simpul lock ${lock}`],
  );
  return rows.map(({ pid }) => pid);
}

async function endConnections(lock: string) {
  for (const pid of await connections(lock)) await query(database.config, "select pg_terminate_backend($1)", [pid]);
}

/** @returns the process id of the one that has asked for the lock in vain */
async function aConnectionWaits(lock: string): Promise<number> {
  return vi.waitFor(
    async () => {
      const { rows } = await query(
        database.config,
        `select pid from pg_stat_activity where datname = current_database() and application_name = $1
         and query like '%pg_try_advisory_lock%' and state = 'idle'
         and not exists (select from pg_locks where pg_locks.pid = pg_stat_activity.pid and locktype = 'advisory')`,
        [`simpul lock ${lock}`],
      );
      expect(rows).toHaveLength(1);
      return rows[0].pid;
    },
    { timeout: 20_000 },
  );
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}
