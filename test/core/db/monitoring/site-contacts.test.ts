import { afterAll, beforeAll, expect, test } from "vitest";
import { findSitePlace } from "../../../../core/db/monitoring/site-contacts.ts";
import type { TargetKind } from "../../../../core/domain/monitoring/target.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());

async function put(kind: TargetKind, name: string, behind?: number, place?: string): Promise<number> {
  const answers = place === undefined ? {} : { place };
  return (await watched.put(name, { kind, answers, ...(behind !== undefined && { behind }) })).targetId;
}

const placeOf = async (targetId: number) => (await findSitePlace(office.db, targetId))?.words;

test("the place is that of the nearest site on the way, over what says none", async () => {
  const far = await put("site", "Kantor jauh", undefined, "Jl. Jauh 1");
  const near = await put("site", "Kantor dekat", await put("link", "Link dekat", far), "Jl. Dekat 2");
  const silent = await put("site", "Kantor tanpa alamat", near);
  const device = await put("device", "Switch", silent);

  expect(await placeOf(near)).toBe("Jl. Dekat 2");
  expect(await placeOf(device)).toBe("Jl. Dekat 2");
});

test("of a link it is that of the site at its end, before the one that it begins at", async () => {
  const begin = await put("site", "Kantor awal", undefined, "Jl. Awal 3");
  const link = await put("link", "Link awal", begin);
  await put("site", "Kantor ujung", link, "Jl. Ujung 4");

  expect(await placeOf(link)).toBe("Jl. Ujung 4");
  expect(await placeOf(begin)).toBe("Jl. Awal 3");
});

test("of several sites at its end it is none's, and none of one that was removed", async () => {
  const link = await put("link", "Link bercabang");
  const one = await put("site", "Cabang satu", link, "Jl. Satu 5");
  await put("site", "Cabang dua", link, "Jl. Dua 6");
  expect(await placeOf(link)).toBeUndefined();

  const removed = office.db.updateTable("monitor_target").set({ removed_at: second(1) });
  await removed.where("id", "=", one).execute();
  expect([await placeOf(link), await placeOf(one)]).toEqual(["Jl. Dua 6", undefined]);
});
