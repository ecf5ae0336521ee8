import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePlace, holdPlace, occupyPlace } from "../../../../core/actions/rack/hold-place.ts";
import { proposePlaces } from "../../../../core/actions/rack/propose-places.ts";
import { listPortUses } from "../../../../core/db/cable/port-uses.ts";
import { connect } from "../../../../core/db/database.ts";
import {
  findPresentPlace,
  findReservedPlaceOfTicket,
  listPlacesOfTicket,
} from "../../../../core/db/rack/rack-places.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import { accepted } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { brokenRackRules, journalOfRacks, placesIn, type TestRacks, withRacks } from "../../../support/racks.ts";

let office: TestOffice;
let racks: TestRacks;
let by: { personId: number };
beforeAll(async () => {
  office = await openOffice();
  racks = await withRacks(office);
  by = { personId: office.people.dataCenter.id };
});
afterAll(async () => {
  expect(await brokenRackRules(office.db)).toEqual([]);
  await office.close();
});

const grounds = { name: "Server SIMPEG", letter: null, until: null };
const slot = { bottom: 38, height: 4, face: "full", watts: 300 } as const;
type Wanted = Parameters<typeof holdPlace>[2];
const hold = (rackId: number, ticketId: number, wanted: Partial<Wanted> = {}) =>
  office.act((tx) =>
    holdPlace(
      tx,
      office.setting(),
      { rackId, ticketId, feedIds: [], officeId: racks.officeId, ...slot, ...grounds, ...wanted },
      by,
    ),
  );
const occupy = (placeId: number, assetId: number, now = morning) =>
  office.act((tx) => occupyPlace(tx, office.setting(now), { placeId, assetId }, by));
const free = (placeId: number, now = morning) => office.act((tx) => freePlace(tx, office.setting(now), placeId, by));

describe("a place for a ticket", () => {
  it("is reserved without an end of its own, with its feeds and a port of a switch, and in the journal", async () => {
    const { rackId, feedIds } = await racks.rack();
    const ticketId = await office.file();
    const switchId = await racks.asset("switch", { name: "SW-1", ports: 24 });
    const placeId = accepted(await hold(rackId, ticketId, { feedIds, switchPort: { assetId: switchId, port: 7 } }));
    const place = await findReservedPlaceOfTicket(office.db, ticketId);
    expect(place).toEqual({
      ...{ id: placeId, rackId, kind: "reserved", ...slot, feedIds, assetId: null, until: null },
      grounds: { name: "Server SIMPEG", officeId: racks.officeId, ticketId, letter: null },
    });
    expect(await listPortUses(office.db, switchId)).toMatchObject([{ port: 7, placeId }]);
    const { officeId } = racks;
    expect(await journalOfRacks(office.db)).toContainEqual({
      event: "place-reserved",
      by: by.personId,
      details: { rackId, kind: "reserved", ...slot, assetId: null, officeId, ticketId },
    });
  });

  it("is reserved once", async () => {
    const { rackId, feedIds } = await racks.rack();
    const ticketId = await office.file();
    const placeId = accepted(await hold(rackId, ticketId, { feedIds }));
    const again = await hold(rackId, ticketId, { feedIds, bottom: 0 });
    expect(again).toEqual({ ok: false, refusal: { code: "ticket-has-place", values: { ticketId, placeId } } });
  });

  it("becomes the device's: what was reserved ends, feeds and ports go over", async () => {
    const { rackId, feedIds } = await racks.rack();
    const ticketId = await office.file();
    const switchId = await racks.asset("switch", { name: "SW-2", ports: 24 });
    const reserved = accepted(await hold(rackId, ticketId, { feedIds, switchPort: { assetId: switchId, port: 1 } }));
    const assetId = await racks.asset("server", { name: "SRV-SIMPEG" });
    const later = minutesAfter(morning, 60);
    const placeId = accepted(await occupy(reserved, assetId, later));
    expect(await findPresentPlace(office.db, reserved)).toBeUndefined();
    expect(await findReservedPlaceOfTicket(office.db, ticketId)).toBeUndefined();
    expect(await listPlacesOfTicket(office.db, ticketId)).toMatchObject([
      { id: placeId, kind: "occupied", ...slot, feedIds, assetId, grounds: { name: "SRV-SIMPEG", ticketId } },
    ]);
    expect(await listPortUses(office.db, switchId)).toMatchObject([{ port: 1, placeId }]);
    const rows = await office.db
      .selectFrom("rack_place")
      .select(["id", "since", "ended_at", "ended_by"])
      .where("ticket_id", "=", ticketId)
      .orderBy("id")
      .execute();
    expect(rows).toEqual([
      { id: reserved, since: morning, ended_at: later, ended_by: by.personId },
      { id: placeId, since: later, ended_at: null, ended_by: null },
    ]);
    expect(await occupy(reserved, await racks.asset())).toMatchObject({ refusal: { code: "place-changed" } });
  });

  it("that is ended gives back exactly what it took", async () => {
    const { rackId, feedIds } = await racks.rack({ heightU: 4, capacities: [300, 300] });
    const switchId = await racks.asset("switch", { name: "SW-3", ports: 1 });
    const whole = { bottom: 0, height: 8, feedIds, switchPort: { assetId: switchId, port: 1 } };
    const placeId = accepted(await hold(rackId, await office.file(), whole));
    expect(await hold(rackId, await office.file(), whole)).toMatchObject({ refusal: { code: "place-taken" } });
    accepted(await free(placeId));
    expect(await placesIn(office.db, rackId)).toEqual([]);
    expect(await listPortUses(office.db, switchId)).toEqual([]);
    accepted(await hold(rackId, await office.file(), whole));
    expect(await free(placeId)).toMatchObject({ refusal: { code: "place-changed" } });
  });

  it.each<[string, Partial<Wanted>, string, Record<string, unknown>]>([
    ["over another one", { bottom: 3, height: 2 }, "place-taken", { span: "U1-2" }],
    ["7 units high in a rack of 6", { bottom: 0, height: 14 }, "place-higher-than-rack", { height: "7", heightU: 6 }],
    ["above the rack", { bottom: 10, height: 4 }, "place-outside", { highest: "5" }],
    ["below the rack", { bottom: -1 }, "place-outside", { highest: "5" }],
    ["of no height", { height: 0 }, "height-zero", {}],
    ["of a quarter unit", { height: 0.5 }, "height-zero", {}],
    ["that needs power without a feed", { bottom: 4, feedIds: [] }, "feed-missing", {}],
    ["on a feed of nowhere", { bottom: 4, feedIds: [999_999] }, "feed-unknown", {}],
    ["on a feed that carries no more", { bottom: 4, watts: 701 }, "feed-full", { loadWatts: 300, capacityWatts: 1000 }],
  ])("%s is refused", async (_, wanted, code, values) => {
    const { rackId, feedIds } = await racks.rack({ heightU: 6, capacities: [1000, 2000] });
    accepted(await hold(rackId, await office.file(), { feedIds, bottom: 0 }));
    const refused = await hold(rackId, await office.file(), { feedIds, ...wanted });
    expect(refused).toMatchObject({ refusal: { code, values } });
  });

  it("takes no feed of another rack, nor one that was removed, nor one twice", async () => {
    const [{ rackId, feedIds }, other] = [await racks.rack(), await racks.rack()];
    const [first = 0] = feedIds;
    for (const wrong of [other.feedIds, [first, first]]) {
      const refused = await hold(rackId, await office.file(), { feedIds: wrong });
      expect(refused).toMatchObject({ refusal: { code: "feed-unknown" } });
    }
  });

  it.each<[string, number, string]>([
    ["that is taken", 3, "port-taken"],
    ["0", 0, "port-outside"],
    ["that it does not have", 25, "port-outside"],
  ])("takes no port %s of a switch", async (_, port, code) => {
    const { rackId, feedIds } = await racks.rack();
    const assetId = await racks.asset("switch", { ports: 24 });
    accepted(await hold(rackId, await office.file(), { feedIds, bottom: 0, switchPort: { assetId, port: 3 } }));
    const refused = await hold(rackId, await office.file(), { feedIds, switchPort: { assetId, port } });
    expect(refused).toMatchObject({ refusal: { code } });
    expect(await placesIn(office.db, rackId)).toHaveLength(1);
  });

  it("takes a device that has no place, is not retired, and is made for a rack", async () => {
    const { rackId, feedIds } = await racks.rack();
    const ticketId = await office.file();
    const placeId = accepted(await hold(rackId, ticketId, { feedIds }));
    const mounted = await racks.asset();
    accepted(await racks.mount(rackId, 0, mounted));
    const retired = await racks.asset();
    await office.db.updateTable("asset").set({ state: "retired" }).where("id", "=", retired).execute();
    for (const [assetId, code] of [
      [mounted, "device-has-place"],
      [retired, "device-unknown"],
      [999_999, "device-unknown"],
      [await racks.asset("bandwidth"), "device-not-mounted"],
    ] as const) {
      expect(await occupy(placeId, assetId)).toMatchObject({ refusal: { code } });
    }
  });

  it("is proposed where it fits", async () => {
    const { rackId, feedIds } = await racks.rack({ heightU: 3, capacities: [900, 900] });
    const wish = { height: 4, face: "full", watts: 850, feeds: 2 } as const;
    const proposed = (await proposePlaces(office.db, wish)).find((each) => each.rackId === rackId);
    expect(proposed).toMatchObject({ bottom: 0, face: "full", feedIds, rackCode: "A1" });
    expect(proposed?.label).toBe(`${proposed?.roomCode} A1 U1-2`);
    accepted(await hold(rackId, await office.file(), { ...wish, feedIds, bottom: 0 }));
    expect((await proposePlaces(office.db, wish)).some((each) => each.rackId === rackId)).toBe(false);
  });
});

/** Eight connections, each with one transaction. @returns the ids, and codes of refusals */
async function race(attempt: (index: number, tx: Parameters<typeof holdPlace>[0]) => Promise<Outcome<number>>) {
  const { db, close } = connect(office.database.config, { as: "application", max: 8 });
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, index) => db.transaction().execute((tx) => attempt(index, tx))),
  );
  await close();
  return {
    won: outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
    lost: outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal.code])),
  };
}

const sevenTimes = (code: string) => Array.from({ length: 7 }, () => code);

describe("eight who want the same", () => {
  const wanted = async (rackId: number, more: Partial<Wanted>) => {
    return {
      rackId,
      officeId: racks.officeId,
      ...slot,
      ...grounds,
      feedIds: [],
      ticketId: await office.file(),
      ...more,
    };
  };

  it("place get it once", async () => {
    const { rackId, feedIds } = await racks.rack();
    const wishes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => wanted(rackId, { feedIds, bottom: index % 4 })),
    );
    const { won, lost } = await race((index, tx) => holdPlace(tx, office.setting(), wishes[index] as Wanted, by));
    expect(won).toHaveLength(1);
    expect(lost).toEqual(sevenTimes("place-taken"));
  });

  it("last watts get them once", async () => {
    const { rackId, feedIds } = await racks.rack({ capacities: [500, 500] });
    const wishes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => wanted(rackId, { feedIds, bottom: index * 4 })),
    );
    const { won, lost } = await race((index, tx) => holdPlace(tx, office.setting(), wishes[index] as Wanted, by));
    expect(won).toHaveLength(1);
    expect(lost).toEqual(sevenTimes("feed-full"));
  });

  it("port get it once, also from different racks", async () => {
    const assetId = await racks.asset("switch", { ports: 8 });
    const wishes: Wanted[] = [];
    for (let index = 0; index < 8; index++) {
      const { rackId, feedIds } = await racks.rack();
      wishes.push(await wanted(rackId, { feedIds, switchPort: { assetId, port: 1 } }));
    }
    const { won, lost } = await race((index, tx) => holdPlace(tx, office.setting(), wishes[index] as Wanted, by));
    expect(won).toHaveLength(1);
    expect(lost).toEqual(sevenTimes("port-taken"));
  });

  it("device mount it once, also in different racks", async () => {
    const assetId = await racks.asset();
    const places: number[] = [];
    for (let index = 0; index < 8; index++) {
      const { rackId, feedIds } = await racks.rack();
      places.push(accepted(await hold(rackId, await office.file(), { feedIds })));
    }
    const { won, lost } = await race((index, tx) =>
      occupyPlace(tx, office.setting(), { placeId: places[index] ?? 0, assetId }, by),
    );
    expect(won).toHaveLength(1);
    expect(lost).toEqual(sevenTimes("device-has-place"));
  });
});

describe("the database", () => {
  const insert = async (values: Record<string, number | string | Date | null>) => {
    const row = {
      ...{ kind: "reserved", bottom: 0, height: 2, face: "full", watts: 100, name: "x", office_id: racks.officeId },
      ...{ since: morning, begun_by: by.personId, until: morning, ...values },
    };
    return sql`insert into rack_place (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
      values (${sql.join(Object.values(row))}) returning id`.execute(office.db);
  };

  it("takes nothing over something else, nothing that leaves its rack, nothing that has no end", async () => {
    const { rackId } = await racks.rack({ heightU: 6 });
    const at = { rack_id: rackId, rack_height_u: 6 };
    await insert({ ...at, face: "front" });
    await insert({ ...at, face: "back" });
    await expect(insert({ ...at, face: "front", bottom: 1 })).rejects.toThrow("rack_place_once");
    await expect(insert({ ...at, bottom: 1 })).rejects.toThrow("rack_place_once");
    await expect(insert({ ...at, bottom: 11 })).rejects.toThrow("violates check constraint");
    await expect(insert({ ...at, rack_height_u: 42, bottom: 12 })).rejects.toThrow("violates foreign key");
    await expect(insert({ ...at, bottom: 4, until: null })).rejects.toThrow("violates check constraint");
    await sql`update rack_place set ended_at = now() where rack_id = ${rackId}`.execute(office.db);
  });

  it("overloads no feed, by a new place or by a lower capacity", async () => {
    const { rackId, feedIds } = await racks.rack({ heightU: 6, capacities: [1000] });
    const [feedId = 0] = feedIds;
    accepted(await hold(rackId, await office.file(), { feedIds, bottom: 0, watts: 950 }));
    const { rows } = await insert({ rack_id: rackId, rack_height_u: 6, bottom: 4, watts: 51 });
    const [{ id }] = rows as [{ id: number }];
    const onFeed = sql`insert into place_feed values (${id}, ${feedId}, ${rackId})`.execute(office.db);
    await expect(onFeed).rejects.toThrow("carries 1001 W of 1000");
    const lower = sql`update power_feed set capacity_watts = 949 where id = ${feedId}`.execute(office.db);
    await expect(lower).rejects.toThrow("carries 950 W of 949");
  });

  it("changes and forgets nothing of what was", async () => {
    const { rackId, feedIds } = await racks.rack();
    const placeId = accepted(await hold(rackId, await office.file(), { feedIds }));
    const kept = "the history of a place is only added to";
    const run = (statement: string) => sql.raw(`${statement} where id = ${placeId}`).execute(office.database.owner);
    await expect(run("update rack_place set bottom = 0")).rejects.toThrow(kept);
    await expect(run("delete from rack_place")).rejects.toThrow(kept);
    accepted(await free(placeId));
    await expect(run("update rack_place set ended_at = null")).rejects.toThrow(kept);
    await expect(run("update rack_place set end_letter = '1', end_letter_on = '2026-11-20'")).rejects.toThrow(kept);
  });
});
