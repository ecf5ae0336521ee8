import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { releaseAddress } from "../../../../core/actions/ipam/release-address.ts";
import { accepted, withAddresses } from "../../../support/ipam.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let prefixId: number;
let zoneId: number;
let assigned: number;
beforeAll(async () => {
  office = await openOffice();
  const ipam = await withAddresses(office);
  prefixId = accepted(await ipam.addPrefix("10.1.2.0/24"));
  ({ rangeId: assigned } = accepted(await ipam.assign(prefixId, "10.1.2.9")));
  zoneId = (await office.db.selectFrom("address_zone").select("id").executeTakeFirstOrThrow()).id;
});
afterAll(() => office.close());

const insert = (row: {
  first: string;
  last?: string;
  kind?: "free" | "kept-free" | "assigned";
  network?: string;
  remind_at?: Date;
}) => {
  const { first, last = first, kind = "free", network = "10.1.2.0/24", ...times } = row;
  const whose = kind === "free" ? {} : { since: morning, begun_by: office.people.infrastructure.id, name: "Uji" };
  const place = { prefix_id: prefixId, zone_id: zoneId, network };
  return office.db
    .insertInto("address_range")
    .values({ ...place, first, last, kind, ...whose, ...times })
    .execute();
};

describe("PostgreSQL itself refuses", () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ["an address twice in a zone", () => insert({ first: "10.1.2.9" }), "23P01"],
    ["a range over one that is there", () => insert({ first: "10.1.2.8", last: "10.1.2.20" }), "23P01"],
    ["an address outside its prefix", () => insert({ first: "10.1.3.9" }), "23514"],
    ["a network that is not the prefix's", () => insert({ first: "10.9.2.9", network: "10.9.2.0/24" }), "23503"],
    ["a range backwards", () => insert({ first: "10.1.2.20", last: "10.1.2.10" }), "23514"],
    ["a network as an address", () => insert({ first: "10.1.2.0/24" }), "23514"],
    ["many addresses for one", () => insert({ first: "10.1.2.1", last: "10.1.2.4", kind: "assigned" }), "23514"],
    ["a reminder of what is not reserved", () => insert({ first: "10.1.2.1", remind_at: morning }), "23514"],
    ["an assignment of no office", () => insert({ first: "10.1.2.1", kind: "assigned" }), "23514"],
    [
      "a prefix twice in a zone",
      () =>
        office.db
          .insertInto("prefix")
          .values({
            ...{ zone_id: zoneId, network: "10.1.2.0/24", name: "Lagi" },
            ...{ added_by: office.people.infrastructure.id, added_at: morning },
          })
          .execute(),
      "23505",
    ],
    [
      "host bits",
      () => office.db.updateTable("prefix").set({ network: "10.1.2.3/24" }).where("id", "=", prefixId).execute(),
      "22P02",
    ],
  ])("%s", async (_, attempt, code) => {
    await expect(attempt()).rejects.toMatchObject({ code });
  });
});

describe("the history of an address", () => {
  const range = () => office.db.updateTable("address_range").where("id", "=", assigned);
  it.each<[string, () => Promise<unknown>]>([
    ["whose it is", () => range().set({ name: "Lain" }).execute()],
    [
      "since when",
      () =>
        range()
          .set({ since: new Date(0) })
          .execute(),
    ],
    ["which address", () => range().set({ first: "10.1.2.10", last: "10.1.2.10" }).execute()],
    ["what it was", () => range().set({ kind: "kept-free" }).execute()],
    ["that it was", () => office.db.deleteFrom("address_range").where("id", "=", assigned).execute()],
  ])("is not changed by anybody, the owner neither: %s", async (_, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ code: "23001" });
  });

  it("does not go on after its end", async () => {
    const { infrastructure } = office.people;
    accepted(await office.act((tx) => releaseAddress(tx, infrastructure, office.setting(), { rangeId: assigned })));
    await expect(range().set({ ended_at: null, ended_by: null }).execute()).rejects.toMatchObject({ code: "23001" });
  });
});
