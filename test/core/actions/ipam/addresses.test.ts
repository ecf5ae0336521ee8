import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepRangeFree } from "../../../../core/actions/ipam/keep-range-free.ts";
import {
  freeExpired,
  freeRange,
  releaseAddress,
  useReservation,
} from "../../../../core/actions/ipam/release-address.ts";
import { listRangesDue } from "../../../../core/db/ipam/address-ranges.ts";
import { accepted, brokenRules, journalOfAddresses, partsOf, withAddresses } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
});
afterAll(async () => {
  expect(await brokenRules(office.db)).toEqual([]);
  await office.close();
});

let zone = 0;
/** Each test has a zone of its own. */
const prefix = async (network: string) => accepted(await ipam.addPrefix(network, `Zona ${++zone}`));

const days = (count: number) => minutesAfter(morning, count * 24 * 60);
const release = (rangeId: number, { by = office.people.infrastructure, now = morning } = {}) =>
  office.act((tx) => releaseAddress(tx, by, office.setting(now), { rangeId }));
const free = (rangeId: number, { by = office.people.infrastructure, now = morning } = {}) =>
  office.act((tx) => freeRange(tx, by, office.setting(now), { rangeId }));
const use = (rangeId: number, { by = office.people.infrastructure, now = morning } = {}) =>
  office.act((tx) => useReservation(tx, by, office.setting(now), { rangeId }));

describe("an address", () => {
  it("is given: the next that is free, or a wished one; with why, and in the journal", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const ticketId = await office.file();
    const next = accepted(await ipam.assign(prefixId, null, { answers: { basis: `T-${ticketId}` } }));
    expect(next.address).toBe("10.1.2.1");
    expect(accepted(await ipam.assign(prefixId, " 10.1.2.3 ")).address).toBe("10.1.2.3");
    expect(accepted(await ipam.assign(prefixId, null)).address).toBe("10.1.2.2");
    expect(accepted(await ipam.assign(prefixId, null)).address).toBe("10.1.2.4");
    const row = await office.db
      .selectFrom("address_range")
      .select(["name", "office_id", "ticket_id", "letter", "begun_by", "since"])
      .where("id", "=", next.rangeId)
      .executeTakeFirst();
    const by = office.people.infrastructure.id;
    expect(row).toEqual({
      ...{ name: "Server SIMPEG", office_id: ipam.officeId, ticket_id: ticketId, letter: null },
      ...{ begun_by: by, since: morning },
    });
    const details = { address: "10.1.2.1", prefixId, officeId: ipam.officeId, ticketId };
    expect(await journalOfAddresses(office.db)).toContainEqual({ event: "address-assigned", by, details });
  });

  it("of a letter keeps its number", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const { rangeId } = accepted(await ipam.assign(prefixId, null));
    const row = office.db.selectFrom("address_range").select(["ticket_id", "letter"]).where("id", "=", rangeId);
    expect(await row.executeTakeFirst()).toEqual({ ticket_id: null, letter: "555/210/2026" });
  });

  it.each<[string, string, string]>([
    ["outside its prefix", "10.1.3.1", "address-outside"],
    ["of the other family", "2001:db8::1", "address-outside"],
    ["that is the network's own", "10.1.2.0", "address-is-network"],
    ["that is the broadcast address", "10.1.2.255", "address-is-broadcast"],
    ["that is no address", "999.1.1.1", "address-part-too-large"],
    ["of IPv4 in IPv6", "::ffff:10.1.2.3", "address-mapped"],
    ["with a length", "10.1.2.3/24", "address-with-length"],
    ["that somebody has", "10.1.2.10", "address-assigned"],
    ["that is reserved", "10.1.2.11", "address-reserved"],
    ["in quarantine", "10.1.2.12", "address-quarantined"],
    ["that is kept free", "10.1.2.20", "address-kept-free"],
    ["of a nested prefix", "10.1.2.65", "address-in-nested"],
    ["at the edge of a nested prefix", "10.1.2.64", "address-is-nested-edge"],
  ])("%s is refused, and asked again", async (_, address, code) => {
    const prefixId = await prefix("10.1.2.0/24");
    accepted(await ipam.addPrefix("10.1.2.64/26", `Zona ${zone}`));
    accepted(await ipam.assign(prefixId, "10.1.2.10"));
    accepted(await ipam.reserve(prefixId, "10.1.2.11", "besok"));
    accepted(await release(accepted(await ipam.assign(prefixId, "10.1.2.12")).rangeId));
    accepted(await ipam.keep(prefixId, "10.1.2.20-10.1.2.29"));
    expect(await ipam.assign(prefixId, address)).toMatchObject({ refusal: { code, values: { field: "address" } } });
  });

  it("is neither given, reserved, kept, released nor freed by others", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const { rangeId } = accepted(await ipam.assign(prefixId, null));
    for (const who of ["helpDesk", "dataCenter", "leadership", "requester"] as const) {
      const by = office.people[who];
      for (const attempt of [
        ipam.assign(prefixId, null, { by }),
        ipam.reserve(prefixId, null, "besok", { by }),
        ipam.keep(prefixId, "10.1.2.9", { by }),
        release(rangeId, { by }),
        free(rangeId, { by }),
        use(rangeId, { by }),
      ]) {
        expect(await attempt).toMatchObject({ refusal: { code: "not-your-role" } });
      }
    }
  });

  it("needs grounds: a ticket that is there, words that no spreadsheet runs", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    for (const [answers, code, field] of [
      [{ basis: "T-9999" }, "basis-ticket-unknown", "basis"],
      [{ basis: "" }, "text-empty", "basis"],
      [{ basis: "+62" }, "text-like-formula", "basis"],
      [{ name: "@SUM(A1)" }, "text-like-formula", "name"],
      [{ name: "x".repeat(81) }, "text-too-long", "name"],
    ] as const) {
      expect(await ipam.assign(prefixId, null, { answers })).toMatchObject({ refusal: { code, values: { field } } });
    }
    expect(await partsOf(office.db, prefixId)).toEqual(["10.1.2.1-10.1.2.254 free"]);
  });

  it("that is released comes back after its quarantine, exactly as it was", async () => {
    const prefixId = await prefix("10.1.2.0/29");
    for (const _ of "123456") accepted(await ipam.assign(prefixId, null));
    expect(await ipam.assign(prefixId, null)).toEqual({
      ok: false,
      refusal: { code: "prefix-full", values: { prefix: "10.1.2.0/29" } },
    });
    const { rows } = await sql<{ id: number }>`
      select id from address_range where prefix_id = ${prefixId} and kind = 'assigned' order by first`.execute(
      office.db,
    );
    for (const { id } of rows) accepted(await release(id, { now: days(1) }));
    expect(await ipam.assign(prefixId, null)).toMatchObject({ refusal: { code: "prefix-full" } });
    for (const id of await listRangesDue(office.db, days(30), 100)) {
      await office.act((tx) => freeExpired(tx, office.setting(days(30)), { rangeId: id }));
    }
    expect(await partsOf(office.db, prefixId)).not.toContain("10.1.2.1-10.1.2.6 free");
    for (const id of await listRangesDue(office.db, days(31), 100)) {
      await office.act((tx) => freeExpired(tx, office.setting(days(31)), { rangeId: id }));
    }
    expect(await partsOf(office.db, prefixId)).toEqual(["10.1.2.1-10.1.2.6 free"]);
    const freed = (await journalOfAddresses(office.db)).findLast(({ event }) => event === "address-freed");
    expect(freed).toMatchObject({ by: null, details: { address: "10.1.2.6", kind: "quarantined" } });
  });

  it("rests as long as the profile says", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const { rangeId } = accepted(await ipam.assign(prefixId, null));
    const setting = office.setting(morning, { addressQuarantineDays: 7 });
    const resting = accepted(
      await office.act((tx) => releaseAddress(tx, office.people.infrastructure, setting, { rangeId })),
    );
    const row = office.db.selectFrom("address_range").select("until").where("id", "=", resting);
    expect(await row.executeTakeFirst()).toEqual({ until: days(7) });
  });

  it("is released once: the second press is refused", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const { rangeId } = accepted(await ipam.assign(prefixId, null));
    const { infrastructure } = office.people;
    const press = (tx: Parameters<typeof releaseAddress>[0]) =>
      releaseAddress(tx, infrastructure, office.setting(), { rangeId });
    const results = await office.atOnce(press, press);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "range-changed" } });
    expect(await free(rangeId)).toMatchObject({ refusal: { code: "range-changed" } });
  });

  it("in quarantine can be freed at once, one that somebody has cannot", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const { rangeId } = accepted(await ipam.assign(prefixId, null));
    expect(await free(rangeId)).toMatchObject({ refusal: { code: "range-changed" } });
    accepted(await free(accepted(await release(rangeId))));
    expect(await partsOf(office.db, prefixId)).toEqual(["10.1.2.1-10.1.2.254 free"]);
  });
});

describe("a reservation", () => {
  it("holds to the end of its day, then the clock frees it", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const { rangeId } = accepted(await ipam.reserve(prefixId, null, "24-11-2026"));
    const endOfDay = new Date("2026-11-24T17:00:00Z");
    expect(await listRangesDue(office.db, minutesAfter(endOfDay, -1), 100)).not.toContain(rangeId);
    await office.act((tx) => freeExpired(tx, office.setting(minutesAfter(endOfDay, -1)), { rangeId }));
    expect(await partsOf(office.db, prefixId)).toContain("10.1.2.1 reserved");
    expect(await listRangesDue(office.db, endOfDay, 100)).toContain(rangeId);
    for (const _ of "12") await office.act((tx) => freeExpired(tx, office.setting(endOfDay), { rangeId }));
    expect(await partsOf(office.db, prefixId)).toEqual(["10.1.2.1-10.1.2.254 free"]);
  });

  it("becomes an assignment on the same grounds", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const { rangeId } = accepted(await ipam.reserve(prefixId, "10.1.2.9", "besok"));
    const assigned = accepted(await use(rangeId, { now: days(1) }));
    const rows = await office.db
      .selectFrom("address_range")
      .select(["id", "kind", "name", "letter", "since", "until", "ended_at"])
      .where("first", "=", "10.1.2.9")
      .where("prefix_id", "=", prefixId)
      .orderBy("id")
      .execute();
    const grounds = { name: "Server SIMPEG", letter: "555/210/2026" };
    expect(rows).toEqual([
      {
        id: rangeId,
        kind: "reserved",
        ...grounds,
        since: morning,
        until: new Date("2026-11-23T17:00:00Z"),
        ended_at: days(1),
      },
      { id: assigned, kind: "assigned", ...grounds, since: days(1), until: null, ended_at: null },
    ]);
    expect(await use(rangeId)).toMatchObject({ refusal: { code: "range-changed" } });
  });

  it("that is given up is free at once", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    accepted(await free(accepted(await ipam.reserve(prefixId, null, "besok")).rangeId));
    expect(await partsOf(office.db, prefixId)).toEqual(["10.1.2.1-10.1.2.254 free"]);
  });

  it("needs a day that has not passed", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const refused = { refusal: { code: "day-passed", values: { field: "until" } } };
    expect(await ipam.reserve(prefixId, null, "kemarin")).toMatchObject(refused);
  });
});

describe("a range that is kept free", () => {
  it("is left out when the next address is given, until it is freed", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const kept = accepted(await ipam.keep(prefixId, "10.1.2.1-10.1.2.9"));
    expect(accepted(await ipam.assign(prefixId, null)).address).toBe("10.1.2.10");
    accepted(await free(kept));
    expect(accepted(await ipam.assign(prefixId, null)).address).toBe("10.1.2.1");
  });

  it.each<[string, string, string]>([
    ["outside its prefix", "10.1.3.1-10.1.3.9", "range-outside"],
    ["that reaches out of it", "10.1.2.250-10.1.3.9", "range-outside"],
    ["with the broadcast address", "10.1.2.250-10.1.2.255", "range-outside"],
    ["over an address that somebody has", "10.1.2.5-10.1.2.15", "range-taken"],
    ["over another one", "10.1.2.15-10.1.2.35", "range-kept-already"],
    ["over a nested prefix", "10.1.2.50-10.1.2.70", "range-in-nested"],
    ["within a nested prefix", "10.1.2.66-10.1.2.70", "range-in-nested"],
    ["backwards", "10.1.2.9-10.1.2.5", "range-backwards"],
  ])("%s is refused, and asked again", async (_, range, code) => {
    const prefixId = await prefix("10.1.2.0/24");
    accepted(await ipam.addPrefix("10.1.2.64/26", `Zona ${zone}`));
    accepted(await ipam.assign(prefixId, "10.1.2.10"));
    accepted(await ipam.keep(prefixId, "10.1.2.30-10.1.2.40"));
    expect(await ipam.keep(prefixId, range)).toMatchObject({ refusal: { code, values: { field: "range" } } });
  });

  it("has a name", async () => {
    const prefixId = await prefix("10.1.2.0/24");
    const answers = { range: "10.1.2.5", name: "-DHCP" };
    const keep = office.act((tx) =>
      keepRangeFree(tx, office.people.infrastructure, office.setting(), { prefixId, answers }),
    );
    expect(await keep).toMatchObject({ refusal: { code: "text-like-formula", values: { field: "name" } } });
  });
});
