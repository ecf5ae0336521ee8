import { afterAll, beforeAll, expect, it } from "vitest";
import { assignAddress } from "../../../../core/actions/ipam/give-address.ts";
import { connect } from "../../../../core/db/database.ts";
import { accepted, brokenRules, withAddresses } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

const connections = 16;

let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
});
afterAll(() => office.close());

/** So many requests for the next free address, each connection with one at a time. @returns addresses, and codes of refusals */
async function ask(prefixId: number, requests: number): Promise<{ given: string[]; refused: string[] }> {
  const { db, close } = connect(office.database.config, { as: "application", max: connections });
  const [given, refused]: string[][] = [[], []];
  let left = requests;
  const one = async () => {
    const input = { prefixId, address: null, officeId: ipam.officeId, answers: ipam.grounds };
    while (left-- > 0) {
      const outcome = await db
        .transaction()
        .execute((tx) => assignAddress(tx, office.people.infrastructure, office.setting(), input));
      if (outcome.ok) given?.push(outcome.value.address);
      else refused?.push(outcome.refusal.code);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  await close();
  return { given: given ?? [], refused: refused ?? [] };
}

it.each(["10.20.0.0/22", "10.0.0.0/8", "2001:db8::/64"])(
  "a thousand requests for the next free address of %s from 16 connections get a thousand addresses",
  async (network) => {
    const prefixId = accepted(await ipam.addPrefix(network, `Zona ${network}`));
    const { given, refused } = await ask(prefixId, 1000);
    expect(refused).toEqual([]);
    expect(new Set(given).size).toBe(1000);
    expect(await brokenRules(office.db)).toEqual([]);
  },
  120_000,
);

it("what is more than a prefix has is refused, and the rest is given once", async () => {
  const prefixId = accepted(await ipam.addPrefix("10.30.0.0/25", "Penuh"));
  const { given, refused } = await ask(prefixId, 200);
  expect(new Set(given).size).toBe(126);
  expect(refused).toEqual(Array.from({ length: 74 }, () => "prefix-full"));
});
