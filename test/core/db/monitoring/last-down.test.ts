import { afterAll, beforeAll, expect, it } from "vitest";
import { findLastDown } from "../../../../core/db/monitoring/last-down.ts";
import { markLook } from "../../../../core/db/monitoring/last-look.ts";
import type { StoredOutage } from "../../../../core/db/monitoring/outages.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { listOutagesOf } from "../../../support/outages.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let outage: StoredOutage;
let watched: ReturnType<typeof withTargets>;
let checkId: number;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
  const { targetId, ...check } = await watched.put("Link Dinkes", { kind: "link" });
  checkId = check.checkId;
  await watched.record(0, { up: [checkId] });
  for (const seconds of [60, 63, 93]) await watched.record(seconds, { down: [checkId] });
  const [last] = await listOutagesOf(office.db, targetId, 1);
  if (last === undefined) throw new Error("there is no outage");
  outage = last;
});
afterAll(() => office.close());

it("says when a target was last found down, where it is not known to be now", async () => {
  await markLook(office.db, second(95));
  expect(await findLastDown(office.db, outage, second(100))).toBeUndefined();
  expect(await findLastDown(office.db, outage, second(600))).toEqual(second(93));
});

it("says of what nobody can know, because our own uplink is cut, when that began", async () => {
  for (const seconds of [123, 153, 3_600]) await watched.record(seconds, { down: [checkId] }, "down");
  await markLook(office.db, second(3_601));
  expect(await findLastDown(office.db, outage, second(3_605))).toEqual(second(123));
  expect(await findLastDown(office.db, outage, second(9_000))).toEqual(second(123));
});

it("says of what nobody asked for long when it last missed", async () => {
  const silent = await watched.put("Link Disdukcapil", { kind: "link" });
  await watched.record(4_000, { up: [silent.checkId] });
  for (const seconds of [4_060, 4_063, 4_093]) await watched.record(seconds, { down: [silent.checkId] });
  const [lasting] = await listOutagesOf(office.db, silent.targetId, 1);
  if (lasting === undefined) throw new Error("there is no outage");
  await watched.look(5_000);
  await markLook(office.db, second(5_000));
  expect(await findLastDown(office.db, lasting, second(5_001))).toEqual(second(4_093));
});

it("says nothing of an outage that is over", async () => {
  expect(await findLastDown(office.db, { ...outage, endedAt: second(120) }, second(600))).toBeUndefined();
});
