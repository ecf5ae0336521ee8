import { afterAll, beforeAll, expect, it } from "vitest";
import { lookAtRegister } from "../../../cli/doctor/hosting.ts";
import { connectClient } from "../../../core/db/postgres/postgres-session.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { testHosting } from "../../support/hosting.ts";
import { accepted, withAddresses } from "../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";

const [target] = testHosting.targets;

let database: TestDatabase;
let office: TestOffice;
beforeAll(async () => {
  database = await freshDatabase();
  office = await openOffice({ database });
});
afterAll(() => office.close());

it("zone, prefix and proxy of a host are looked up in the register", async () => {
  const ipam = await withAddresses(office);
  const client = await connectClient(database.config, "doctor in a test");
  const look = () => lookAtRegister(client, target);
  const missing = ["10.10.5.20"];

  expect(await look()).toEqual({ zone: false, prefix: false, unknown: missing });
  const prefixId = accepted(await ipam.addPrefix("10.10.5.0/24", "utama"));
  expect(await look()).toEqual({ zone: true, prefix: false, unknown: missing });
  accepted(await ipam.addPrefix("10.40.0.0/16", "utama"));
  accepted(await ipam.assign(prefixId, "10.10.5.20"));
  expect(await look()).toEqual({ zone: true, prefix: true, unknown: [] });
  await client.end();
});
