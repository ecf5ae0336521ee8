import { afterAll, beforeAll, expect, test } from "vitest";
import { recordBeat } from "../../../core/actions/heartbeats.ts";
import type { Recorded } from "../../../core/actions/record-samples.ts";
import { markWebLook } from "../../../core/db/last-look.ts";
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
  let looks = 0;
  const monitor = {
    watch: () => ({
      replace: () => {
        looks += 1;
      },
      lookAtUplink: async () => uplink,
      stop: async () => undefined,
    }),
    ask: async () => "playground" as const,
    findNames: async () => [],
  };
  const { config } = office.database;
  const watcher = startWatcher({ config, db: office.db, setting: (now) => office.setting(now), log, monitor });
  const misses = () =>
    office.db
      .selectFrom("monitor_sample")
      .select("at")
      .where("check_id", "=", checkId)
      .where("is_ok", "=", false)
      .execute();
  try {
    // Five seconds after the first look: without a beat for longer than its time.
    await until("it looked twice", () => looks >= 2);
    expect(await misses()).toEqual([]);
    uplink = "up";
    await markWebLook(office.db, new Date(Date.now() - 60_000));
    await until("it looked again", () => looks >= 3);
    expect(await misses()).toEqual([]);
    await markWebLook(office.db, new Date());
    await until("it looked once more", () => looks >= 4);
    expect(await misses()).toHaveLength(1);
  } finally {
    await watcher.stop();
  }
}, 60_000);
