import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layCable } from "../../../../core/actions/cable/lay-cable.ts";
import { moveCableEnd } from "../../../../core/actions/cable/move-cable.ts";
import { askForCableLabels } from "../../../../core/actions/cable/print-cable-labels.ts";
import { removeCable } from "../../../../core/actions/cable/remove-cable.ts";
import { movePlace } from "../../../../core/actions/rack/move-place.ts";
import { returnDevice } from "../../../../core/actions/rack/return-device.ts";
import { recordPaper } from "../../../../core/actions/record-paper.ts";
import { searchCables } from "../../../../core/db/cable/cable-lists.ts";
import { findCable } from "../../../../core/db/cable/cables.ts";
import { connect } from "../../../../core/db/database.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import {
  labelsOf,
  portsOf,
  putDevice,
  putPlace,
  putRack,
  reservePort,
  takeOutOfRack,
  useOf,
  withCables,
} from "../../../support/cables.ts";
import { withInventory } from "../../../support/inventory.ts";
import { accepted } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { withRacks } from "../../../support/racks.ts";

let office: TestOffice;
let cables: ReturnType<typeof withCables>;
let rackId: number;
beforeAll(async () => {
  office = await openOffice();
  cables = withCables(office);
  rackId = await putRack(office.db, "DC", "A2");
});
afterAll(() => office.close());

let made = 0;
/** Each test has devices of its own. */
const device = (name: string, options: Parameters<typeof putDevice>[2] = {}) =>
  putDevice(office.db, `${name} ${++made}`, options);
let unit = 0;
/** A device in the rack, in a unit of its own. */
async function mounted(name: string): Promise<{ id: number; address: string }> {
  const id = await device(name);
  unit += 1;
  await putPlace(office.db, rackId, unit, id);
  return { id, address: `DC.A2.${unit}` };
}

async function journalOf(cableId: number) {
  const { rows } = await sql<{ event: string; by: number; details: Record<string, unknown> }>`
    select event, actor_id as by, details from journal
    where subject_kind = 'cable' and subject_id = ${cableId} order by id`.execute(office.db);
  return rows;
}

describe("a cable", () => {
  it("is laid between two ports, with a code of both nodes, and in the journal", async () => {
    const [one, other] = [await mounted("SW"), await mounted("SRV")];
    const ticketId = await office.file();
    const by = office.people.dataCenter;
    const cableId = accepted(await cables.lay([other.id, 14], [one.id, 1], { by, ticketId }));
    expect(await labelsOf(office.db, cableId)).toEqual([`${one.address}:1/${other.address}:14 *`]);
    expect(await portsOf(office.db, one.id)).toEqual([`1 cable ${cableId}`]);
    expect(await portsOf(office.db, other.id)).toEqual([`14 cable ${cableId}`]);
    const details = { assetA: other.id, portA: 14, assetB: one.id, portB: 1, ticketId };
    expect(await journalOf(cableId)).toEqual([{ event: "cable-laid", by: by.id, details }]);
  });

  it("may join two ports of one device", async () => {
    const { id, address } = await mounted("PP");
    const cableId = accepted(await cables.lay([id, 10], [id, 9]));
    expect(await cables.codeOf(cableId)).toBe(`${address}:9/${address}:10`);
  });

  it("is neither laid, moved, removed nor printed by others, administrators may", async () => {
    const [one, other] = [await device("SW"), await device("SW")];
    const cableId = accepted(await cables.lay([one, 1], [other, 1], { by: office.people.administrator }));
    for (const who of ["helpDesk", "leadership", "nonTechnical", "requester"] as const) {
      const by = office.people[who];
      for (const attempt of [
        cables.lay([one, 2], [other, 2], { by }),
        cables.move(cableId, [one, 1], [one, 3], { by }),
        cables.remove(cableId, { by }),
        office.act((tx) => askForCableLabels(tx, by, office.setting(), { which: { cableId }, botUsername: "bot" })),
      ]) {
        expect(await attempt).toMatchObject({ refusal: { code: "cables-of-others" } });
      }
    }
    expect(await portsOf(office.db, one)).toEqual([`1 cable ${cableId}`]);
  });

  it.each<[string, (sw: number, full: number) => Promise<unknown>, string, number | undefined]>([
    ["into a taken port", (sw, full) => cables.lay([sw, 2], [full, 1]), "cable-port-taken", 1],
    ["from a taken port", (sw, full) => cables.lay([full, 1], [sw, 2]), "cable-port-taken", 0],
    ["into a port that is not there", (sw, full) => cables.lay([sw, 2], [full, 3]), "cable-port-outside", 1],
    ["into port 0", (sw, full) => cables.lay([sw, 2], [full, 0]), "cable-port-outside", 1],
    ["from a port to itself", (sw) => cables.lay([sw, 2], [sw, 2]), "cable-to-itself", 1],
    ["to a device that nobody knows", (sw) => cables.lay([sw, 2], [999_999, 1]), "cable-device-unknown", 1],
    [
      "of an unknown ticket",
      (sw, full) => cables.lay([sw, 2], [full, 2], { ticketId: 99_999 }),
      "cable-ticket-unknown",
      undefined,
    ],
  ])("is not laid %s", async (_, attempt, code, end) => {
    const [sw, full] = [await device("SW"), await device("SRV", { ports: 2 })];
    const there = accepted(await cables.lay([sw, 1], [full, 1]));
    const outcome = await attempt(sw, full);
    expect(outcome).toMatchObject({ ok: false, refusal: { code } });
    expect(outcome).toMatchObject({ refusal: { values: end === undefined ? {} : { end } } });
    expect(await portsOf(office.db, sw)).toEqual([`1 cable ${there}`]);
  });

  it("that takes a port says whose that port is", async () => {
    const [sw, full] = [await device("SW"), await device("SRV", { ports: 2 })];
    const cableId = accepted(await cables.lay([sw, 1], [full, 1]));
    expect(await cables.lay([sw, 2], [full, 1])).toMatchObject({ refusal: { values: { port: 1, cableId } } });
  });

  it.each([
    ["retired", { state: "retired" }, "cable-device-retired"],
    ["without ports", { ports: 0 }, "cable-device-without-ports"],
  ] as const)("does not go into a device that is %s", async (_, options, code) => {
    const [sw, other] = [await device("SW"), await device("SRV", options)];
    expect(await cables.lay([sw, 1], [other, 1])).toMatchObject({ refusal: { code, values: { end: 1 } } });
  });

  it("of a ticket that who lays it may not see has none", async () => {
    const [one, other] = [await device("SW"), await device("SW")];
    const [ticketId, by] = [await office.file(), office.people.administrator];
    const refusal = { code: "cable-ticket-unknown" };
    expect(await cables.lay([one, 1], [other, 1], { by, ticketId })).toMatchObject({ refusal });
  });

  it("has a code of its own also where another one gets it at the same time", async () => {
    const [one, other] = [await putDevice(office.db, "SW lomba"), await putDevice(office.db, "SW-lomba")];
    const [left, right] = [await putDevice(office.db, "PP lomba"), await putDevice(office.db, "PP-lomba")];
    const lay = (from: number, to: number) => (tx: Tx) => {
      const ends = [
        { assetId: from, port: 2 },
        { assetId: to, port: 1 },
      ] as const;
      return layCable(tx, office.people.itSupport, office.setting(), { ends, medium: "copper", ticketId: null });
    };
    const [first, second] = await office.oneInTheOther(lay(one, left), lay(other, right));
    expect(second).toMatchObject({ refusal: { code: "cable-code-taken", values: { cableId: accepted(first) } } });
  });

  it("has a code of its own: two devices that come out the same are refused, until one has a tag", async () => {
    const [one, other] = [await putDevice(office.db, "SW lantai 2"), await putDevice(office.db, "SW-lantai 2")];
    const [left, right] = [await putDevice(office.db, "PP 7"), await putDevice(office.db, "PP-7")];
    accepted(await cables.lay([one, 2], [left, 1]));
    expect(await cables.lay([other, 2], [right, 1])).toMatchObject({
      refusal: { code: "cable-code-taken", values: { code: "PP-7:1/SW-LANTAI-2:2" } },
    });
    await sql`update asset set asset_tag = 'INV-0042' where id = ${right}`.execute(office.db);
    expect(await cables.codeOf(accepted(await cables.lay([other, 2], [right, 1])))).toBe("INV-0042:1/SW-LANTAI-2:2");
  });
});

describe("eight who lay into the same port at once", () => {
  it("are one who has it and seven who are told which cable does", async () => {
    const target = await device("SW");
    const others = await Promise.all("12345678".split("").map(() => device("SRV")));
    const { db, close } = connect(office.database.config, { as: "application", max: 8 });
    const outcomes = await Promise.all(
      others.map((other, index) => {
        const ends = [
          { assetId: target, port: 1 },
          { assetId: other, port: 1 },
        ] as const;
        const turned = [ends[1], ends[0]] as const;
        const input = { ends: index % 2 === 0 ? ends : turned, medium: "fibre" as const, ticketId: null };
        return db.transaction().execute((tx) => layCable(tx, office.people.itSupport, office.setting(), input));
      }),
    );
    await close();
    const laid = outcomes.filter(({ ok }) => ok);
    expect(laid).toHaveLength(1);
    const codes = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal.code]));
    expect(codes).toEqual(Array.from({ length: 7 }, () => "cable-port-taken"));
    expect(await portsOf(office.db, target)).toHaveLength(1);
  });
});

describe("an end that is moved", () => {
  it("leaves its port free, and the cable has another label; the former one is still found", async () => {
    const [one, other, third] = [await mounted("SW"), await mounted("SRV"), await mounted("SW")];
    const cableId = accepted(await cables.lay([one.id, 1], [other.id, 1]));
    const former = `${one.address}:1/${other.address}:1`;
    accepted(await cables.move(cableId, [one.id, 1], [third.id, 5]));
    expect(await labelsOf(office.db, cableId)).toEqual([former, `${other.address}:1/${third.address}:5 *`]);
    expect(await portsOf(office.db, one.id)).toEqual([]);
    expect(await portsOf(office.db, third.id)).toEqual([`5 cable ${cableId}`]);
    const found = await searchCables(office.db, former.toLowerCase(), { offset: 0, limit: 9 });
    expect(found).toEqual([{ id: cableId, formerCode: former }]);
    const details = { assetFrom: one.id, portFrom: 1, assetTo: third.id, portTo: 5 };
    expect((await journalOf(cableId)).at(-1)).toMatchObject({ event: "cable-moved", details });
  });

  it("may go to another port of its device, but not where it is, nor where the other end is", async () => {
    const sw = await device("SW");
    const cableId = accepted(await cables.lay([sw, 1], [sw, 2]));
    expect(await cables.move(cableId, [sw, 1], [sw, 1])).toMatchObject({ refusal: { code: "cable-end-there" } });
    expect(await cables.move(cableId, [sw, 1], [sw, 2])).toMatchObject({ refusal: { code: "cable-to-itself" } });
    accepted(await cables.move(cableId, [sw, 1], [sw, 3]));
    expect(await portsOf(office.db, sw)).toEqual([`2 cable ${cableId}`, `3 cable ${cableId}`]);
  });

  it("does not go into a port that another cable has", async () => {
    const [sw, srv] = [await device("SW"), await device("SRV")];
    const cableId = accepted(await cables.lay([sw, 1], [srv, 1]));
    const other = accepted(await cables.lay([sw, 2], [srv, 2]));
    const values = { cableId: other, end: 0 };
    expect(await cables.move(cableId, [sw, 1], [sw, 2])).toMatchObject({
      refusal: { code: "cable-port-taken", values },
    });
  });

  it("is moved once by a button that is pressed twice, and not at all where the cable was removed", async () => {
    const [sw, srv] = [await device("SW"), await device("SRV")];
    const cableId = accepted(await cables.lay([sw, 1], [srv, 1]));
    accepted(await cables.move(cableId, [sw, 1], [sw, 2]));
    expect(await cables.move(cableId, [sw, 1], [sw, 3])).toMatchObject({ refusal: { code: "cable-changed" } });
    accepted(await cables.remove(cableId));
    expect(await cables.move(cableId, [sw, 2], [sw, 3])).toMatchObject({ refusal: { code: "cable-changed" } });
  });

  it("waits for whoever removes the cable, and is refused then", async () => {
    const [sw, srv] = [await device("SW"), await device("SRV")];
    const cableId = accepted(await cables.lay([sw, 1], [srv, 1]));
    const useId = await useOf(office.db, [sw, 1]);
    const labelId = (await findCable(office.db, cableId))?.label.id ?? 0;
    const by = office.people.infrastructure;
    const [removed, moved] = await office.oneInTheOther(
      (tx) => removeCable(tx, by, office.setting(), { cableId, labelId }),
      (tx) => moveCableEnd(tx, by, office.setting(), { cableId, useId, to: { assetId: sw, port: 9 } }),
    );
    expect(removed.ok).toBe(true);
    expect(moved).toMatchObject({ refusal: { code: "cable-changed" } });
    expect(await portsOf(office.db, sw)).toEqual([]);
  });
});

describe("a cable that is removed", () => {
  it("frees both ports and its code, and is still found by it", async () => {
    const [one, other] = [await mounted("SW"), await mounted("SRV")];
    const cableId = accepted(await cables.lay([one.id, 1], [other.id, 1]));
    const code = `${one.address}:1/${other.address}:1`;
    accepted(await cables.remove(cableId));
    expect(await portsOf(office.db, one.id)).toEqual([]);
    expect(await portsOf(office.db, other.id)).toEqual([]);
    expect(await labelsOf(office.db, cableId)).toEqual([code]);
    const next = accepted(await cables.lay([other.id, 1], [one.id, 1]));
    expect(await cables.codeOf(next)).toBe(code);
    const found = await searchCables(office.db, code, { offset: 0, limit: 9 });
    expect(found.map(({ id }) => id)).toEqual([next, cableId]);
    expect(await cables.remove(cableId)).toMatchObject({ refusal: { code: "cable-changed" } });
  });

  it("goes with its device, all of them, and twice is once", async () => {
    const [sw, srv] = [await device("SW"), await device("SRV")];
    const ids = [
      accepted(await cables.lay([sw, 1], [srv, 1])),
      accepted(await cables.lay([srv, 2], [sw, 2])),
      accepted(await cables.lay([srv, 3], [srv, 4])),
    ];
    const kept = accepted(await cables.lay([sw, 3], [await device("SRV"), 1]));
    expect(await cables.removeAllOf(srv)).toEqual(ids);
    expect(await cables.removeAllOf(srv)).toEqual([]);
    expect(await portsOf(office.db, srv)).toEqual([]);
    expect(await portsOf(office.db, sw)).toEqual([`3 cable ${kept}`]);
  });
});

describe("a device that changes", () => {
  it("in its place, its tag or its name, gives its cables other labels, and twice is once", async () => {
    const sw = await putDevice(office.db, "SW relabel");
    const srv = await mounted("SRV");
    const [one, other] = [
      accepted(await cables.lay([sw, 1], [srv.id, 1])),
      accepted(await cables.lay([sw, 2], [sw, 3])),
    ];
    await sql`update asset set name = 'SW baru' where id = ${sw}`.execute(office.db);
    expect(await cables.relabel(sw)).toEqual([one, other]);
    await sql`update asset set asset_tag = 'INV-9' where id = ${sw}`.execute(office.db);
    expect(await cables.relabel(sw)).toEqual([one, other]);
    unit += 1;
    await putPlace(office.db, rackId, unit, sw, { face: "back" });
    expect(await cables.relabel(sw, minutesAfter(morning, 5))).toEqual([one, other]);
    expect(await cables.relabel(sw)).toEqual([]);
    await takeOutOfRack(office.db, sw);
    expect(await cables.relabel(sw)).toEqual([one, other]);
    expect(await labelsOf(office.db, other)).toEqual([
      "SW-RELABEL:2/SW-RELABEL:3",
      "SW-BARU:2/SW-BARU:3",
      "INV-9:2/INV-9:3",
      `DC.A2.${unit}B:2/DC.A2.${unit}B:3`,
      "INV-9:2/INV-9:3 *",
    ]);
    expect(await labelsOf(office.db, one)).toContain(`${srv.address}:1/SW-BARU:1`);
  });

  it("into the same address as another keeps the labels that would be there twice", async () => {
    const [one, other] = [await putDevice(office.db, "SW Y"), await putDevice(office.db, "SW X")];
    const [left, right] = [await putDevice(office.db, "PP Y"), await putDevice(office.db, "PP-Y")];
    accepted(await cables.lay([one, 1], [left, 1]));
    const kept = accepted(await cables.lay([other, 1], [right, 1]));
    const free = accepted(await cables.lay([other, 2], [right, 2]));
    await sql`update asset set name = 'SW-Y' where id = ${other}`.execute(office.db);
    expect(await cables.relabel(other)).toEqual([free]);
    expect(await cables.codeOf(kept)).toBe("PP-Y:1/SW-X:1");
    await sql`update asset set asset_tag = 'INV-Y' where id = ${other}`.execute(office.db);
    expect(await cables.relabel(other)).toEqual([kept, free]);
    expect(await cables.codeOf(kept)).toBe("INV-Y:1/PP-Y:1");
  });
});

describe("what others do with a device", () => {
  it("gives its cables other labels: when it is mounted, moved, renamed, and taken out; they go with it when it is returned", async () => {
    const [racks, inventory] = [await withRacks(office), withInventory(office)];
    const srv = accepted(await inventory.add({ name: "SRV pindah", ports: "4" }));
    const sw = await putDevice(office.db, "SW pindah");
    const cableId = accepted(await cables.lay([srv, 1], [sw, 1]));
    const [first, second] = [await racks.rack(), await racks.rack()];
    const codes = async (rack: { roomId: number }) =>
      (await office.db.selectFrom("room").select("code").where("id", "=", rack.roomId).executeTakeFirstOrThrow()).code;
    const placeId = accepted(await racks.mount(first.rackId, 10, srv));
    expect(await cables.codeOf(cableId)).toBe(`${await codes(first)}.A1.6:1/SW-PINDAH:1`);
    const to = { rackId: second.rackId, bottom: 1 };
    const by = office.people.dataCenter;
    const movedId = accepted(await office.act((tx) => movePlace(tx, by, office.setting(), { placeId, to })));
    expect(await cables.codeOf(cableId)).toBe(`${await codes(second)}.A1.1.5:1/SW-PINDAH:1`);
    accepted(await inventory.change(sw, { name: "SW baru pindah" }));
    expect(await cables.codeOf(cableId)).toBe(`${await codes(second)}.A1.1.5:1/SW-BARU-PINDAH:1`);
    const answers = { "record-number": "800/12/2026", "record-date": "20-11-2026", "received-by": "Rina" };
    accepted(await office.act((tx) => returnDevice(tx, by, office.setting(), { placeId: movedId, answers })));
    expect(await portsOf(office.db, srv)).toEqual([]);
    expect(await portsOf(office.db, sw)).toEqual([]);
  });
});

describe("a reserved port", () => {
  it("is taken by the cable to the device of its place only, and the reservation ends with it", async () => {
    const [sw, simpeg, sipd] = [await device("SW"), await device("SIMPEG"), await device("SIPD")];
    unit += 1;
    const placeId = await putPlace(office.db, rackId, unit, simpeg);
    await reservePort(office.db, sw, 5, placeId);
    const reservedFor = "Server SIMPEG (Dinkes)";
    expect(await cables.lay([sipd, 1], [sw, 5])).toMatchObject({
      refusal: { code: "cable-port-reserved", values: { port: 5, reservedFor, end: 1 } },
    });
    expect(await portsOf(office.db, sw)).toEqual([`5 place ${placeId}`]);
    const cableId = accepted(await cables.lay([simpeg, 1], [sw, 5]));
    expect(await portsOf(office.db, sw)).toEqual([`5 cable ${cableId}`]);
    accepted(await cables.remove(cableId));
    expect(await portsOf(office.db, sw)).toEqual([]);
  });

  it("for a place where nothing is mounted yet is nobody's", async () => {
    const [sw, srv] = [await device("SW"), await device("SRV")];
    unit += 1;
    await reservePort(office.db, sw, 1, await putPlace(office.db, rackId, unit, null));
    expect(await cables.lay([sw, 1], [srv, 1])).toMatchObject({ refusal: { code: "cable-port-reserved" } });
  });
});

describe("labels", () => {
  const ask = (which: Parameters<typeof askForCableLabels>[3]["which"], botUsername = "simpul_bot") =>
    office.act((tx) => askForCableLabels(tx, office.people.itSupport, office.setting(), { which, botUsername }));
  const newestPaper = () =>
    office.db.selectFrom("paper").select(["id", "details"]).orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
  const record = (paperId: number, sha256: string | null) =>
    office.act((tx) => recordPaper(tx, office.setting(minutesAfter(morning, 3)), { paperId, sha256 }));

  it("count as printed when the sheet was made, and a moved cable's label is to be printed again", async () => {
    const [sw, srv] = [await putDevice(office.db, "SW P"), await putDevice(office.db, "SRV P")];
    const cableId = accepted(await cables.lay([sw, 1], [srv, 1]));
    accepted(await ask({ cableId }));
    const { id } = await newestPaper();
    expect(await labelsOf(office.db, cableId)).toEqual(["SRV-P:1/SW-P:1 *"]);
    await record(id, "a".repeat(64));
    expect(await labelsOf(office.db, cableId)).toEqual(["SRV-P:1/SW-P:1 * P"]);
    expect((await journalOf(cableId)).map(({ event }) => event)).toEqual(["cable-laid", "cable-label-printed"]);
    accepted(await cables.move(cableId, [sw, 1], [sw, 2]));
    expect(await labelsOf(office.db, cableId)).toEqual(["SRV-P:1/SW-P:1 P", "SRV-P:1/SW-P:2 *"]);
  });

  it("of a sheet that could not be made, or that ended before it was, are not printed", async () => {
    const [sw, srv] = [await putDevice(office.db, "SW Q"), await putDevice(office.db, "SRV Q")];
    const cableId = accepted(await cables.lay([sw, 1], [srv, 1]));
    accepted(await ask({ cableId }));
    await record((await newestPaper()).id, null);
    accepted(await ask({ cableId }));
    const { id } = await newestPaper();
    accepted(await cables.move(cableId, [sw, 1], [sw, 2]));
    await record(id, "b".repeat(64));
    expect(await labelsOf(office.db, cableId)).toEqual(["SRV-Q:1/SW-Q:1", "SRV-Q:1/SW-Q:2 *"]);
  });

  it("are those of a ticket, or all that nobody has printed; none is refused", async () => {
    const [sw, srv] = [await device("SW"), await device("SRV")];
    const ticketId = await office.file();
    expect(await ask({ ticketId })).toMatchObject({ refusal: { code: "no-labels-to-print" } });
    for (const port of [1, 2]) accepted(await cables.lay([sw, port], [srv, port], { ticketId }));
    accepted(await cables.lay([sw, 3], [srv, 3]));
    accepted(await ask({ ticketId }));
    expect((await newestPaper()).details).toMatchObject({ labelIds: [expect.any(Number), expect.any(Number)] });
    accepted(await ask({ unprinted: true }));
    const { id } = await newestPaper();
    await record(id, "c".repeat(64));
    expect(await ask({ unprinted: true })).toMatchObject({ refusal: { code: "no-labels-to-print" } });
    expect(await ask({ ticketId }, "")).toMatchObject({ refusal: { code: "bot-name-unknown" } });
  });
});

describe("whoever writes", () => {
  it.each([
    ["one end", (id: number) => sql`update port_use set ended_at = now() where cable_id = ${id} and cable_side = 'a'`],
    ["no label", (id: number) => sql`update cable_label set ended_at = now() where cable_id = ${id}`],
    [
      "only itself removed",
      (id: number) => sql`update cable set removed_at = now(), removed_by = laid_by where id = ${id}`,
    ],
    ["a label that says something else", (id: number) => sql`update cable_label set code = 'X' where cable_id = ${id}`],
    ["a label that is forgotten", (id: number) => sql`delete from cable_label where cable_id = ${id}`],
  ])("leaves no cable with %s", async (_, statement) => {
    const [one, other] = [await device("SW"), await device("SW")];
    const cableId = accepted(await cables.lay([one, 1], [other, 1]));
    await expect(statement(cableId).execute(office.db)).rejects.toThrow();
  });
});
