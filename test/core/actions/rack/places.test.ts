import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freeSwitchPort, reserveSwitchPort } from "../../../../core/actions/cable/switch-ports.ts";
import { transferAsset } from "../../../../core/actions/inventory/change-asset.ts";
import { movePlace } from "../../../../core/actions/rack/move-place.ts";
import {
  freeExpiredPlace,
  giveUpPlace,
  returnDevice,
  useReservedPlace,
} from "../../../../core/actions/rack/return-device.ts";
import { listPortUses } from "../../../../core/db/cable/port-uses.ts";
import { lockAsset } from "../../../../core/db/inventory/assets.ts";
import { findReturn } from "../../../../core/db/rack/handovers.ts";
import { findListedPlace, listPlaceHistory } from "../../../../core/db/rack/place-lists.ts";
import { findPresentPlace } from "../../../../core/db/rack/rack-places.ts";
import { fillRacks, findRack } from "../../../../core/db/rack/racks.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import { placeLabel } from "../../../../core/domain/rack/units.ts";
import { accepted } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { brokenRackRules, journalOfRacks, placesIn, type TestRacks, withRacks } from "../../../support/racks.ts";

let office: TestOffice;
let racks: TestRacks;
beforeAll(async () => {
  office = await openOffice();
  racks = await withRacks(office);
});
afterAll(async () => {
  expect(await brokenRackRules(office.db)).toEqual([]);
  await office.close();
});

type Options = { by?: TestOffice["people"]["dataCenter"]; now?: Date };
const move = (
  placeId: number,
  rackId: number,
  bottom: number,
  { by = office.people.dataCenter, now = morning }: Options = {},
) => office.act((tx) => movePlace(tx, by, office.setting(now), { placeId, to: { rackId, bottom } }));
const giveBack = (placeId: number, answers = {}, { by = office.people.dataCenter, now = morning }: Options = {}) =>
  office.act((tx) =>
    returnDevice(tx, by, office.setting(now), {
      placeId,
      answers: { "record-number": "030/17/2026", "record-date": "20-11-2026", "received-by": "Rina", ...answers },
    }),
  );
const giveUp = (placeId: number, { by = office.people.dataCenter }: Options = {}) =>
  office.act((tx) => giveUpPlace(tx, by, office.setting(), { placeId }));
const use = (placeId: number, assetId: number, { by = office.people.dataCenter }: Options = {}) =>
  office.act((tx) => useReservedPlace(tx, by, office.setting(), { placeId, assetId }));
const reservePort = (placeId: number, assetId: number, port: number, { by = office.people.dataCenter }: Options = {}) =>
  office.act((tx) => reserveSwitchPort(tx, by, office.setting(), { placeId, assetId, port }));
const freePort = (placeId: number, portUseId: number, { by = office.people.dataCenter }: Options = {}) =>
  office.act((tx) => freeSwitchPort(tx, by, office.setting(), { placeId, portUseId }));

/** "A 300, B 0" */
async function loads(rackId: number): Promise<string> {
  const rack = await findRack(office.db, rackId);
  const [filled] = await fillRacks(office.db, rack === undefined ? [] : [rack]);
  return filled?.feeds.map(({ name, loadWatts }) => `${name} ${loadWatts}`).join(", ") ?? "";
}

describe("a reservation by hand", () => {
  it("holds to the end of its day, then the clock frees it", async () => {
    const { rackId } = await racks.rack();
    const placeId = accepted(await racks.reserve(rackId, 38, { answers: { until: "24-11-2026" } }));
    const place = await findListedPlace(office.db, placeId);
    expect(place).toMatchObject({ name: "Server SIMPEG", officeCode: "Dinkes", letter: "555/210/2026", bottom: 38 });
    const endOfDay = new Date("2026-11-24T17:00:00Z");
    expect(place?.until).toEqual(endOfDay);
    await office.wake(minutesAfter(endOfDay, -1));
    await office.act((tx) => freeExpiredPlace(tx, office.setting(minutesAfter(endOfDay, -1)), { placeId }));
    expect(await placesIn(office.db, rackId)).toEqual(["U20-21 full reserved Server SIMPEG"]);
    for (const _ of "12") await office.wake(endOfDay);
    expect(await placesIn(office.db, rackId)).toEqual([]);
    expect(await loads(rackId)).toBe("A 0, B 0");
    expect((await journalOfRacks(office.db)).at(-1)).toMatchObject({ event: "place-freed", by: null });
    expect(await findListedPlace(office.db, placeId)).toMatchObject({ endedAt: endOfDay, endedByName: null });
  });

  it("stands on a ticket that is there, once", async () => {
    const { rackId } = await racks.rack();
    const ticketId = await office.file();
    const answers = { basis: `T-${ticketId}` };
    const placeId = accepted(await racks.reserve(rackId, 0, { answers }));
    expect(await findListedPlace(office.db, placeId)).toMatchObject({ ticketId, letter: null });
    expect(await racks.reserve(rackId, 10, { answers })).toMatchObject({ refusal: { code: "ticket-has-place" } });
    expect(await racks.reserve(rackId, 10, { answers: { basis: "T-9999" } })).toMatchObject({
      refusal: { code: "basis-ticket-unknown", values: { field: "basis" } },
    });
  });

  it("carries each of its feeds in full, and takes those that are loaded the least", async () => {
    const { rackId } = await racks.rack({ capacities: [1000, 1000, 2000] });
    accepted(await racks.reserve(rackId, 0, { answers: { watts: "500", feeds: "1" } }));
    expect(await loads(rackId)).toBe("A 0, B 0, C 500");
    accepted(await racks.reserve(rackId, 4, { answers: { watts: "400", feeds: "2" } }));
    expect(await loads(rackId)).toBe("A 400, B 400, C 500");
    expect(await racks.reserve(rackId, 8, { answers: { watts: "1001", feeds: "2" } })).toEqual({
      ok: false,
      refusal: { code: "feed-full", values: { feed: "A", capacityWatts: 1000, loadWatts: 400, watts: 1001 } },
    });
    accepted(await racks.reserve(rackId, 8, { answers: { height: "0,5", watts: "0" } }));
    expect(await loads(rackId)).toBe("A 400, B 400, C 500");
  });

  it.each<[string, Record<string, string>, string]>([
    ["of a quarter unit", { height: "1,25" }, "height-not-half"],
    ["of no units", { height: "0" }, "height-zero"],
    ["of a side that there is not", { face: "left" }, "not-a-choice"],
    ["of negative watts", { watts: "-1" }, "number-unreadable"],
    ["on three feeds", { feeds: "3" }, "not-a-choice"],
    ["until yesterday", { until: "kemarin" }, "day-passed"],
    ["for a name that a spreadsheet would run", { name: "=1+1" }, "text-like-formula"],
    ["with an answer that nobody asked for", { bottom: "3" }, "answer-unknown"],
  ])("%s is refused", async (_, answers, code) => {
    const { rackId } = await racks.rack();
    expect(await racks.reserve(rackId, 0, { answers })).toMatchObject({ refusal: { code } });
    expect(await placesIn(office.db, rackId)).toEqual([]);
  });

  it("is used by a device, or given up", async () => {
    const { rackId } = await racks.rack();
    const [first, second] = [accepted(await racks.reserve(rackId, 0)), accepted(await racks.reserve(rackId, 4))];
    const assetId = await racks.asset("server", { name: "SRV-PAKAI" });
    const used = accepted(await use(first, assetId));
    accepted(await giveUp(second));
    expect(await placesIn(office.db, rackId)).toEqual(["U1-2 full occupied SRV-PAKAI"]);
    for (const gone of [first, second, used]) {
      expect(await giveUp(gone)).toMatchObject({ refusal: { code: "place-changed" } });
    }
    expect(await use(second, assetId)).toMatchObject({ refusal: { code: "place-changed" } });
  });
});

describe("a device", () => {
  it("stands at one place, called as it is, of the office that it belongs to", async () => {
    const { rackId } = await racks.rack();
    const assetId = await racks.asset("server", { name: "SRV-A" });
    const placeId = accepted(await racks.mount(rackId, 39, assetId, { answers: { height: "1,5", face: "front" } }));
    const place = await findListedPlace(office.db, placeId);
    expect(place).toMatchObject({ kind: "occupied", name: "SRV-A", officeCode: "Dinkes", height: 3, until: null });
    expect(place && placeLabel(place)).toBe(`${place?.roomCode} A1 U20,5-21 depan`);
    accepted(await racks.mount(rackId, 39, await racks.asset(), { answers: { height: "1,5", face: "back" } }));
    expect(await racks.mount(rackId, 0, assetId)).toEqual({
      ok: false,
      refusal: { code: "device-has-place", values: { name: "SRV-A", placeId } },
    });
  });

  it("fills a rack; what comes after is refused", async () => {
    const { rackId } = await racks.rack({ heightU: 6 });
    for (const bottom of [0, 4, 8]) accepted(await racks.mount(rackId, bottom, await racks.asset()));
    for (const bottom of [0, 1, 10, 11]) {
      const refused = await racks.mount(rackId, bottom, await racks.asset(), { answers: { height: "0,5" } });
      expect(refused).toMatchObject({ refusal: { code: "place-taken" } });
    }
  });

  it("goes back: its place, its feeds and its ports are free, with the record by which it went", async () => {
    const { rackId } = await racks.rack();
    const assetId = await racks.asset("server", { name: "SRV-PULANG" });
    const switchId = await racks.asset("switch", { ports: 4 });
    const placeId = accepted(await racks.mount(rackId, 0, assetId));
    accepted(await reservePort(placeId, switchId, 2));
    const later = minutesAfter(morning, 24 * 60);
    accepted(await giveBack(placeId, {}, { now: later }));
    expect(await placesIn(office.db, rackId)).toEqual([]);
    expect(await loads(rackId)).toBe("A 0, B 0");
    expect(await listPortUses(office.db, switchId)).toEqual([]);
    expect(await findListedPlace(office.db, placeId)).toMatchObject({
      ...{ endedAt: later, endedByName: "Dedi Harahap", endLetter: "030/17/2026", endLetterOn: "2026-11-20" },
    });
    expect(await findReturn(office.db, { assetId, at: later })).toMatchObject({
      ...{ kind: "returned", recordNumber: "030/17/2026", recordDate: "2026-11-20", counterpart: "Rina" },
      ...{ place: expect.stringMatching(/^R\d+ A1 U1-2$/), assetName: "SRV-PULANG", personName: "Dedi Harahap" },
    });
    expect(await giveBack(placeId)).toMatchObject({ refusal: { code: "place-changed" } });
    accepted(await racks.mount(rackId, 0, assetId));
  });

  it("that becomes another office's is that office's where it stands, and goes back to it", async () => {
    const { rackId } = await racks.rack();
    const assetId = await racks.asset();
    const placeId = accepted(await racks.mount(rackId, 0, assetId));
    const { infrastructure } = office.people;
    const input = { assetId, version: 1, officeCode: "Disdukcapil" };
    accepted(await office.act((tx) => transferAsset(tx, infrastructure, office.setting(), input)));

    expect(await findListedPlace(office.db, placeId)).toMatchObject({ officeCode: "Disdukcapil" });
    const later = minutesAfter(morning, 60);
    accepted(await giveBack(placeId, {}, { now: later }));
    expect(await findReturn(office.db, { assetId, at: later })).toMatchObject({
      officeName: "Dinas Kependudukan dan Pencatatan Sipil",
    });
    expect(await findListedPlace(office.db, placeId)).toMatchObject({ officeCode: "Dinkes" });
  });

  it("goes back by a record that can be: not by one of tomorrow, nor by none", async () => {
    const { rackId } = await racks.rack();
    const placeId = accepted(await racks.mount(rackId, 0, await racks.asset()));
    for (const [answers, code] of [
      [{ "record-date": "23-11-2026" }, "day-ahead"],
      [{ "record-number": "" }, "text-empty"],
      [{ "record-number": "@1" }, "text-like-formula"],
    ] as const) {
      expect(await giveBack(placeId, answers)).toMatchObject({ refusal: { code } });
    }
    expect(await giveBack(accepted(await racks.reserve(rackId, 10)))).toMatchObject({
      refusal: { code: "place-changed" },
    });
  });
});

describe("what moves", () => {
  it("within its rack may go over where it was, and stays on its feeds with its ports", async () => {
    const { rackId } = await racks.rack({ heightU: 6, capacities: [300, 300] });
    const assetId = await racks.asset("server", { name: "SRV-GESER" });
    const switchId = await racks.asset("switch", { ports: 4 });
    const from = accepted(await racks.mount(rackId, 0, assetId));
    accepted(await reservePort(from, switchId, 3));
    const to = accepted(await move(from, rackId, 1, { now: minutesAfter(morning, 5) }));
    expect(await placesIn(office.db, rackId)).toEqual(["U1,5-3 full occupied SRV-GESER"]);
    expect(await loads(rackId)).toBe("A 300, B 300");
    expect(await listPortUses(office.db, switchId)).toMatchObject([{ port: 3, placeId: to }]);
    expect(await findPresentPlace(office.db, from)).toBeUndefined();
    const history = await listPlaceHistory(office.db, { rackId }, { offset: 0, limit: 9 });
    expect(history.map(({ id, endedAt }) => [id, endedAt])).toEqual([
      [to, null],
      [from, minutesAfter(morning, 5)],
    ]);
  });

  it("to another rack leaves its feeds, and takes feeds there", async () => {
    const [here, there] = [await racks.rack(), await racks.rack({ capacities: [300, 1000, 1000] })];
    const placeId = accepted(await racks.reserve(here.rackId, 0));
    const moved = accepted(await move(placeId, there.rackId, 10));
    expect(await placesIn(office.db, here.rackId)).toEqual([]);
    expect([await loads(here.rackId), await loads(there.rackId)]).toEqual(["A 0, B 0", "A 0, B 300, C 300"]);
    expect(await findPresentPlace(office.db, moved)).toMatchObject({
      kind: "reserved",
      bottom: 10,
      until: expect.any(Date),
    });
  });

  it.each<[string, { heightU: number; capacities: number[] }, number, string]>([
    ["to where it is", { heightU: 6, capacities: [300, 300] }, -1, "place-is-same"],
    ["over something else", { heightU: 6, capacities: [300, 300] }, 5, "place-taken"],
    ["out of the rack", { heightU: 6, capacities: [300, 300] }, 9, "place-outside"],
    ["to a rack that is lower than it", { heightU: 1, capacities: [300, 300] }, 0, "place-higher-than-rack"],
    ["to a rack with one feed", { heightU: 6, capacities: [300] }, 0, "feeds-too-few"],
    ["to feeds that carry no more", { heightU: 6, capacities: [300, 299] }, 0, "feed-full"],
  ])("%s is refused, and stays", async (_, rack, bottom, code) => {
    const { rackId: here } = await racks.rack();
    const { rackId: there } = await racks.rack(rack);
    const placeId = accepted(await racks.mount(here, 0, await racks.asset()));
    await racks.mount(there, 6, await racks.asset(), { answers: { watts: "0" } });
    const to = bottom < 0 ? ([here, 0] as const) : ([there, bottom] as const);
    expect(await move(placeId, ...to)).toMatchObject({ refusal: { code } });
    expect(await findPresentPlace(office.db, placeId)).toMatchObject({ rackId: here, bottom: 0 });
  });

  it("two ways at once, one from each rack, waits for nobody for ever", async () => {
    const [here, there] = [await racks.rack(), await racks.rack()];
    const one = accepted(await racks.mount(here.rackId, 0, await racks.asset()));
    const other = accepted(await racks.mount(there.rackId, 0, await racks.asset()));
    const by = office.people.dataCenter;
    const results = await office.atOnce(
      (tx) => movePlace(tx, by, office.setting(), { placeId: one, to: { rackId: there.rackId, bottom: 8 } }),
      (tx) => movePlace(tx, by, office.setting(), { placeId: other, to: { rackId: here.rackId, bottom: 8 } }),
    );
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
  });
});

describe("a port of a switch", () => {
  it("is kept for a place, and freed", async () => {
    const { rackId } = await racks.rack();
    const placeId = accepted(await racks.reserve(rackId, 0));
    const switchId = await racks.asset("switch", { ports: 2 });
    accepted(await reservePort(placeId, switchId, 1));
    accepted(await reservePort(placeId, switchId, 2));
    const [use] = await listPortUses(office.db, switchId);
    accepted(await freePort(placeId, use?.id ?? 0));
    expect(await listPortUses(office.db, switchId)).toMatchObject([{ port: 2, placeId }]);
    expect(await freePort(placeId, use?.id ?? 0)).toMatchObject({ refusal: { code: "place-changed" } });
    expect((await journalOfRacks(office.db)).at(-1)).toMatchObject({
      ...{ event: "port-freed", details: { assetId: switchId, port: 1 } },
    });
  });

  it("is not freed by the button of another place", async () => {
    const { rackId } = await racks.rack();
    const [one, other] = [accepted(await racks.reserve(rackId, 0)), accepted(await racks.reserve(rackId, 4))];
    const switchId = await racks.asset("switch", { ports: 2 });
    accepted(await reservePort(one, switchId, 1));
    const [use] = await listPortUses(office.db, switchId);
    expect(await freePort(other, use?.id ?? 0)).toMatchObject({ refusal: { code: "place-changed" } });
  });

  it("is one that is there and free, of what has ports, for a place that has not ended", async () => {
    const { rackId } = await racks.rack();
    const [placeId, ended] = [accepted(await racks.reserve(rackId, 0)), accepted(await racks.reserve(rackId, 4))];
    accepted(await giveUp(ended));
    const switchId = await racks.asset("switch", { ports: 2 });
    accepted(await reservePort(placeId, switchId, 1));
    for (const [place, asset, port, code] of [
      [placeId, switchId, 1, "port-taken"],
      [placeId, switchId, 3, "port-outside"],
      [placeId, await racks.asset("server"), 1, "device-without-ports"],
      [placeId, 999_999, 1, "device-unknown"],
      [ended, switchId, 2, "place-changed"],
    ] as const) {
      expect(await reservePort(place, asset, port)).toMatchObject({ refusal: { code } });
    }
  });
});

describe("the history of a unit", () => {
  it("tells who was there, from when to when, beside what is above it", async () => {
    const { rackId } = await racks.rack();
    const [march, may] = [new Date("2026-03-01T02:00:00Z"), new Date("2026-05-05T02:00:00Z")];
    const assetId = await racks.asset("server", { name: "SRV-LAMA" });
    const old = accepted(await racks.mount(rackId, 38, assetId, { now: march }));
    accepted(await giveBack(old, { "record-date": "5-5-2026" }, { now: may }));
    const present = accepted(await racks.mount(rackId, 39, await racks.asset("server", { name: "SRV-BARU" })));
    accepted(await racks.mount(rackId, 50, await racks.asset()));
    const history = await listPlaceHistory(
      office.db,
      { rackId, part: { bottom: 38, height: 2 } },
      { offset: 0, limit: 9 },
    );
    expect(history.map(({ id, name, since, endedAt }) => ({ id, name, since, endedAt }))).toEqual([
      { id: present, name: "SRV-BARU", since: morning, endedAt: null },
      { id: old, name: "SRV-LAMA", since: march, endedAt: may },
    ]);
    const below = await listPlaceHistory(
      office.db,
      { rackId, part: { bottom: 36, height: 2 } },
      { offset: 0, limit: 9 },
    );
    expect(below).toEqual([]);
    const above = await listPlaceHistory(
      office.db,
      { rackId, part: { bottom: 44, height: 2 } },
      { offset: 0, limit: 9 },
    );
    expect(above).toEqual([]);
  });
});

it("others put nothing into a rack, and take nothing out of it", async () => {
  const { rackId } = await racks.rack();
  const [assetId, other] = [await racks.asset(), await racks.asset()];
  const switchId = await racks.asset("switch", { ports: 2 });
  const [reserved, occupied] = [
    accepted(await racks.reserve(rackId, 0)),
    accepted(await racks.mount(rackId, 4, assetId)),
  ];
  accepted(await reservePort(occupied, switchId, 1));
  const [portUse] = await listPortUses(office.db, switchId);
  for (const who of ["helpDesk", "infrastructure", "itSupport", "leadership", "requester"] as const) {
    const by = office.people[who];
    for (const attempt of [
      racks.reserve(rackId, 20, { by }),
      racks.mount(rackId, 20, other, { by }),
      use(reserved, other, { by }),
      giveUp(reserved, { by }),
      move(occupied, rackId, 20, { by }),
      giveBack(occupied, {}, { by }),
      reservePort(occupied, switchId, 2, { by }),
      freePort(occupied, portUse?.id ?? 0, { by }),
    ]) {
      expect(await attempt).toEqual({ ok: false, refusal: { code: "not-your-role", values: { role: "data-center" } } });
    }
  }
  accepted(await giveUp(reserved, { by: office.people.administrator }));
});

describe("while a cable is laid to the reserved port, from the switch to the device,", () => {
  /** Locks both as a cable does, the switch first; what is done begins in between. */
  async function between(ids: readonly [number, number], work: () => Promise<Outcome<unknown>>): Promise<void> {
    const [switchIsLocked, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const cable = office.act(async (tx) => {
      await lockAsset(tx, ids[0]);
      switchIsLocked.resolve();
      await mayGoOn.promise;
      await lockAsset(tx, ids[1]);
    });
    await switchIsLocked.promise;
    const placing = work();
    await office.waiters(1);
    mayGoOn.resolve();
    await cable;
    accepted(await placing);
  }

  it("a device is moved after it", async () => {
    const { rackId } = await racks.rack();
    const [switchId, assetId] = [await racks.asset("switch", { ports: 4 }), await racks.asset()];
    const placeId = accepted(await racks.mount(rackId, 0, assetId));
    accepted(await reservePort(placeId, switchId, 1));
    await between([switchId, assetId], () => move(placeId, rackId, 10));
  });

  it("a device comes to its place after it", async () => {
    const { rackId } = await racks.rack();
    const [switchId, assetId] = [await racks.asset("switch", { ports: 4 }), await racks.asset()];
    const placeId = accepted(await racks.reserve(rackId, 0));
    accepted(await reservePort(placeId, switchId, 1));
    await between([switchId, assetId], () => use(placeId, assetId));
  });
});
