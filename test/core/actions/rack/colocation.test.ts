import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registerAsset } from "../../../../core/actions/inventory/register-asset.ts";
import { proposePlaces } from "../../../../core/actions/rack/propose-places.ts";
import { returnDevice, useReservedPlace } from "../../../../core/actions/rack/return-device.ts";
import { reclassifyTicket } from "../../../../core/actions/ticket/reclassify-ticket.ts";
import { findCables, listCableIdsOf } from "../../../../core/db/cable/cables.ts";
import { listPortsOfPlace } from "../../../../core/db/cable/port-uses.ts";
import { findAsset } from "../../../../core/db/inventory/assets.ts";
import { listAddressesOfTicket } from "../../../../core/db/ipam/address-lists.ts";
import { findRangeAt } from "../../../../core/db/ipam/address-ranges.ts";
import { findNameNow } from "../../../../core/db/names/names.ts";
import { listHandoversOfTicket } from "../../../../core/db/rack/handovers.ts";
import { listPlacesOfTicket } from "../../../../core/db/rack/rack-places.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import { addressOf } from "../../../../core/domain/ipam/address.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { brokenRackRules } from "../../../support/racks.ts";
import { pathsOfHosting, usualAnswers } from "../../domain/procedures/hosting.paths.ts";

const path = pathsOfHosting["colocation is approved, the server received, mounted, addressed, reported and told"] ?? [];

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

let ticketId = 0;
beforeEach(async () => {
  ticketId = await office.file({ procedure: "hosting", answers: { service: "colocation" } });
});

/** Up to that step, which is not done yet; without those left out. */
async function walkTo(step: string, { without = [] as string[], id = ticketId } = {}): Promise<void> {
  const steps = path.slice(
    0,
    path.findIndex(([name]) => name === step),
  );
  await office.walk(
    id,
    steps
      .filter(([name]) => !without.includes(name))
      .map(([name, role, , , , answers]) => [name, role, answers ?? usualAnswers[name] ?? {}]),
  );
}

const step = (name: string, role: "data-center" | "it-support", answers: Answers = {}) =>
  office.stepAs(ticketId, name, role, { ...usualAnswers[name], ...answers });
const places = () => listPlacesOfTicket(office.db, ticketId);
const lastHandover = async () => (await listHandoversOfTicket(office.db, ticketId)).at(-1);
const kept = async () => {
  const [entry] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
  return entry?.answers;
};

describe("a place in a rack (R11)", () => {
  it("is reserved for the ticket, with its power and a port, before leadership is asked", async () => {
    await walkTo("reserve-place");

    expect((await step("reserve-place", "data-center")).ok).toBe(true);

    const [place] = await places();
    expect(place).toMatchObject({
      ...{ kind: "reserved", height: 4, face: "full", watts: 350, until: null, assetId: null },
      grounds: { officeId: office.people.requester.officeId, ticketId, letter: null },
    });
    expect(place?.feedIds).toHaveLength(2);
    expect(await listPortsOfPlace(office.db, place?.id ?? 0)).toHaveLength(1);
    expect(await kept()).toMatchObject({
      ...{ "device-height": "2", "rack-place": expect.stringMatching(/^DC A1 U\d+-\d+$/) },
      "switch-port": expect.stringMatching(/^SW-DC-1:\d+$/),
    });
  });

  it("is needed before the report, unless the rack was found wanting", async () => {
    await walkTo("report-colocation-checks", { without: ["reserve-place"] });
    const report = () => step("report-colocation-checks", "data-center");
    expect(await report()).toMatchObject({ refusal: { code: "place-missing" } });

    await step("record-colocation-check", "data-center", { check: "rack", result: "failed", note: "Rak penuh." });

    expect((await report()).ok).toBe(true);
  });

  it("reserved again is another one, and the former is free", async () => {
    await walkTo("report-colocation-checks");
    const [former] = await places();

    expect((await step("reserve-place", "data-center", { "device-height": "1" })).ok).toBe(true);

    expect((await places()).map(({ height, id }) => [height, id === former?.id])).toEqual([[2, false]]);
    expect(await brokenRackRules(office.db)).toEqual([]);
  });

  it("is free when the ticket turns out to be something else", async () => {
    await walkTo("report-colocation-checks");
    const { helpDesk } = office.people;
    const { version } = await office.ticket(ticketId);
    const answers = { "occurred-at": "08.30", note: "Ini gangguan." };
    const input = { ticketId, version, procedure: "application-trouble", answers };
    const moved = await office.act((tx) => reclassifyTicket(tx, helpDesk, office.setting(), input));
    expect(moved).toMatchObject({ ok: true });
    expect(await places()).toEqual([]);
  });

  it("reserved anew may overlap the former one", async () => {
    await walkTo("report-colocation-checks");
    const [former] = await places();
    const offered = await proposePlaces(
      office.db,
      { height: 4, face: "full", watts: 350, feeds: 2 },
      { insteadOf: former },
    );
    expect(offered.map(({ rackId, bottom }) => [rackId, bottom])).toContainEqual([former?.rackId, former?.bottom]);
  });

  it("is free when leadership rejects, and when the office withdraws", async () => {
    await walkTo("approve-colocation");
    await office.stepAs(ticketId, "reject-colocation", "leadership", { note: "Belum ada anggaran." });
    expect(await places()).toEqual([]);

    ticketId = await office.file({ procedure: "hosting" });
    await walkTo("approve-colocation");
    await office.stepAs(ticketId, "cancel", "user", { note: "Batal." });
    expect(await places()).toEqual([]);
    expect(await brokenRackRules(office.db)).toEqual([]);
  });

  it("is used by its step only, once leadership has approved", async () => {
    await walkTo("approve-colocation");
    const [reserved] = await places();
    const device = { kind: "server", name: "SRV-TANGAN", officeId: office.people.requester.officeId } as const;
    const { dataCenter } = office.people;
    const used = await office.act(async (tx) => {
      const registered = await registerAsset(tx, office.setting(), device, { personId: dataCenter.id });
      if (!registered.ok) return registered;
      const input = { placeId: reserved?.id ?? 0, assetId: registered.value };
      return useReservedPlace(tx, dataCenter, office.setting(), input);
    });

    expect(used).toMatchObject({ refusal: { code: "place-of-ticket", values: { ticketId } } });
    expect(await places()).toMatchObject([{ id: reserved?.id, kind: "reserved" }]);
  });

  it("stays while an approval that lapsed is asked again", async () => {
    await walkTo("approve-colocation");
    await office.stepAs(ticketId, "colocation-approval-lapses", "clock");
    expect(await places()).toHaveLength(1);
  });
});

describe("a server that is received (L IV.1, 7)", () => {
  it("is the office's in the inventory, stands in the reserved place, and the handover is recorded", async () => {
    await walkTo("receive-server");
    const [reserved] = await places();

    const answers = { "device-name": "SRV-SIAK", "serial-number": "7XK2A93", model: "Dell R740" };
    expect((await step("receive-server", "data-center", answers)).ok).toBe(true);

    const [place] = await places();
    expect(place).toMatchObject({ kind: "occupied", bottom: reserved?.bottom, feedIds: reserved?.feedIds });
    expect(await findAsset(office.db, place?.assetId ?? 0)).toMatchObject({
      ...{ kind: "server", name: "SRV-SIAK", serialNumber: "7XK2A93", ports: 2, ticketId, state: "in-use" },
      officeCode: "Disdukcapil",
    });
    expect(await lastHandover()).toMatchObject({
      ...{ kind: "received", recordNumber: "045/12/2026", recordDate: "2026-11-20", counterpart: "Anwar Lubis" },
      ...{ assetName: "SRV-SIAK", serialNumber: "7XK2A93", accessories: "Dua kabel daya." },
      ...{ personName: office.people.dataCenter.name, place: (await kept())?.["rack-place"] },
    });
  });

  it("that the office has in the inventory already is that one, as when it comes back", async () => {
    await walkTo("receive-server");
    const { officeId } = office.people.requester;
    const known = { kind: "server", name: "SRV-LAMA", model: "dell r250", serialNumber: "lama-1", officeId } as const;
    const by = { personId: office.people.dataCenter.id };
    const registered = await office.act((tx) => registerAsset(tx, office.setting(), known, by));

    const done = await step("receive-server", "data-center", { "device-name": "SRV-BARU", "serial-number": "LAMA-1" });

    expect(done.ok).toBe(true);
    expect(registered).toEqual({ ok: true, value: (await places())[0]?.assetId });
    expect(await kept()).toMatchObject({ "device-name": "SRV-LAMA" });
  });

  it("again after the ticket was opened again stays where it stands, and the other place is free", async () => {
    const answers = { "device-name": "SRV-ULANG", "serial-number": "ULANG-1" };
    await walkTo("receive-server");
    await step("receive-server", "data-center", answers);
    const [former] = await places();
    await office.stepAs(ticketId, "cancel", "user", { note: "Salah tekan." });
    await office.stepAs(ticketId, "reopen", "user", { note: "Lanjutkan." });
    await walkTo("receive-server");
    expect(await places()).toHaveLength(2);

    expect((await step("receive-server", "data-center", answers)).ok).toBe(true);

    expect((await places()).map(({ id }) => id)).toEqual([former?.id]);
  });

  it("is handed over by the requester where nobody else is named", async () => {
    await walkTo("receive-server");
    const { "handed-by": _other, ...answers } = usualAnswers["receive-server"] ?? {};
    await office.stepAs(ticketId, "receive-server", "data-center", answers);
    const { name } = office.people.requester;
    expect(await lastHandover()).toMatchObject({ counterpart: name });
  });

  it("is mounted with a cable to the reserved port, whose label waits to be printed", async () => {
    await walkTo("mount-server");
    const [place] = await places();
    const assetId = place?.assetId ?? 0;
    const [reserved] = await listPortsOfPlace(office.db, place?.id ?? 0);

    expect((await step("mount-server", "it-support", { note: "Terpasang." })).ok).toBe(true);

    const [cable] = await findCables(office.db, await listCableIdsOf(office.db, assetId));
    expect(cable).toMatchObject({ ticketId, medium: "copper", label: { printedAt: null } });
    expect(cable?.ends.map(({ node, port }) => [node.id, port])).toEqual([
      [assetId, 1],
      [reserved?.assetId, reserved?.port],
    ]);
    expect((await kept())?.cable).toContain(cable?.label.code);
    expect(await listPortsOfPlace(office.db, place?.id ?? 0)).toEqual([]);
  });
});

describe("a server that goes back to its office", () => {
  it("leaves nothing behind: place, power, port, cable, address and name are free, and the handover is recorded", async () => {
    await walkTo("set-server-address");
    const address = { ...usualAnswers["set-server-address"], "dns-name": "siak" };
    expect((await office.stepAs(ticketId, "set-server-address", "infrastructure", address)).ok).toBe(true);
    const [place] = await places();
    const [given] = await listAddressesOfTicket(office.db, ticketId);

    const answers = { "record-number": "030/17/2026", "record-date": "20-11-2026", "received-by": "Rina Wulandari" };
    const { dataCenter } = office.people;
    const input = { placeId: place?.id ?? 0, answers };
    const returned = await office.act((tx) => returnDevice(tx, dataCenter, office.setting(), input));

    expect(returned.ok).toBe(true);
    expect(await places()).toEqual([]);
    expect(await listCableIdsOf(office.db, place?.assetId ?? 0)).toEqual([]);
    expect(await listAddressesOfTicket(office.db, ticketId)).toEqual([]);
    const { zoneId = 0, first = "" } = given ?? {};
    expect(await findRangeAt(office.db, zoneId, addressOf(first))).toMatchObject({ kind: "quarantined" });
    expect(await findNameNow(office.db, "siak.labura.go.id")).toMatchObject({ state: "quarantined" });
    expect(await lastHandover()).toMatchObject({
      ...{ kind: "returned", recordNumber: "030/17/2026", counterpart: "Rina Wulandari" },
    });
    expect(await brokenRackRules(office.db)).toEqual([]);
  });
});

describe("is refused, and nothing is changed,", () => {
  const isRefused = async (
    [name, answers]: [string, Answers],
    refusal: { code: string; values?: Record<string, unknown> },
  ) => {
    const before = await office.contents();
    const meant = { ...usualAnswers[name], ...answers };
    expect(await office.stepAs(ticketId, name, "data-center", meant)).toMatchObject({ ok: false, refusal });
    expect(await office.contents()).toEqual(before);
  };

  it("a place that somebody else got meanwhile: the place is asked again, the one of before stays", async () => {
    await walkTo("report-colocation-checks");
    const other = await office.file({ procedure: "hosting" });
    await walkTo("report-colocation-checks", { id: other });
    const [taken] = await listPlacesOfTicket(office.db, other);
    const values = { field: "rack-place" };
    const wish = { "rack-place": `${taken?.rackId}:${taken?.bottom}`, "switch-port": "@port" };
    await isRefused(["reserve-place", wish], { code: "place-taken", values });
    expect(await places()).toHaveLength(1);
  });

  it("a port that is taken", async () => {
    await walkTo("report-colocation-checks");
    const [place] = await places();
    const [port] = await listPortsOfPlace(office.db, place?.id ?? 0);
    const other = await office.file({ procedure: "hosting" });
    ticketId = other;
    await walkTo("reserve-place");
    const wish = { "switch-port": `${port?.assetId}:${port?.port}` };
    await isRefused(["reserve-place", wish], { code: "port-taken", values: { field: "switch-port" } });
  });

  it.each([
    ["more power than a feed carries", { watts: "100000" }, "feed-full", "power-feeds"],
    ["more feeds than 0 for what needs power", { "power-feeds": "0" }, "feed-missing", "power-feeds"],
    ["a rack that is not there", { "rack-place": "999999:0" }, "no-such-rack", "rack-place"],
    ["a place outside of the rack", { "rack-place": "1:118" }, "place-outside", "rack-place"],
  ])("%s", async (_, answers, code, field) => {
    await walkTo("report-colocation-checks");
    await isRefused(["reserve-place", answers], { code, values: { field } });
  });

  it("a server whose name is another's, or that stands somewhere else, or is another office's", async () => {
    await walkTo("receive-server");
    const name = "SRV-GANDA";
    await step("receive-server", "data-center", { "device-name": name, "serial-number": "S-1" });
    ticketId = await office.file({ procedure: "hosting" });
    await walkTo("receive-server");
    await isRefused(["receive-server", { "device-name": name, "serial-number": "S-2" }], {
      ...{ code: "asset-name-taken", values: { field: "device-name" } },
    });
    await isRefused(["receive-server", { "device-name": "SRV-LAIN", "serial-number": "S-1" }], {
      ...{ code: "device-has-place", values: { field: "serial-number" } },
    });
    const officeId = office.people.dataCenter.officeId;
    const other = {
      kind: "server",
      name: "SRV-KANTOR-LAIN",
      model: "Dell R250",
      serialNumber: "S-3",
      officeId,
    } as const;
    await office.act((tx) => registerAsset(tx, office.setting(), other, { personId: office.people.dataCenter.id }));
    await isRefused(["receive-server", { "serial-number": "S-3" }], {
      ...{ code: "serial-number-taken", values: { field: "serial-number" } },
    });
  });
});

it("two who want the same place at once get one each, or a refusal", async () => {
  const ids = [ticketId, await office.file({ procedure: "hosting" })];
  for (const id of ids) await walkTo("reserve-place", { id });
  await office.stepAs(ticketId, "reserve-place", "data-center", usualAnswers["reserve-place"]);
  const [place] = await places();
  await office.stepAs(ticketId, "cancel", "user", { note: "Batal." });
  const third = await office.file({ procedure: "hosting" });
  await walkTo("reserve-place", { id: third });
  const spot = `${place?.rackId}:${place?.bottom}`;
  const { "switch-port": _port, ...size } = usualAnswers["reserve-place"] ?? {};
  const answers = { ...size, "rack-place": spot };

  const done = await Promise.all(
    [ids[1] ?? 0, third].map((id) => office.stepAs(id, "reserve-place", "data-center", answers)),
  );

  expect(done.map((each) => each.ok).sort()).toEqual([false, true]);
  expect(await brokenRackRules(office.db)).toEqual([]);
});
