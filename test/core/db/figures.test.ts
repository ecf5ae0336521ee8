import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "../../../core/db/database.ts";
import { readFigures } from "../../../core/db/figures.ts";
import { storeUpdates } from "../../../core/db/inbox.ts";
import { enqueue } from "../../../core/db/outbox.ts";
import { openTasks } from "../../../core/db/tasks.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

it("counts what waits, what was given up, and the open tickets", async () => {
  const { db, act, people } = office;
  await office.file();
  await office.walk(await office.file(), [["issue-work-order", "help-desk", { "suspected-place": "unknown" }]]);
  await office.step(await office.file(), "cancel", people.requester, { note: "Keliru." });
  await office.takeMail();
  const update = (updateId: number) => ({ updateId, chatKey: `${updateId}`, payload: {} });
  await storeUpdates(db, 1, [update(1), update(2), update(3)], morning);
  await storeUpdates(db, 1, [update(4)], minutesAfter(morning, -5));
  await db.updateTable("inbox").set({ state: "parked" }).where("update_id", "=", 1).execute();
  await db.updateTable("inbox").set({ state: "handled" }).where("update_id", "=", 2).execute();
  for (const [chatId, minutes] of [
    [1, -3],
    [2, -4],
    [3, 10],
    [4, 0],
  ] as const) {
    const now = minutesAfter(morning, minutes);
    await act((tx) => enqueue(tx, { chatId, message: { kind: "menu" }, priority: 0, now }));
  }
  await db.updateTable("outbox").set({ state: "dead" }).where("chat_id", "=", 4).execute();
  const { pool, close } = connect(office.database.config, { as: "application", max: 2 });
  const tasks = await openTasks(pool, () => undefined);
  for (const attachmentId of [1, 2]) await act((tx) => tasks.enqueue(tx, "fetch-file", { attachmentId }));
  await tasks.close();
  await close();
  const { rows } = await sql<{ count: number }>`select count(*) as count from journal`.execute(db);

  const figures = await readFigures(db, morning);

  expect(figures).toEqual({
    roundTripMs: expect.any(Number),
    inbox: { pending: 2, parked: 1, oldestPendingAt: minutesAfter(morning, -5) },
    outbox: { pending: 3, dead: 1, oldestDueAt: minutesAfter(morning, -4) },
    openTickets: expect.arrayContaining([
      { procedure: "application-trouble", state: "filed", count: 1 },
      { procedure: "application-trouble", state: "checking-application", count: 1 },
    ]),
    journal: { unsealed: rows[0]?.count, chainNumber: 0 },
    tasks: [{ queue: "fetch-file", state: "created", count: 2 }],
    targets: [],
    lateChecks: 0,
  });
  expect(figures.openTickets).toHaveLength(2);
  expect(figures.journal.unsealed).toBeGreaterThan(0);
});
