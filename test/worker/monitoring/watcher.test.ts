import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { recordBeat } from "../../../core/actions/monitoring/heartbeats.ts";
import type { Recorded } from "../../../core/actions/monitoring/record-samples.ts";
import { markWebLook } from "../../../core/db/monitoring/last-look.ts";
import type { CheckSettings } from "../../../core/domain/monitoring/check.ts";
import { startWatcher } from "../../../worker/monitoring/watcher.ts";
import { silent as log } from "../../bot/support.ts";
import { until } from "../../e2e/support/until.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";
import { withTargets } from "../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

test("no beat is missed while our own way out is cut, or our pages do not run; after that it has its time anew", async () => {
  const { checkId } = await withTargets(office).put("Backup", { kind: "application" });
  const settings: CheckSettings = { kind: "heartbeat", everySeconds: 1, graceSeconds: 1 };
  await office.db
    .updateTable("monitor_check")
    .set({ settings: JSON.stringify(settings) })
    .where("id", "=", checkId)
    .execute();
  await markWebLook(office.db, new Date());
  await office.act((tx) => recordBeat(tx, office.setting(new Date()), { checkId }));

  let uplink: Recorded["uplink"] = "down";
  let isWebThere = true;
  let looks = 0;
  const needs: boolean[] = [];
  const monitor = {
    watch: () => ({
      replace: () => {
        looks += 1;
      },
      // Each look is five seconds after the last one: without a beat for longer than its time.
      lookAtUplink: async (isNeeded: boolean) => {
        needs.push(isNeeded);
        vi.setSystemTime(Date.now() + 5_000);
        if (isWebThere) await markWebLook(office.db, new Date());
        return uplink;
      },
      countLate: () => 3,
      stop: async () => undefined,
    }),
    ask: async () => "playground" as const,
    findNames: async () => [],
  };
  const { config } = office.database;
  const setting = (now: Date) => office.setting(now);
  const watcher = startWatcher({ config, db: office.db, setting, log, monitor, lookAroundEveryMs: 10 });
  const misses = () =>
    office.db
      .selectFrom("monitor_sample")
      .select("at")
      .where("check_id", "=", checkId)
      .where("is_ok", "=", false)
      .execute();
  const looksAgain = async () => {
    const before = looks;
    await until("it looked again twice", () => looks >= before + 2);
  };
  try {
    await looksAgain();
    expect(await misses()).toEqual([]);
    isWebThere = false;
    await looksAgain();
    await markWebLook(office.db, new Date(Date.now() - 60_000));
    uplink = "up";
    await looksAgain();
    expect(await misses()).toEqual([]);
    isWebThere = true;
    await until("the beat is missed", async () => (await misses()).length > 0);
    const seen = office.db.selectFrom("monitor_look").select(["uplink", "late_checks"]);
    expect(await seen.executeTakeFirst()).toEqual({ uplink: "up", late_checks: 3 });
    expect(needs.every((isNeeded, index) => isNeeded === index > 0)).toBe(true);
    await office.db.updateTable("monitor_check").set({ removed_at: new Date() }).where("id", "=", checkId).execute();
    await until("the way out is needed for nobody who beats", () => needs.at(-1) === false);
  } finally {
    await watcher.stop();
  }
});
