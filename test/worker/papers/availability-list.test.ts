import { afterAll, beforeAll, expect, it } from "vitest";
import { usualPolicy } from "../../../core/domain/monitoring/policy.ts";
import { availabilityCsv } from "../../../worker/papers/availability-list.ts";
import { putFallenTrunk } from "../../support/fallen-trunk.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";
import { second } from "../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  await putFallenTrunk(office);
}, 60_000);
afterAll(() => office.close());

it("has what each lay behind apart, and judges links and providers without it", async () => {
  const details = { month: "2026-11", personId: office.people.infrastructure.id };
  const setting = { zone: "Asia/Jakarta", now: second(3_600), policy: usualPolicy };
  const [heads = [], ...rows] = (await availabilityCsv(office.db, details, setting))
    .trim()
    .split("\r\n")
    .map((line) => line.split(";"));
  const columns = ["nama", "tersedia_persen", "tanpa_listrik_padam_persen"];
  const apart = ["tanpa_listrik_padam_dan_yang_di_depan_persen", "memenuhi_target", "yang_di_depan_menit"];
  const cells = rows.map((row) => [...columns, ...apart].map((name) => row[heads.indexOf(name)]));
  expect(cells).toEqual([
    ["Kantor", "83,3333", "83,3333", "100", "tidak", "10"],
    ["Link A", "83,3333", "83,3333", "100", "ya", "10"],
    ["Link B", "83,3333", "83,3333", "83,3333", "tidak", "0"],
    ["Trunk", "83,3333", "83,3333", "83,3333", "tidak", "0"],
    ["Dinas Kesehatan", "83,3333", "83,3333", "100", "", "10"],
    ["A", "83,3333", "83,3333", "100", "", "10"],
    ["B", "83,3333", "83,3333", "83,3333", "", "0"],
  ]);
});
