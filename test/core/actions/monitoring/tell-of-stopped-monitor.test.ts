import { afterAll, beforeAll, expect, test } from "vitest";
import { tellOfStoppedMonitor } from "../../../../core/actions/monitoring/tell-of-stopped-monitor.ts";
import { markLook, markWebLook } from "../../../../core/db/monitoring/last-look.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

/** Since when nobody looks, as it was told in all. */
async function toldAt(seconds: number, startedAt = second(-9_000)): Promise<string[]> {
  await office.act((tx) => tellOfStoppedMonitor(tx, office.setting(second(seconds)), { startedAt }));
  const rows = await office.db.selectFrom("outbox").select("message").orderBy("id").execute();
  return rows.flatMap(({ message }) =>
    message.kind === "monitor-stopped" && "since" in message ? [String(message.since)] : [],
  );
}

test("a monitor that stands is told of once, and again when it stood anew", async () => {
  await markLook(office.db, second(0));
  await markWebLook(office.db, second(0));
  expect(await toldAt(900)).toEqual([]);
  await withTargets(office).put("Trunk");
  expect(await toldAt(299)).toEqual([]);
  expect(await toldAt(900, second(700))).toEqual([]);
  const once = await toldAt(900);
  expect(new Set(once)).toEqual(new Set([second(0).toISOString()]));
  expect(await toldAt(960)).toEqual(once);
  await markLook(office.db, second(1_000));
  expect(await toldAt(1_100)).toEqual(once);
  expect(new Set(await toldAt(1_400))).toEqual(new Set([...once, second(1_000).toISOString()]));
});
