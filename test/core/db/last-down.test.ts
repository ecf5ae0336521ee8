import { afterAll, beforeAll, expect, it } from "vitest";
import { findLastDown } from "../../../core/db/last-down.ts";
import { markLook } from "../../../core/db/last-look.ts";
import type { StoredOutage } from "../../../core/db/outages.ts";
import type { State } from "../../../core/domain/monitoring/state.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";
import { listOutagesOf } from "../../support/outages.ts";
import { second, withTargets } from "../../support/watched.ts";

let office: TestOffice;
let outage: StoredOutage;
beforeAll(async () => {
  office = await openOffice();
  const watched = withTargets(office);
  const { targetId, checkId } = await watched.put("Link Dinkes", { kind: "link" });
  await watched.record(0, { up: [checkId] });
  for (const seconds of [60, 63, 93]) await watched.record(seconds, { down: [checkId] });
  const [last] = await listOutagesOf(office.db, targetId, 1);
  if (last === undefined) throw new Error("there is no outage");
  outage = last;
});
afterAll(() => office.close());

const isNow = (state: State) => office.db.updateTable("monitor_target_state").set({ state }).execute();

it("says when a target was last found down, where it is not known to be now", async () => {
  await markLook(office.db, second(95));
  expect(await findLastDown(office.db, outage, second(100))).toBeUndefined();
  expect(await findLastDown(office.db, outage, second(600))).toEqual(second(93));
  await isNow("unknown");
  expect(await findLastDown(office.db, outage, second(100))).toEqual(second(93));
});

it("says nothing of an outage that is over", async () => {
  expect(await findLastDown(office.db, { ...outage, endedAt: second(120) }, second(600))).toBeUndefined();
});
