import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { releaseAddress } from "../../../../core/actions/ipam/release-address.ts";
import { listHistory, listTaken, utilisations } from "../../../../core/db/ipam/address-lists.ts";
import { listPrefixes } from "../../../../core/db/ipam/prefixes.ts";
import { addressOf } from "../../../../core/domain/ipam/address.ts";
import { freeOf } from "../../../../core/domain/ipam/utilisation.ts";
import { accepted, withAddresses } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
});
afterAll(() => office.close());

const page = { offset: 0, limit: 20 };
const on = (day: string) => new Date(`${day}T03:00:00Z`);

describe("the history of an address", () => {
  it("tells who had 10.1.2.3 in March", async () => {
    const prefixId = accepted(await ipam.addPrefix("10.1.2.0/24"));
    const { infrastructure } = office.people;
    const assign = (name: string, day: string) =>
      ipam.assign(prefixId, "10.1.2.3", { now: on(day), answers: { name } });
    const release = (rangeId: number, day: string) =>
      office.act((tx) => releaseAddress(tx, infrastructure, office.setting(on(day)), { rangeId }));
    const first = accepted(await assign("Server absensi", "2026-01-10"));
    accepted(await release(first.rangeId, "2026-02-05"));
    await office.wake(on("2026-03-08"));
    const second = accepted(await assign("Server SIMPEG", "2026-03-09"));
    accepted(await release(second.rangeId, "2026-04-02"));
    await office.wake(on("2026-05-03"));
    accepted(await assign("Server arsip", "2026-05-04"));

    const zoneId = (await listPrefixes(office.db))[0]?.zoneId ?? 0;
    const history = await listHistory(office.db, { zoneId, address: addressOf("10.1.2.3") }, page);
    const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
    expect(history.map(({ kind, name, since, endedAt }) => [kind, name, day(since), day(endedAt)])).toEqual([
      ["assigned", "Server arsip", "2026-05-04", null],
      ["quarantined", null, "2026-04-02", "2026-05-03"],
      ["assigned", "Server SIMPEG", "2026-03-09", "2026-04-02"],
      ["quarantined", null, "2026-02-05", "2026-03-08"],
      ["assigned", "Server absensi", "2026-01-10", "2026-02-05"],
    ]);
    expect(await listHistory(office.db, { zoneId, address: addressOf("10.1.2.4") }, page)).toEqual([]);
  });
});

describe("utilisation", () => {
  it("counts what is there, beside the free ranges as they are stored", async () => {
    const outer = accepted(await ipam.addPrefix("10.5.0.0/24", "Hitung"));
    accepted(await ipam.addPrefix("10.5.0.0/26", "Hitung"));
    accepted(await ipam.assign(outer, null));
    accepted(await ipam.reserve(outer, null, "besok"));
    accepted(await ipam.keep(outer, "10.5.0.100-10.5.0.109"));
    const utilisation = (await utilisations(office.db, await listPrefixes(office.db))).get(outer);
    expect(utilisation).toEqual({ all: 191n, assigned: 1n, reserved: 1n, quarantined: 0n, keptFree: 10n });
    const rows = await office.db
      .selectFrom("address_range")
      .select(["first", "last"])
      .where("prefix_id", "=", outer)
      .where("kind", "=", "free")
      .execute();
    const sizes = rows.map(({ first, last }) => addressOf(last).number - addressOf(first).number + 1n);
    expect(utilisation && freeOf(utilisation)).toBe(sizes.reduce((sum, size) => sum + size, 0n));
    expect((await listTaken(office.db, outer, page)).map(({ first }) => first)).toEqual([
      "10.5.0.64",
      "10.5.0.65",
      "10.5.0.100",
    ]);
  });
});
