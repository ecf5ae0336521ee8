import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../core/db/database.ts";
import { openTasks, type Tasks } from "../../core/db/tasks.ts";
import { listTicketsToWake } from "../../core/db/ticket/tickets.ts";
import { startWorker } from "../../worker/worker.ts";
import { eventually, silent } from "../bot/support.ts";
import { noHosts, noWatchedHosts } from "../support/hosting.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../support/office.ts";
import { query } from "../support/server.ts";

let office: TestOffice;
let tasks: Tasks;
let closePool: () => Promise<void>;

beforeAll(async () => {
  office = await openOffice();
  const { pool, close } = connect(office.database.config, { as: "application", max: 4 });
  closePool = close;
  tasks = await openTasks(pool, (fault) => silent.error(fault));
  await startWorker(tasks, {
    db: office.db,
    setting: (now) => office.setting(now),
    download: () => Promise.reject(new Error("no file is fetched here")),
    lookAtGroup: () => Promise.reject(new Error("there is no group here")),
    filesFolder: "",
    dnsFolder: "",
    dnsResolvers: [],
    ping: async () => "no-fping" as const,
    hosts: noHosts,
    watched: noWatchedHosts,
    checkFile: async () => [],
    zone: "Asia/Jakarta",
    log: silent,
  });
});
afterAll(async () => {
  await tasks.close();
  await closePool();
  await office.close();
});

async function ticketToWake(wakesAt: Date): Promise<number> {
  const id = await office.file();
  await office.db.updateTable("ticket").set({ wakes_at: wakesAt }).where("id", "=", id).execute();
  return id;
}

test("the clock is set to wake tickets each minute", async () => {
  const { rows } = await query(office.database.config, "select name, cron from pgboss.schedule order by name");
  expect(rows).toEqual([
    { name: "check-names", cron: "30 6 * * *" },
    { name: "clean-up", cron: "30 2 * * *" },
    { name: "compare-stacks", cron: "17 * * * *" },
    { name: "keep-accesses", cron: "* * * * *" },
    { name: "keep-isolations", cron: "* * * * *" },
    { name: "keep-routes", cron: "*/5 * * * *" },
    { name: "keep-sample-days", cron: "40 2 * * *" },
    { name: "look-after-staff-group", cron: "*/5 * * * *" },
    { name: "pin-journal-head", cron: "0 7 * * *" },
    { name: "roll-up-samples", cron: "* * * * *" },
    { name: "scan-prefixes", cron: "0 10 * * *" },
    { name: "send-reports", cron: "*/5 * * * *" },
    { name: "tell-of-certificates", cron: "15 7 * * *" },
    { name: "tell-of-roster", cron: "*/5 * * * *" },
    { name: "wake-tickets", cron: "* * * * *" },
    { name: "write-zones", cron: "*/5 * * * *" },
  ]);
});

test("those whose time has come are found oldest first, and no more than are asked for", async () => {
  const [third, first, second, notYet] = [
    await ticketToWake(morning),
    await ticketToWake(minutesAfter(morning, -20)),
    await ticketToWake(minutesAfter(morning, -10)),
    await ticketToWake(minutesAfter(morning, 1)),
  ];

  expect(await listTicketsToWake(office.db, morning, 10)).toEqual([first, second, third]);
  expect(await listTicketsToWake(office.db, morning, 2)).toEqual([first, second]);
  await office.db
    .updateTable("ticket")
    .set({ wakes_at: null })
    .where("id", "in", [first, second, third, notYet])
    .execute();
});

test("the task looks at a ticket whose time has come", async () => {
  const longAgo = new Date("2025-01-02T03:00:00Z");
  const id = await ticketToWake(longAgo);

  await office.act((tx) => tasks.enqueue(tx, "wake-tickets", {}));

  // By day it finds nothing to do for it, by night it comes back in the morning.
  await eventually(async () => (await office.ticket(id)).wakesAt?.getTime()).not.toBe(longAgo.getTime());
});
