import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freeExpired, releaseAddress, useReservation } from "../../../../core/actions/ipam/release-address.ts";
import {
  freeExpiredName,
  freeName,
  freeNamesOfTicket,
  releaseName,
  useName,
} from "../../../../core/actions/names/change-name.ts";
import { addRecord, removeRecord } from "../../../../core/actions/names/dns-records.ts";
import { placeName } from "../../../../core/actions/names/give-name.ts";
import { pointName } from "../../../../core/actions/names/point-name.ts";
import { removeVillage } from "../../../../core/actions/names/villages.ts";
import { listNameHistory } from "../../../../core/db/names/name-lists.ts";
import { findName, findNameNow, listNamesDue } from "../../../../core/db/names/names.ts";
import { accepted, withAddresses } from "../../../support/ipam.ts";
import { withNames } from "../../../support/names.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
let names: Awaited<ReturnType<typeof withNames>>;
let prefixId: number;
let zoneId: number;
beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
  names = await withNames(office);
  prefixId = accepted(await ipam.addPrefix("10.1.0.0/16"));
  const zone = await office.db.selectFrom("address_zone").select("id").executeTakeFirstOrThrow();
  zoneId = zone.id;
});
afterAll(() => office.close());

const days = (count: number) => minutesAfter(morning, count * 24 * 60);
const address = async () => accepted(await ipam.assign(prefixId, null));
const now = (name: string) => findNameNow(office.db, name);
const by = () => office.people.infrastructure;
type Act = (typeof office)["people"]["infrastructure"];
const release = (nameId: number, person: Act = by(), at = morning) =>
  office.act((tx) => releaseName(tx, person, office.setting(at), { nameId }));
const free = (nameId: number, person: Act = by(), at = morning) =>
  office.act((tx) => freeName(tx, person, office.setting(at), { nameId }));
const use = (nameId: number, person: Act = by(), at = morning) =>
  office.act((tx) => useName(tx, person, office.setting(at), { nameId }));
const point = (nameId: number, target: string, answers: Record<string, string> = {}, person: Act = by()) =>
  office.act((tx) => pointName(tx, person, office.setting(), { nameId, answers: { target, ...answers } }));
const giveBack = (rangeId: number, at = morning) =>
  office.act((tx) => releaseAddress(tx, by(), office.setting(at), { rangeId }));

const journal = async () => {
  const { rows } = await sql<{ event: string; by: number | null; details: Record<string, unknown> }>`
    select event, actor_id as by, details from journal where subject_kind in ('name', 'village') order by id`.execute(
    office.db,
  );
  return rows;
};

describe("a name", () => {
  it("is given to an office: with why, where it leads, in the journal, and the zones are written", async () => {
    const ticketId = await office.file();
    const { address: at } = await address();
    const given = accepted(await names.assign("simpeg", { target: at, answers: { basis: `T-${ticketId}` } }));
    expect(given.name).toBe("simpeg.labura.go.id");
    expect(await now(given.name)).toEqual({
      ...{ id: given.nameId, name: given.name, kind: "application", state: "in-use", until: null },
      grounds: { name: "Aplikasi kepegawaian", officeId: ipam.officeId, villageId: null, ticketId, letter: null },
      ...{ addresses: [{ zoneId, address: at }], aliasOf: null, elsewhere: null },
    });
    const details = { name: given.name, officeId: ipam.officeId, villageId: null, ticketId };
    expect(await journal()).toContainEqual({ event: "name-in-use", by: by().id, details });
    expect(office.enqueued).toContainEqual({ name: "write-zones", data: {} });
  });

  it("is refused by its form, and while somebody has it", async () => {
    await names.assign("taken");
    for (const [name, code] of [
      ["a".repeat(64), "domain-label-too-long"],
      ["xn--a", "domain-punycode"],
      ["sim_peg", "domain-underscore"],
      ["simpeg.labura.go.id.", "domain-trailing-dot"],
      ["www", "domain-reserved"],
      ["TAKEN", "domain-in-use"],
      ["other.cianjurkab.go.id", "domain-outside"],
    ] as const) {
      expect(await names.assign(name)).toMatchObject({ refusal: { code, values: { field: "domain-name" } } });
    }
  });

  it("that is a reserved word is only for the office that runs the domain", async () => {
    expect(accepted(await names.assign("ftp", { office: "Diskominfo", kind: "service" })).name).toBe(
      "ftp.labura.go.id",
    );
  });

  it("that looks like another is given to who was asked and says so", async () => {
    await names.assign("dukcapil");
    const asked = { code: "domain-looks-alike", values: { similar: "dukcapil.labura.go.id" } };
    expect(await names.assign("dukcapi1")).toMatchObject({ refusal: asked });
    expect((await names.assign("dukcapi1", { acceptsLookAlikes: true })).ok).toBe(true);
  });

  it("of several levels stands below a name in use of the same office", async () => {
    await names.assign("sakip");
    await names.reserve("later", "30-11-2026");
    expect(await names.assign("api.sakip.labura.go.id", { office: "Disdukcapil" })).toMatchObject({
      refusal: { code: "domain-parent", values: { parent: "sakip.labura.go.id" } },
    });
    expect(await names.assign("api.none.labura.go.id")).toMatchObject({ refusal: { code: "domain-parent" } });
    expect(await names.assign("api.later.labura.go.id")).toMatchObject({ refusal: { code: "domain-parent" } });
    expect((await names.assign("www.sakip.labura.go.id")).ok).toBe(true);
    const parent = await now("sakip.labura.go.id");
    expect(await release(parent?.id ?? 0)).toMatchObject({
      refusal: { code: "domain-has-below", values: { below: "www.sakip.labura.go.id" } },
    });
  });

  it("needs grounds: a ticket that is there, words that no spreadsheet runs", async () => {
    expect(await names.assign("dasar", { answers: { basis: "T-9999" } })).toMatchObject({
      refusal: { code: "basis-ticket-unknown" },
    });
    expect(await names.assign("dasar", { answers: { name: "=1+1" } })).toMatchObject({
      refusal: { code: "text-like-formula" },
    });
  });

  it("is neither given, reserved, pointed, released, used nor freed by others", async () => {
    const { nameId } = accepted(await names.assign("hak"));
    const { nameId: reservedId } = accepted(await names.reserve("hak-lain", "30-11-2026"));
    const refusal = { code: "not-your-role" };
    for (const who of [office.people.helpDesk, office.people.requester, office.people.leadership]) {
      expect(await names.assign("hak-baru", { by: who })).toMatchObject({ refusal });
      expect(await names.reserve("hak-baru", "30-11-2026", { by: who })).toMatchObject({ refusal });
      expect(await names.addVillage("Hak", "Marbau", { by: who })).toMatchObject({ refusal });
      expect(await point(nameId, "10.1.0.1", {}, who)).toMatchObject({ refusal });
      expect(await release(nameId, who)).toMatchObject({ refusal });
      expect(await use(reservedId, who)).toMatchObject({ refusal });
      expect(await free(reservedId, who)).toMatchObject({ refusal });
    }
    expect((await names.assign("hak-baru", { by: office.people.administrator })).ok).toBe(true);
  });

  it("given back rests for 30 days, then is free; its history stays, and cannot be changed", async () => {
    const { nameId, name } = accepted(await names.assign("lepas"));
    accepted(await release(nameId));
    expect(await release(nameId)).toMatchObject({ refusal: { code: "domain-changed" } });
    expect(await names.assign("lepas")).toMatchObject({ refusal: { code: "domain-quarantined" } });
    const resting = await now(name);
    expect(resting).toMatchObject({ state: "quarantined", until: days(30), grounds: null });
    const expire = (at: Date) =>
      office.act((tx) => freeExpiredName(tx, office.setting(at), { nameId: resting?.id ?? 0 }));
    await expire(days(29));
    expect(await now(name)).toBeDefined();
    expect(await listNamesDue(office.db, days(30), 10)).toContain(resting?.id);
    await expire(days(30));
    await expire(days(30));
    expect(await now(name)).toBeUndefined();
    expect((await names.assign("lepas", { office: "Disdukcapil" })).ok).toBe(true);
    const history = await listNameHistory(office.db, name, { offset: 0, limit: 9 });
    expect(history.map(({ state, officeCode }) => `${state} ${officeCode}`)).toEqual([
      "in-use Disdukcapil",
      "quarantined null",
      "in-use Dinkes",
    ]);
    const touched = office.db.updateTable("dns_name").set({ purpose: "lain" }).where("id", "=", nameId).execute();
    await expect(touched).rejects.toThrow("the history of a name is only added to");
    await expect(office.db.deleteFrom("dns_name").where("id", "=", nameId).execute()).rejects.toThrow("history");
    await expect(office.db.deleteFrom("dns_name_address").execute()).rejects.toThrow("rows of dns_name_address");
  });
});

describe("a name with records", () => {
  const addText = async (owner: string) => {
    const answers = { owner, type: "TXT", value: "v=spf1 -all" };
    return accepted(await office.act((tx) => addRecord(tx, by(), office.setting(), { answers })));
  };
  const remove = (recordId: number) => office.act((tx) => removeRecord(tx, by(), office.setting(), { recordId }));

  it.each(["surat.labura.go.id", "_dmarc.surat.labura.go.id"])("of %s is not given back with them", async (owner) => {
    const one = await address();
    const { nameId } = accepted(await names.assign("surat", { target: one.address }));
    const recordId = await addText(owner);
    const refusal = { code: "domain-has-records", values: { owner } };
    expect(await release(nameId)).toMatchObject({ refusal });
    expect(await giveBack(one.rangeId)).toMatchObject({ refusal });
    accepted(await remove(recordId));
    accepted(await release(nameId));
    accepted(await free((await now("surat.labura.go.id"))?.id ?? 0));
  });

  it("of a name that only ends alike is given back", async () => {
    const { nameId } = accepted(await names.assign("pos"));
    const recordId = await addText("kompos.labura.go.id");
    accepted(await release(nameId));
    accepted(await remove(recordId));
  });
});

describe("a reservation", () => {
  it("holds to the end of its day, then the clock frees it", async () => {
    const { nameId, name } = accepted(await names.reserve("pesan", "30-11-2026"));
    expect(await names.assign("pesan")).toMatchObject({ refusal: { code: "domain-reserved-name" } });
    const until = (await now(name))?.until ?? morning;
    await office.act((tx) => freeExpiredName(tx, office.setting(minutesAfter(until, -1)), { nameId }));
    expect(await now(name)).toBeDefined();
    await office.act((tx) => freeExpiredName(tx, office.setting(until), { nameId }));
    expect(await now(name)).toBeUndefined();
  });

  it("goes into use on the same grounds, after its address", async () => {
    const { rangeId, address: at } = accepted(await ipam.reserve(prefixId, null, "30-11-2026"));
    expect(await names.assign("pakai", { target: at })).toMatchObject({ refusal: { code: "domain-address-free" } });
    const { nameId, name } = accepted(await names.reserve("pakai", "30-11-2026", { target: at }));
    expect(await use(nameId)).toMatchObject({ refusal: { code: "domain-address-reserved", values: { address: at } } });
    accepted(await office.act((tx) => useReservation(tx, by(), office.setting(), { rangeId })));
    accepted(await use(nameId));
    expect(await now(name)).toMatchObject({ state: "in-use", until: null, addresses: [{ zoneId, address: at }] });
    expect(await use(nameId)).toMatchObject({ refusal: { code: "domain-changed" } });
  });

  it("goes with its address when the clock frees that", async () => {
    const { rangeId, address: at } = accepted(await ipam.reserve(prefixId, null, "30-11-2026"));
    const { name } = accepted(await names.reserve("ikut", "31-12-2026", { target: at }));
    await office.act((tx) => freeExpired(tx, office.setting(days(30)), { rangeId }));
    expect(await now(name)).toBeUndefined();
  });

  it("is cancelled at once", async () => {
    const { nameId, name } = accepted(await names.reserve("batal", "30-11-2026"));
    accepted(await free(nameId));
    expect(await now(name)).toBeUndefined();
  });
});

describe("where a name leads", () => {
  it("changes, and the former address stays in the history", async () => {
    const [one, other] = [await address(), await address()];
    const { nameId, name } = accepted(await names.assign("pindah", { target: one.address }));
    const next = accepted(await point(nameId, `${one.address} ${other.address}`));
    expect((await now(name))?.addresses.map((each) => each.address)).toEqual([one.address, other.address]);
    expect(await point(nameId, other.address)).toMatchObject({ refusal: { code: "domain-changed" } });
    accepted(await point(next, "pindah2.example.org", { elsewhere: "Aplikasi umum" }));
    const history = await listNameHistory(office.db, name, { offset: 0, limit: 9 });
    expect(history.map(({ aliasOf, addresses }) => aliasOf ?? addresses.length)).toEqual(["pindah2.example.org", 2, 1]);
    expect(await point((await now(name))?.id ?? 0, "=1+1")).toMatchObject({ refusal: { code: "text-like-formula" } });
  });

  it("is an address that somebody has", async () => {
    expect(await names.assign("bebas", { target: "10.1.200.1" })).toMatchObject({
      refusal: { code: "domain-address-free", values: { address: "10.1.200.1", field: "target" } },
    });
  });

  it("outside of the register needs a reason", async () => {
    const refusal = { code: "domain-elsewhere-why", values: { field: "elsewhere" } };
    expect(await names.assign("luar", { target: "203.0.113.5" })).toMatchObject({ refusal });
    expect(await names.assign("luar", { target: "site.example.org" })).toMatchObject({ refusal });
    accepted(await names.assign("luar", { target: "203.0.113.5", elsewhere: "Layanan pusat" }));
    expect(await now("luar.labura.go.id")).toMatchObject({
      addresses: [{ zoneId: null, address: "203.0.113.5" }],
      elsewhere: "Layanan pusat",
    });
  });

  it("in several zones is asked", async () => {
    const other = accepted(await ipam.addPrefix("10.1.0.0/16", "Cabang"));
    const { address: at } = accepted(await ipam.assign(other, "10.1.99.9"));
    expect(await names.assign("zona", { target: at })).toMatchObject({ refusal: { code: "domain-zone-open" } });
    await office.db
      .updateTable("prefix")
      .set({ removed_at: morning, removed_by: by().id })
      .where("id", "=", other)
      .execute();
  });

  it("is another name that is in use, and never itself", async () => {
    const { nameId } = accepted(await names.assign("asal"));
    accepted(await names.assign("alias", { target: "asal.labura.go.id" }));
    accepted(await names.assign("alias-dua", { target: "alias.labura.go.id" }));
    expect(await point(nameId, "alias-dua.labura.go.id")).toMatchObject({
      refusal: { code: "domain-points-at-itself" },
    });
    expect(await names.assign("sesat", { target: "tidakada.labura.go.id" })).toMatchObject({
      refusal: { code: "domain-target-unknown" },
    });
    expect(await names.assign("diri", { target: "diri.labura.go.id" })).toMatchObject({
      refusal: { code: "domain-points-at-itself" },
    });
  });

  it("takes its aliases with it when it is given back", async () => {
    await names.assign("induk");
    await names.assign("cabang", { target: "induk.labura.go.id" });
    await names.assign("ranting", { target: "cabang.labura.go.id" });
    accepted(await release((await now("induk.labura.go.id"))?.id ?? 0));
    for (const label of ["induk", "cabang", "ranting"]) {
      expect(await now(`${label}.labura.go.id`)).toMatchObject({ state: "quarantined", aliasOf: null });
    }
  });

  it("frees its reserved aliases when it is given back: nobody has used them", async () => {
    await names.assign("pokok");
    await names.reserve("tunas", "30-11-2026", { target: "pokok.labura.go.id" });
    accepted(await release((await now("pokok.labura.go.id"))?.id ?? 0));
    expect(await now("tunas.labura.go.id")).toBeUndefined();
  });
});

describe("an address that is given back", () => {
  it("takes the names with it that lead to it alone, with their aliases", async () => {
    const [one, other] = [await address(), await address()];
    accepted(await names.assign("satu", { target: one.address }));
    accepted(await names.assign("dua", { target: `${one.address}, ${other.address}` }));
    accepted(await names.assign("tiga", { target: "satu.labura.go.id" }));
    accepted(await giveBack(one.rangeId));
    expect(await now("satu.labura.go.id")).toMatchObject({ state: "quarantined", addresses: [] });
    expect(await now("tiga.labura.go.id")).toMatchObject({ state: "quarantined" });
    expect(await now("dua.labura.go.id")).toMatchObject({ state: "in-use", addresses: [{ address: other.address }] });
  });

  it("stays while there are names below one of its names", async () => {
    const one = await address();
    accepted(await names.assign("atas", { target: one.address }));
    accepted(await names.assign("bawah.atas.labura.go.id"));
    expect(await giveBack(one.rangeId)).toMatchObject({ refusal: { code: "domain-has-below" } });
    expect(await now("atas.labura.go.id")).toMatchObject({ state: "in-use" });
  });

  it("takes a reserved alias with it, and frees it at once", async () => {
    const one = await address();
    accepted(await names.assign("nyata", { target: one.address }));
    accepted(await names.reserve("nanti", "30-11-2026", { target: "nyata.labura.go.id" }));
    accepted(await giveBack(one.rangeId));
    expect(await now("nyata.labura.go.id")).toMatchObject({ state: "quarantined" });
    expect(await now("nanti.labura.go.id")).toBeUndefined();
  });

  it("stays while a name server is there", async () => {
    const one = await address();
    accepted(await names.assign("ns1", { target: one.address, office: "Diskominfo", kind: "service" }));
    expect(await giveBack(one.rangeId)).toMatchObject({ refusal: { code: "domain-is-name-server" } });
  });
});

describe("a village", () => {
  it("is entered once, of a sub-district that there is", async () => {
    await names.village("Desa Aek Hitetoras");
    expect(await names.addVillage("aek hitetoras")).toMatchObject({ refusal: { code: "village-known" } });
    expect((await names.addVillage("Aek Hitetoras", "Aek Kuo")).ok).toBe(true);
    expect(await names.addVillage("Aek Baru", "Cibeber")).toMatchObject({
      refusal: { code: "district-unknown", values: { district: "Cibeber", meant: "Aek Kuo" } },
    });
    expect(await names.addVillage("???")).toMatchObject({ refusal: { code: "village-name-unusable" } });
  });

  it("has the names of L V: aektapa.desa.id, sukarame-labura.desa.id", async () => {
    const aekTapa = await names.village("Aek Tapa");
    const sukarame = await names.village("Sukarame", "Kualuh Hulu");
    const given = await names.assign("aektapa.desa.id", { kind: "village", villageId: aekTapa });
    expect(accepted(given).name).toBe("aektapa.desa.id");
    const fallback = await names.assign("sukarame-labura.desa.id", { kind: "village", villageId: sukarame });
    expect(accepted(fallback).name).toBe("sukarame-labura.desa.id");
    expect(await names.assign("lain.desa.id", { kind: "village", villageId: aekTapa })).toMatchObject({
      refusal: { code: "village-name-other", values: { plain: "aektapa.desa.id" } },
    });
    expect(await names.assign("aektapa.desa.id", { kind: "village", villageId: 9999 })).toMatchObject({
      refusal: { code: "no-such-village" },
    });
  });

  it("with names is not removed, another is", async () => {
    const used = await names.village("Terang Bulan");
    const unused = await names.village("Kampung Pajak");
    accepted(await names.assign("terangbulan.desa.id", { kind: "village", villageId: used }));
    const remove = (villageId: number) => office.act((tx) => removeVillage(tx, by(), office.setting(), { villageId }));
    expect(await remove(used)).toMatchObject({ refusal: { code: "village-has-names", values: { count: 1 } } });
    accepted(await remove(unused));
    expect(await remove(unused)).toMatchObject({ refusal: { code: "no-such-village" } });
  });
});

describe("for a procedure", () => {
  it("a name is placed on the ranges that it has reserved, and freed with its ticket", async () => {
    const ticketId = await office.file();
    const { rangeId, address: at } = accepted(await ipam.reserve(prefixId, null, "30-11-2026"));
    const placing = {
      ...{ name: "prosedur", kind: "application" as const, officeId: ipam.officeId, addressRangeIds: [rangeId] },
      ...{ grounds: { name: "SIMPEG", ticketId, letter: null }, until: days(7) },
    };
    const { name } = accepted(
      await office.act((tx) => placeName(tx, office.setting(), placing, { personId: by().id })),
    );
    expect(await now(name)).toMatchObject({ state: "reserved", addresses: [{ zoneId, address: at }] });
    accepted(await names.assign("prosedur-dua", { answers: { basis: `T-${ticketId}` } }));
    const freed = await office.act((tx) => freeNamesOfTicket(tx, office.setting(), ticketId, null));
    expect(accepted(freed)).toBe(2);
    expect(await now(name)).toBeUndefined();
    expect(await now("prosedur-dua.labura.go.id")).toMatchObject({ state: "quarantined" });
    expect(accepted(await office.act((tx) => freeNamesOfTicket(tx, office.setting(), ticketId, null)))).toBe(0);
  });

  it("of sixteen who ask for one name at once, one gets it", async () => {
    const asked = await Promise.all(Array.from({ length: 16 }, () => names.assign("rebutan")));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
    const ids = asked.flatMap((each) => (each.ok ? [each.value.nameId] : []));
    expect(await findName(office.db, ids[0] ?? 0)).toBeDefined();
  });
});
