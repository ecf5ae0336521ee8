import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { reserveName } from "../../../../core/actions/names/give-name.ts";
import { listAddressesOfTicket } from "../../../../core/db/ipam/address-lists.ts";
import { listNamesOfTicket } from "../../../../core/db/names/names.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { accepted, withAddresses } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { pathsOfHosting, usualAnswers } from "../../domain/procedures/hosting.paths.ts";

const path =
  pathsOfHosting["hosting is approved, the application installed, addressed, tested, reported and told"] ?? [];
const toAddress = path.slice(
  0,
  path.findIndex(([step]) => step === "set-application-address"),
);

let office: TestOffice;
let addresses: Awaited<ReturnType<typeof withAddresses>>;
beforeAll(async () => {
  office = await openOffice();
  addresses = await withAddresses(office);
});
afterAll(() => office.close());

let [ticketId, prefixId, third] = [0, 0, 0];
/** An application that is installed and has no address yet, and a prefix with six of them. */
beforeEach(async () => {
  third += 8;
  ticketId = await office.file({ procedure: "hosting" });
  await office.walk(
    ticketId,
    toAddress.map(([step, role, , , , answers]) => [step, role, answers ?? usualAnswers[step] ?? {}]),
  );
  prefixId = accepted(await addresses.addPrefix(`10.9.0.${third}/29`));
});

const setAddress = (answers: Record<string, string>) =>
  office.stepAs(ticketId, "set-application-address", "infrastructure", answers);
const from = () => ({ "address-from": `prefix:${prefixId}` });
const held = async () => (await listAddressesOfTicket(office.db, ticketId)).map(({ first, kind }) => [kind, first]);
const kept = async () => {
  const [entry] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
  return entry?.answers;
};

describe("the step that sets an address (L IV.1, 8)", () => {
  it("assigns the first that is free to the office, because of the ticket, and keeps it in words", async () => {
    expect((await setAddress(from())).ok).toBe(true);

    const [range] = await listAddressesOfTicket(office.db, ticketId);
    expect(range).toMatchObject({
      ...{ kind: "assigned", first: `10.9.0.${third + 1}`, officeCode: "Disdukcapil", ticketId, letter: null },
      name: `T-${String(ticketId).padStart(4, "0")} SIMPEG`,
    });
    expect(await kept()).toEqual({
      ...{ "address-from": `10.9.0.${third}/29`, "ip-address": `10.9.0.${third + 1}`, "address-kind": "local" },
    });
  });

  it("assigns a wished one", async () => {
    await setAddress({ ...from(), "ip-address": `10.9.0.${third + 5}` });
    expect(await held()).toEqual([["assigned", `10.9.0.${third + 5}`]]);
  });

  it("says of a public address that it is one", async () => {
    prefixId = accepted(await addresses.addPrefix(`103.110.${third}.0/28`));
    await setAddress(from());
    expect(await kept()).toMatchObject({ "address-kind": "public", "ip-address": `103.110.${third}.1` });
  });

  it("gives a name that leads there, and keeps it in full", async () => {
    expect((await setAddress({ ...from(), "dns-name": `simpeg${third}` })).ok).toBe(true);

    const [name] = await listNamesOfTicket(office.db, ticketId);
    expect(name).toMatchObject({
      ...{ name: `simpeg${third}.labura.go.id`, kind: "application", state: "in-use", until: null },
      grounds: { officeId: office.people.requester.officeId, ticketId },
      addresses: [{ address: `10.9.0.${third + 1}` }],
    });
    expect(await kept()).toMatchObject({ "dns-name": `simpeg${third}.labura.go.id` });
  });

  it("takes a name that is reserved for the ticket into use, and lets it lead there", async () => {
    const { infrastructure, requester } = office.people;
    const answers = { name: "Aplikasi", basis: `T-${ticketId}`, until: "besok" };
    const wish = { name: `pesan${third}`, kind: "application", officeId: requester.officeId, answers } as const;
    accepted(await office.act((tx) => reserveName(tx, infrastructure, office.setting(), wish)));

    expect((await setAddress({ ...from(), "dns-name": `pesan${third}` })).ok).toBe(true);

    expect(await listNamesOfTicket(office.db, ticketId)).toMatchObject([
      { state: "in-use", until: null, addresses: [{ address: `10.9.0.${third + 1}` }] },
    ]);
  });

  it("done again, keeps the address, or gives another beside it", async () => {
    await setAddress(from());
    const again = async (answers: Record<string, string>) => {
      await office.stepAs(ticketId, "record-test", "it-support", { check: "intranet", result: "failed", note: "502." });
      for (const check of ["application", "internet", "other-test"]) {
        await office.stepAs(ticketId, "record-test", "it-support", { check, result: "passed" });
      }
      await office.stepAs(ticketId, "tests-failed", "it-support", { note: "502." });
      await office.stepAs(ticketId, "install-application", "data-center", { note: "Dipasang ulang." });
      return setAddress(answers);
    };
    const [{ id: rangeId = 0 } = {}] = await listAddressesOfTicket(office.db, ticketId);

    expect((await again({ "address-from": `range:${rangeId}`, note: "Tetap." })).ok).toBe(true);

    expect(await held()).toEqual([["assigned", `10.9.0.${third + 1}`]]);
    expect(await kept()).toMatchObject({ "ip-address": `10.9.0.${third + 1}`, note: "Tetap." });
    await again({ ...from(), "dns-name": `lagi${third}` });
    await again({ ...from(), "dns-name": `lagi${third}` });
    expect(await held()).toHaveLength(3);
    const [name] = await listNamesOfTicket(office.db, ticketId);
    expect(name?.addresses.map(({ address }) => address)).toEqual([`10.9.0.${third + 2}`, `10.9.0.${third + 3}`]);
  });
});

describe("is refused, and nothing is changed,", () => {
  const isRefused = async (answers: Record<string, string>, refusal: object) => {
    const before = await office.contents();
    expect(await setAddress(answers)).toMatchObject({ ok: false, refusal });
    expect(await office.contents()).toEqual(before);
  };

  it("where the address is taken: that question is asked again", async () => {
    accepted(await addresses.assign(prefixId, `10.9.0.${third + 2}`));
    const wished = { ...from(), "ip-address": `10.9.0.${third + 2}` };
    await isRefused(wished, { code: "address-assigned", values: { field: "ip-address" } });
  });

  it("where the address lies outside", async () => {
    const values = { field: "ip-address" };
    await isRefused({ ...from(), "ip-address": "10.8.0.1" }, { code: "address-outside", values });
  });

  it("where the prefix is full: the prefix is asked again", async () => {
    for (let given = 0; given < 6; given += 1) accepted(await addresses.assign(prefixId, null));
    await isRefused(from(), { code: "prefix-full", values: { field: "address-from" } });
  });

  it("where there is no such prefix", async () => {
    const values = { field: "address-from" };
    await isRefused({ "address-from": "prefix:999999" }, { code: "no-such-prefix", values });
  });

  it("where the name is taken: that question is asked again, and no address is given", async () => {
    const other = await office.file({ procedure: "hosting" });
    await office.walk(
      other,
      toAddress.map(([step, role, , , , answers]) => [step, role, answers ?? usualAnswers[step] ?? {}]),
    );
    const name = `antrean${third}`;
    accepted(await office.stepAs(other, "set-application-address", "infrastructure", { ...from(), "dns-name": name }));
    await isRefused({ ...from(), "dns-name": name }, { code: "domain-in-use", values: { field: "dns-name" } });
  });

  it("where the address that should stay is another ticket's", async () => {
    const { rangeId } = accepted(await addresses.assign(prefixId, null));
    await isRefused({ "address-from": `range:${rangeId}` }, { code: "not-offered", values: { field: "address-from" } });
  });
});
