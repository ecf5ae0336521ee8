import { afterAll, beforeAll, expect, it } from "vitest";
import { removePrefix } from "../../../core/actions/ipam/prefixes.ts";
import { preparePlayground } from "../../../core/actions/prepare-installation.ts";
import { prepareRegisters } from "../../../core/actions/prepare-registers.ts";
import { proposePlaces } from "../../../core/actions/rack/propose-places.ts";
import { listFreePorts } from "../../../core/db/cable/port-uses.ts";
import { listPrefixes } from "../../../core/db/ipam/prefixes.ts";
import { findPersonByPlaygroundKey } from "../../../core/db/people/people.ts";
import { showPrefix } from "../../../core/domain/ipam/prefix.ts";
import { playgroundRegisters } from "../../../playground.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  const staff = [
    { key: "infrastructure", name: "Syahrul Munthe", roles: ["infrastructure"] as const },
    { key: "data-center", name: "Togar Hutabarat", roles: ["data-center"] as const },
  ];
  const people = staff.map((person) => ({ ...person, nip: null, officeCode: "Diskominfo" }));
  await office.act((tx) => preparePlayground(tx, people, office.setting()));
});
afterAll(() => office.close());

const prepare = () => office.act((tx) => prepareRegisters(tx, office.setting(), playgroundRegisters));
const networks = async () => (await listPrefixes(office.db)).map(showPrefix);

it("a playground begins with addresses, a rack with power, and a switch with free ports", async () => {
  await prepare();

  expect(await networks()).toEqual(["10.10.5.0/24", "203.0.113.0/28"]);
  const places = await proposePlaces(office.db, { height: 4, face: "full", watts: 350, feeds: 2 });
  expect(places.map(({ label }) => label)).toEqual(["DC A1 U1-2", "DC A1 U40-41"]);
  expect(await listFreePorts(office.db)).toMatchObject([{ name: "SW-DC-1", port: 1, free: 48 }]);
});

it("what its people removed does not come back at the next start", async () => {
  const person = await findPersonByPlaygroundKey(office.db, "infrastructure");
  if (person === undefined) throw new Error("nobody is played");
  for (const { id } of await listPrefixes(office.db)) {
    await office.act((tx) => removePrefix(tx, person, office.setting(), { prefixId: id }));
  }
  const removed = { removed_by: person.id, removed_at: office.setting().now };
  await office.db.updateTable("rack").set(removed).execute();
  const before = await office.contents();

  await prepare();

  expect(await office.contents()).toEqual(before);
});
