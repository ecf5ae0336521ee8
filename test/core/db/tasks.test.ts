import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../../core/db/database.ts";
import { openTasks } from "../../../core/db/tasks.ts";
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
