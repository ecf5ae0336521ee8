import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../../core/db/database.ts";
import { installTasks, openTasks } from "../../../core/db/tasks.ts";
import { freshDatabase } from "../../support/database.ts";
import { query } from "../../support/server.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test("a task whose worker was killed is worked by another within half a minute", { timeout: 60_000 }, async () => {
  const { pool, close } = connect(database.config, { as: "application", max: 4 });
  const tasks = await openTasks(pool, () => undefined);
  await database.owner.transaction().execute((tx) => tasks.enqueue(tx, "fetch-file", { attachmentId: 7 }));
  await query(
    database.config,
    `update pgboss.job set state = 'active', started_on = now() - interval '1 minute', heartbeat_on = now() - interval '1 minute'
     where name = 'fetch-file'`,
  );
  const worked = Promise.withResolvers<number>();
  await tasks.work("fetch-file", async ({ attachmentId }) => worked.resolve(attachmentId));

  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("nobody worked on it within half a minute")), 30_000);
  expect(await Promise.race([worked.promise, tooLate])).toBe(7);

  clearTimeout(timer);
  await tasks.close();
  await close();
});

test("an isolation waits once, hinders no other, and the first try comes before what is only kept", async () => {
  const { pool, close } = connect(database.config, { as: "application", max: 8 });
  const tasks = await openTasks(pool, () => undefined);
  const ask = (isolationId: number, how?: { isUrgent: boolean }) =>
    database.owner.transaction().execute((tx) => tasks.enqueue(tx, "isolate-application", { isolationId }, how));
  const begun: number[] = [];
  const away = Promise.withResolvers<void>();
  const one = Promise.withResolvers<void>();
  await tasks.work("isolate-application", async ({ isolationId }) => {
    begun.push(isolationId);
    await (isolationId === 1 ? one.promise : away.promise);
  });

  for (const isolationId of [1, 2, 3, 4]) await ask(isolationId);
  await expect.poll(() => begun.toSorted()).toEqual([1, 2, 3, 4]);
  for (const isolationId of [1, 5, 5, 1, 5]) await ask(isolationId);
  await ask(6, { isUrgent: true });
  const waiting = await query(
    database.config,
    "select data from pgboss.job where state = 'created' and name = 'isolate-application' order by data",
  );
  expect(waiting.rows).toEqual([{ data: { isolationId: 5 } }, { data: { isolationId: 6 } }]);
  one.resolve();
  await expect.poll(() => begun.slice(4)).toEqual([6]);
  away.resolve();
  await expect.poll(() => begun.slice(4)).toEqual([6, 5]);

  await tasks.close();
  await close();
});

test("who has much waiting keeps nobody else's waiting", async () => {
  const { pool, close } = connect(database.config, { as: "application", max: 4 });
  const tasks = await openTasks(pool, () => undefined);
  const ask = (attachmentId: number, behind: number) =>
    database.owner.transaction().execute((tx) => tasks.enqueue(tx, "check-file", { attachmentId }, { behind }));
  for (const behind of [0, 1, 2, 3]) await ask(10 + behind, behind);
  await ask(20, 0);
  await ask(21, 1);
  const begun: number[] = [];

  await tasks.work("check-file", async ({ attachmentId }) => void begun.push(attachmentId));

  await expect.poll(() => begun, { timeout: 20_000 }).toEqual([10, 20, 11, 21, 12, 13]);
  await tasks.close();
  await close();
});

test("while the database is away the queue says so once, and not at each time that it asks", async () => {
  const { pool, close } = connect(database.config, { as: "application", max: 4 });
  let isAway = false;
  let asked = 0;
  const away = {
    query: (text: string, values?: unknown[]) => {
      if (!isAway) return pool.query(text, values);
      asked += 1;
      return Promise.reject(new Error("connect ECONNREFUSED"));
    },
  };
  const told: string[] = [];
  const tasks = await openTasks(away as unknown as Pool, (fault) => told.push(fault.message));
  await tasks.work("fetch-file", async () => undefined);
  await tasks.work("give-up-file", async () => undefined);

  isAway = true;
  await expect.poll(() => asked).toBeGreaterThan(6);
  isAway = false;

  expect(told).toEqual(["connect ECONNREFUSED"]);
  await tasks.close();
  await close();
});

test("a connection that dies under the queue's own upkeep does not end the process that prepares it", async () => {
  const { pool, close } = connect(database.config, { as: "owner", max: 2 });
  let died = 0;
  const dying = {
    query: (text: string, values?: unknown[]) => {
      if (!text.includes("bam_on")) return pool.query(text, values);
      died += 1;
      return Promise.reject(new Error("terminating connection due to administrator command"));
    },
  };

  await installTasks(dying as unknown as Pool);

  expect(died).toBeGreaterThan(0);
  await close();
});

test("a queue of an earlier version has the settings of this one, also what it had and has no more", async () => {
  const queue = (name: string) =>
    query(
      database.config,
      `select retry_limit, retry_delay, retry_backoff, expire_seconds, heartbeat_seconds, dead_letter, policy
       from pgboss.queue where name = '${name}'`,
    ).then(({ rows }) => rows[0]);
  const now = [await queue("check-file"), await queue("write-zones")];
  await query(
    database.config,
    `update pgboss.queue
     set retry_limit = 7, retry_delay = 7, retry_backoff = false, expire_seconds = 7, heartbeat_seconds = 70, dead_letter = 'give-up-file'
     where name in ('check-file', 'write-zones')`,
  );
  const { pool, close } = connect(database.config, { as: "owner", max: 2 });

  await installTasks(pool);

  expect([await queue("check-file"), await queue("write-zones")]).toEqual(now);
  expect(now).toMatchObject([
    { expire_seconds: 3600, dead_letter: "give-up-check" },
    { expire_seconds: 900, dead_letter: null, policy: "singleton" },
  ]);
  await close();
});
