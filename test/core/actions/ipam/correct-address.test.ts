import { afterAll, beforeAll, expect, it } from "vitest";
import { correctAddress } from "../../../../core/actions/ipam/correct-address.ts";
import { releaseAddress } from "../../../../core/actions/ipam/release-address.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import { accepted, brokenRules, journalOfAddresses, withAddresses } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
let prefixId: number;
let otherOfficeId: number;
beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
  prefixId = accepted(await ipam.addPrefix("10.1.2.0/24"));
  ({ id: otherOfficeId } = await findOfficeByCode(office.db, "Disdukcapil"));
});
afterAll(async () => {
  expect(await brokenRules(office.db)).toEqual([]);
  await office.close();
});

const later = minutesAfter(morning, 60);
type Wanted = { officeId?: number; answers?: Record<string, string>; by?: typeof office.people.infrastructure };
const correct = (rangeId: number, { officeId = ipam.officeId, answers = {}, by }: Wanted = {}) =>
  office.act((tx) =>
    correctAddress(tx, by ?? office.people.infrastructure, office.setting(later), {
      ...{ rangeId, officeId, answers: { ...ipam.grounds, ...answers } },
    }),
  );

const rowsAt = (address: string) =>
  office.db
    .selectFrom("address_range")
    .select(["id", "kind", "name", "office_id", "letter", "since", "until", "remind_at", "ended_at", "ended_by"])
    .where("first", "=", address)
    .where("kind", "<>", "free")
    .orderBy("id")
    .execute();

it("what was written ends and stays in the history, what is right begins", async () => {
  const { rangeId, address } = accepted(await ipam.assign(prefixId, null));
  const newId = accepted(
    await correct(rangeId, { officeId: otherOfficeId, answers: { name: "Server SIPD", basis: "800/1/2026" } }),
  );
  const by = office.people.infrastructure.id;
  const kept = { kind: "assigned", until: null, remind_at: null };
  expect(await rowsAt(address)).toEqual([
    {
      ...{ id: rangeId, ...kept, name: "Server SIMPEG", office_id: ipam.officeId, letter: "555/210/2026" },
      ...{ since: morning, ended_at: later, ended_by: by },
    },
    {
      ...{ id: newId, ...kept, name: "Server SIPD", office_id: otherOfficeId, letter: "800/1/2026" },
      ...{ since: later, ended_at: null, ended_by: null },
    },
  ]);
  const details = { address, prefixId, kind: "assigned", formerId: rangeId, officeId: otherOfficeId, ticketId: null };
  expect(await journalOfAddresses(office.db)).toContainEqual({ event: "address-corrected", by, details });
});

it("a reservation ends, and is reminded of, when it would have been", async () => {
  const { rangeId, address } = accepted(await ipam.reserve(prefixId, null, "30-11-2026"));
  accepted(await correct(rangeId, { answers: { name: "Server SIPD" } }));
  const [until, remind_at] = [new Date("2026-11-30T17:00:00Z"), new Date("2026-11-29T01:00:00Z")];
  expect(await rowsAt(address)).toMatchObject([
    { kind: "reserved", name: "Server SIMPEG", ended_at: later },
    { kind: "reserved", name: "Server SIPD", until, remind_at, ended_at: null },
  ]);
});

it.each<[string, Wanted, string, string]>([
  ["the same grounds", {}, "grounds-unchanged", "name"],
  ["a ticket that is not there", { answers: { basis: "T-9999" } }, "basis-ticket-unknown", "basis"],
  ["no name", { answers: { name: " " } }, "text-empty", "name"],
  ["what a spreadsheet would run", { answers: { name: "=1+1" } }, "text-like-formula", "name"],
])("%s: refused, and nothing is written", async (_, wanted, code, field) => {
  const { rangeId, address } = accepted(await ipam.assign(prefixId, null));
  expect(await correct(rangeId, wanted)).toMatchObject({ refusal: { code, values: { field } } });
  expect(await rowsAt(address)).toMatchObject([{ id: rangeId, ended_at: null }]);
});

it("is for who manages addresses", async () => {
  const { rangeId } = accepted(await ipam.assign(prefixId, null));
  for (const who of ["helpDesk", "dataCenter", "leadership", "requester"] as const) {
    const attempt = correct(rangeId, { by: office.people[who], answers: { name: "Lain" } });
    expect(await attempt).toMatchObject({ refusal: { code: "not-your-role" } });
  }
});

it("of what is released, kept free or was corrected before: refused", async () => {
  const { rangeId } = accepted(await ipam.assign(prefixId, null));
  const release = (id: number) =>
    office.act((tx) => releaseAddress(tx, office.people.infrastructure, office.setting(), { rangeId: id }));
  const newId = accepted(await correct(rangeId, { answers: { name: "Server SIPD" } }));
  const quarantine = accepted(await release(newId));
  const kept = accepted(await ipam.keep(prefixId, "10.1.2.100-10.1.2.120"));
  for (const id of [rangeId, newId, quarantine, kept]) {
    expect(await correct(id, { answers: { name: "Lagi" } })).toMatchObject({ refusal: { code: "range-changed" } });
  }
});

it("by two at once: one of both corrects it", async () => {
  const { rangeId } = accepted(await ipam.assign(prefixId, null));
  const press = (name: string) => (tx: Tx) =>
    correctAddress(tx, office.people.infrastructure, office.setting(later), {
      ...{ rangeId, officeId: ipam.officeId, answers: { ...ipam.grounds, name } },
    });
  const results = await office.atOnce(press("Satu"), press("Dua"));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "range-changed" } });
});
