import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layCable } from "../../../../core/actions/cable/lay-cable.ts";
import { addAsset, changeAsset, transferAsset } from "../../../../core/actions/inventory/change-asset.ts";
import { registerAsset } from "../../../../core/actions/inventory/register-asset.ts";
import { endPortUse, takePort } from "../../../../core/db/cable/port-uses.ts";
import { listChanges } from "../../../../core/db/inventory/asset-changes.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import { journalOfAssets, withInventory } from "../../../support/inventory.ts";
import { accepted } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { type TestRacks, withRacks } from "../../../support/racks.ts";

let office: TestOffice;
let inventory: ReturnType<typeof withInventory>;
let racks: TestRacks;
beforeAll(async () => {
  office = await openOffice();
  inventory = withInventory(office);
  racks = await withRacks(office);
});
afterAll(() => office.close());

/** With the answers of its new kind. */
async function become(assetId: number, kind: string, answers: Answers) {
  const { version } = await inventory.asset(assetId);
  const { infrastructure } = office.people;
  return office.act((tx) => changeAsset(tx, infrastructure, office.setting(), { assetId, version, kind, answers }));
}

const full = {
  ...{ name: "SW-DINKES-1", model: "MikroTik CRS326", "serial-number": "HF208ABC", "asset-tag": "1.3.2.10/0042" },
  ...{ location: "Ruang server lantai 2", ports: "24", maintainer: "vendor" },
};

describe("an asset", () => {
  it("is registered with all that is known of it, and in the journal", async () => {
    const id = accepted(await inventory.add(full));
    expect(await inventory.asset(id)).toMatchObject({
      ...{ kind: "switch", name: "SW-DINKES-1", model: "MikroTik CRS326", serialNumber: "HF208ABC", state: "in-use" },
      ...{ assetTag: "1.3.2.10/0042", location: "Ruang server lantai 2", ports: 24, maintainer: "vendor" },
      ...{ officeCode: "Dinkes", provider: null, circuitNumber: null, bandwidthMbps: null, endsOn: null, version: 1 },
      ...{ addedBy: office.people.infrastructure.id, addedAt: morning, ticketId: null },
    });
    const { id: officeId } = await findOfficeByCode(office.db, "Dinkes");
    expect(await journalOfAssets(office.db, id)).toEqual([
      {
        ...{ event: "asset-registered", by: office.people.infrastructure.id },
        details: { kind: "switch", officeId, ticketId: null },
      },
    ]);
  });

  it.each<[string, Record<string, string>, { code: string; field: string }]>([
    [
      "with a name that another has, in other letters",
      { name: "sw-dinkes-1" },
      { code: "asset-name-taken", field: "name" },
    ],
    ["with an asset tag of another", { "asset-tag": "1.3.2.10/0042" }, { code: "asset-tag-taken", field: "asset-tag" }],
    [
      "with the serial number of another of that model",
      { model: "mikrotik crs326", "serial-number": "hf208abc" },
      { code: "serial-number-taken", field: "serial-number" },
    ],
    ["without a name", { name: " " }, { code: "text-empty", field: "name" }],
    ["of half a port", { ports: "1,5" }, { code: "number-unreadable", field: "ports" }],
    ["of 1025 ports", { ports: "1025" }, { code: "number-out-of-range", field: "ports" }],
    ["with what a spreadsheet would run", { location: "=1+1" }, { code: "text-like-formula", field: "location" }],
    ["with what its kind is not asked", { provider: "PT Telkom" }, { code: "answer-unknown", field: "provider" }],
    ["that nobody can maintain", { maintainer: "siapa" }, { code: "not-a-choice", field: "maintainer" }],
  ])("%s is refused, and asked again", async (_, answers, { code, field }) => {
    const outcome = await inventory.add(answers);
    expect(outcome).toMatchObject({ ok: false, refusal: { code, values: { field } } });
  });

  it.each<[string, Answers, string]>([
    ["name", { name: "SW-LOMBA" }, "asset-name-taken"],
    ["asset tag", { "asset-tag": "1.3.2.10/LOMBA" }, "asset-tag-taken"],
    ["serial number", { "serial-number": "LOMBA-1" }, "serial-number-taken"],
  ])("whose %s somebody enters at the same time is refused", async (_, same, code) => {
    const { infrastructure } = office.people;
    const add = (name: string) => (tx: Tx) =>
      addAsset(tx, infrastructure, office.setting(), {
        ...{ kind: "switch", officeCode: "Dinkes" },
        answers: { name: `${name}-${code}`, maintainer: "by-class", ...same },
      });
    const [first, second] = await office.oneInTheOther(add("SATU"), add("DUA"));
    expect(second).toMatchObject({ refusal: { code, values: { assetId: accepted(first) } } });
  });

  it("of another model may have the same serial number", async () => {
    accepted(await inventory.add({ model: "TP-Link", "serial-number": "HF208ABC" }));
    accepted(await inventory.add({ "serial-number": "HF208ABC" }));
    expect(await inventory.add({ "serial-number": "HF208ABC" })).toMatchObject({
      refusal: { code: "serial-number-taken" },
    });
  });

  it("of a kind that nobody knows is refused", async () => {
    expect(await inventory.add({}, { kind: "satelit" })).toMatchObject({ refusal: { code: "not-a-choice" } });
  });

  it("that is a contract says from whom, how much and until when", async () => {
    const contract = { provider: "PT Telkom", "bandwidth-mbps": "200", "ends-on": "31-12-2027" };
    for (const left of Object.keys(contract)) {
      const others = Object.fromEntries(Object.entries(contract).filter(([name]) => name !== left));
      expect(await inventory.add(others, { kind: "bandwidth" })).toMatchObject({
        refusal: { code: "answer-missing", values: { field: left } },
      });
    }
    const id = accepted(await inventory.add({ ...contract, "circuit-number": "4700-1" }, { kind: "bandwidth" }));
    expect(await inventory.asset(id)).toMatchObject({
      ...{ provider: "PT Telkom", circuitNumber: "4700-1", bandwidthMbps: 200, endsOn: "2027-12-31" },
    });
    expect(await inventory.add({ ...contract, "ends-on": "31-12-2099" }, { kind: "bandwidth" })).toMatchObject({
      refusal: { code: "day-far-ahead" },
    });
  });

  it("that came with a request is registered without asking who may", async () => {
    const ticketId = await office.file();
    const { id: officeId } = await findOfficeByCode(office.db, "Dinkes");
    const { requester } = office.people;
    const id = accepted(
      await office.act((tx) =>
        registerAsset(
          tx,
          office.setting(),
          { kind: "server", name: "SRV-TITIP", officeId, ticketId, serialNumber: "S1", ports: 2 },
          { personId: requester.id },
        ),
      ),
    );
    expect(await inventory.asset(id)).toMatchObject({ ticketId, addedBy: requester.id, ports: 2, maintainer: null });
  });
});

describe("who may", () => {
  it.each([
    ["infrastructure", true],
    ["dataCenter", true],
    ["itSupport", true],
    ["administrator", true],
    ["helpDesk", false],
    ["leadership", false],
    ["requester", false],
  ] as const)("%s: %s", async (who, may) => {
    const id = accepted(await inventory.add());
    const by = office.people[who];
    const outcomes = [
      await inventory.add({}, { by }),
      await inventory.change(id, { location: who }, { by }),
      await inventory.setState(id, "spare", { by }),
      await inventory.transfer(id, "Disdukcapil", { by }),
    ];
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject(may ? { ok: true } : { refusal: { code: "not-inventory-team" } });
    }
  });
});

describe("a change", () => {
  it("is kept: by whom, when, what, before and after", async () => {
    const id = accepted(await inventory.add({ name: "RTR-1", ports: "8", location: "Lantai 1" }));
    const later = minutesAfter(morning, 5);
    const { dataCenter } = office.people;
    accepted(
      await inventory.change(id, { ports: "16", model: "CCR2004", name: "RTR-2" }, { by: dataCenter, now: later }),
    );
    expect(await inventory.asset(id)).toMatchObject({ name: "RTR-2", ports: 16, model: "CCR2004", version: 2 });
    const by = { at: later, personName: dataCenter.name };
    expect(await listChanges(office.db, id, { offset: 0, limit: 9 })).toEqual([
      { ...by, field: "ports", before: "8", after: "16" },
      { ...by, field: "model", before: null, after: "CCR2004" },
      { ...by, field: "name", before: "RTR-1", after: "RTR-2" },
    ]);
    const { id: officeId } = await findOfficeByCode(office.db, "Dinkes");
    expect((await journalOfAssets(office.db, id)).at(-1)).toEqual({
      ...{ event: "asset-changed", by: dataCenter.id },
      details: { fields: "name model ports", officeId, state: "in-use" },
    });
  });

  it("of nothing leaves no trace", async () => {
    const id = accepted(await inventory.add());
    accepted(await inventory.change(id, {}));
    expect(await inventory.asset(id)).toMatchObject({ version: 1 });
    expect(await listChanges(office.db, id, { offset: 0, limit: 9 })).toEqual([]);
  });

  it("of the kind forgets what the new one is not asked, and the history keeps it", async () => {
    const id = accepted(await inventory.add({ "serial-number": "LAMA-1" }));
    accepted(await become(id, "office-lan", { name: "LAN Dinkes", maintainer: "office" }));
    expect(await inventory.asset(id)).toMatchObject({ kind: "office-lan", serialNumber: null, maintainer: "office" });
    const changes = await listChanges(office.db, id, { offset: 0, limit: 9 });
    expect(changes.map(({ field, before }) => [field, before])).toContainEqual(["serial-number", "LAMA-1"]);
  });

  it("to the name of another is refused, to its own in other letters not", async () => {
    const id = accepted(await inventory.add({ name: "AP-1" }));
    accepted(await inventory.add({ name: "AP-2" }));
    expect(await inventory.change(id, { name: "ap-2" })).toMatchObject({ refusal: { code: "asset-name-taken" } });
    accepted(await inventory.change(id, { name: "ap-1" }));
  });

  it("that was begun before another one is refused", async () => {
    const id = accepted(await inventory.add());
    accepted(await inventory.change(id, { location: "Lantai 3" }));
    const changed = { ok: false, refusal: { code: "asset-changed", values: {} } };
    expect(await inventory.change(id, { location: "Lantai 4" }, { version: 1 })).toEqual(changed);
    expect(await inventory.setState(id, "broken", { version: 1 })).toEqual(changed);
    expect(await inventory.transfer(id, "Disdukcapil", { version: 1 })).toEqual(changed);
  });

  it("of what is not there is refused", async () => {
    const { infrastructure } = office.people;
    const input = { assetId: 999_999, version: 1, officeCode: "Dinkes" };
    const outcome = await office.act((tx) => transferAsset(tx, infrastructure, office.setting(), input));
    expect(outcome).toMatchObject({ refusal: { code: "no-such-asset" } });
  });

  it("of a name gives its cables other labels", async () => {
    const [one, other] = [
      accepted(await inventory.add({ name: "LABEL-1", ports: "4" })),
      accepted(await inventory.add({ name: "LABEL-2", ports: "4" })),
    ];
    const ends = [
      { assetId: one, port: 1 },
      { assetId: other, port: 2 },
    ] as const;
    const { infrastructure } = office.people;
    const input = { ends, medium: "copper", ticketId: null } as const;
    accepted(await office.act((tx) => layCable(tx, infrastructure, office.setting(), input)));
    const codes = async () => {
      const labels = office.db.selectFrom("cable_label").select("code").where("ended_at", "is", null);
      return (await labels.execute()).map(({ code }) => code);
    };
    expect(await codes()).toEqual(["LABEL-1:1/LABEL-2:2"]);
    accepted(await inventory.change(one, { location: "Lantai 1" }));
    expect(await codes()).toEqual(["LABEL-1:1/LABEL-2:2"]);
    accepted(await inventory.change(one, { name: "LABEL-9" }));
    expect(await codes()).toEqual(["LABEL-2:2/LABEL-9:1"]);
  });

  it("never leaves fewer ports than were ever taken", async () => {
    const id = accepted(await inventory.add({ ports: "24" }));
    const by = { personId: office.people.infrastructure.id, now: morning };
    const asset = await inventory.asset(id);
    const useId = await office.act((tx) => takePort(tx, asset, { port: 12, placeId: null }, by));
    const refused = { refusal: { code: "ports-below-used", values: { ports: 11, port: 12, field: "ports" } } };
    expect(await inventory.change(id, { ports: "11" })).toMatchObject(refused);
    await office.act((tx) => endPortUse(tx, useId, by));
    expect(await inventory.change(id, { ports: "11" })).toMatchObject(refused);
    accepted(await inventory.change(id, { ports: "12" }));
    accepted(await inventory.change(id, { ports: "48" }));
  });

  it("never makes something without ports of what had cables", async () => {
    const id = accepted(await inventory.add({ name: "SW-PORT-12", ports: "24" }));
    const by = { personId: office.people.infrastructure.id, now: morning };
    const asset = await inventory.asset(id);
    await office.act((tx) => takePort(tx, asset, { port: 12, placeId: null }, by));
    const outcome = await become(id, "office-lan", { name: "SW-PORT-12", maintainer: "office" });
    expect(outcome).toMatchObject({ refusal: { code: "kind-without-ports", values: { port: 12, field: "kind" } } });
  });

  it.each(["update asset_change set after = 'x'", "delete from asset_change"])(
    "cannot be undone: %s",
    async (words) => {
      const id = accepted(await inventory.add());
      accepted(await inventory.change(id, { location: "Lantai 1" }));
      for (const db of [office.db, office.database.owner]) {
        await expect(sql.raw(words).execute(db)).rejects.toThrow("the history of a device is only added to");
      }
    },
  );
});

describe("the state", () => {
  it("goes to and fro, and is kept", async () => {
    const id = accepted(await inventory.add());
    for (const state of ["spare", "broken", "in-use", "retired", "spare"] as const) {
      accepted(await inventory.setState(id, state));
      expect(await inventory.asset(id)).toMatchObject({ state });
    }
    const changes = await listChanges(office.db, id, { offset: 0, limit: 9 });
    expect(changes.map(({ before, after }) => `${before} ${after}`)).toEqual([
      "retired spare",
      "in-use retired",
      "broken in-use",
      "spare broken",
      "in-use spare",
    ]);
  });

  it("retired is left only as a spare, and nothing else of it is changed", async () => {
    const id = accepted(await inventory.add());
    accepted(await inventory.setState(id, "retired"));
    const refused = { refusal: { code: "asset-retired" } };
    expect(await inventory.setState(id, "in-use")).toMatchObject(refused);
    expect(await inventory.change(id, { location: "Gudang" })).toMatchObject(refused);
    expect(await inventory.transfer(id, "Disdukcapil")).toMatchObject(refused);
  });

  it("retired frees the name, and comes back only where nobody has it", async () => {
    const id = accepted(await inventory.add({ name: "UPS-1" }, { kind: "ups" }));
    accepted(await inventory.setState(id, "retired"));
    const other = accepted(await inventory.add({ name: "UPS-1" }, { kind: "ups" }));
    expect(await inventory.setState(id, "spare")).toMatchObject({
      refusal: { code: "asset-name-taken", values: { assetId: other } },
    });
  });

  it("retired is refused while a port is taken", async () => {
    const id = accepted(await inventory.add({ name: "SW-BERKABEL", ports: "8" }));
    const by = { personId: office.people.infrastructure.id, now: morning };
    const asset = await inventory.asset(id);
    const useId = await office.act((tx) => takePort(tx, asset, { port: 1, placeId: null }, by));
    expect(await inventory.setState(id, "retired")).toEqual({
      ok: false,
      refusal: { code: "asset-ports-taken", values: { name: "SW-BERKABEL", count: 1 } },
    });
    await office.act((tx) => endPortUse(tx, useId, by));
    accepted(await inventory.setState(id, "retired"));
  });
});

it("a device that is mounted becomes nothing that stands in no rack", async () => {
  const { rackId } = await racks.rack();
  const id = accepted(await inventory.add({ name: "SRV-TETAP" }, { kind: "server" }));
  accepted(await racks.mount(rackId, 0, id));
  const answers = { name: "SRV-TETAP", maintainer: "office" };
  expect(await become(id, "office-lan", answers)).toMatchObject({
    refusal: { code: "kind-not-mounted", values: { name: "SRV-TETAP", field: "kind" } },
  });
  accepted(await become(id, "storage", answers));
});

it("a device that is mounted is not retired", async () => {
  const { rackId } = await racks.rack();
  const id = accepted(await inventory.add({ name: "SRV-RAK" }, { kind: "server" }));
  accepted(await racks.mount(rackId, 0, id));
  expect(await inventory.setState(id, "retired")).toMatchObject({
    refusal: { code: "asset-mounted", values: { name: "SRV-RAK" } },
  });
  accepted(await inventory.setState(id, "broken"));
});

describe("a transfer", () => {
  it("makes it another office's, and is kept", async () => {
    const id = accepted(await inventory.add());
    accepted(await inventory.transfer(id, "Disdukcapil"));
    expect(await inventory.asset(id)).toMatchObject({ officeCode: "Disdukcapil" });
    expect(await listChanges(office.db, id, { offset: 0, limit: 9 })).toMatchObject([
      { field: "office", before: "Dinkes", after: "Disdukcapil" },
    ]);
    expect(await inventory.transfer(id, "Disdukcapil")).toMatchObject({ refusal: { code: "asset-there-already" } });
  });
});
