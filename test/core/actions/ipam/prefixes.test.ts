import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changePrefix, removePrefix } from "../../../../core/actions/ipam/prefixes.ts";
import { freeRange, releaseAddress } from "../../../../core/actions/ipam/release-address.ts";
import { findPrefix, listZones } from "../../../../core/db/ipam/prefixes.ts";
import { accepted, brokenRules, journalOfAddresses, partsOf, withAddresses } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
});
afterAll(async () => {
  expect(await brokenRules(office.db)).toEqual([]);
  await office.close();
});

const remove = (prefixId: number, by = office.people.infrastructure) =>
  office.act((tx) => removePrefix(tx, by, office.setting(), { prefixId }));

describe("a prefix", () => {
  it("is added by infrastructure or an administrator, and is free", async () => {
    const id = accepted(await ipam.addPrefix("10.1.0.0/24", "Pusat"));
    expect(await findPrefix(office.db, id)).toMatchObject({ zoneName: "Pusat", name: "Uji", length: 24 });
    expect(await partsOf(office.db, id)).toEqual(["10.1.0.1-10.1.0.254 free"]);
    const by = office.people.administrator;
    const local = accepted(await ipam.addPrefix("fd00:1::/64", "Pusat", { by }));
    expect(await partsOf(office.db, local)).toEqual(["fd00:1::1-fd00:1::ffff:ffff:ffff:ffff free"]);
    expect(await journalOfAddresses(office.db)).toMatchObject([
      { event: "prefix-added", by: office.people.infrastructure.id, details: { network: "10.1.0.0/24" } },
      { event: "prefix-added", by: by.id, details: { network: "fd00:1::/64" } },
    ]);
  });

  it.each(["helpDesk", "itSupport", "dataCenter", "leadership", "requester"] as const)(
    "is not added, changed or removed by %s",
    async (who) => {
      const by = office.people[who];
      const prefixId = accepted(await ipam.addPrefix("10.99.0.0/24", `Zona ${who}`));
      const refused = { ok: false, refusal: { code: "not-your-role", values: { role: "infrastructure" } } };
      expect(await ipam.addPrefix("10.98.0.0/24", "Pusat", { by })).toEqual(refused);
      expect(await remove(prefixId, by)).toEqual(refused);
      const answers = { name: "Lain" };
      const change = office.act((tx) => changePrefix(tx, by, office.setting(), { prefixId, answers }));
      expect(await change).toEqual(refused);
    },
  );

  it("is refused where it is there already, but not in another zone", async () => {
    const first = accepted(await ipam.addPrefix("10.2.0.0/24", "Kembar"));
    const values = { prefix: "10.2.0.0/24", field: "network" };
    expect(await ipam.addPrefix("10.2.0.0/24", " kembar ")).toEqual({
      ok: false,
      refusal: { code: "prefix-known", values },
    });
    const other = accepted(await ipam.addPrefix("10.2.0.0/24", "Lain"));
    accepted(await ipam.assign(first, "10.2.0.5"));
    accepted(await ipam.assign(other, "10.2.0.5"));
    const names = (await listZones(office.db)).map(({ name }) => name);
    expect(names.filter((name) => name.toLowerCase() === "kembar")).toEqual(["Kembar"]);
  });

  it.each([
    ["10.3.0.1/24", "prefix-host-bits"],
    ["999.1.1.0/24", "address-part-too-large"],
    ["::ffff:10.1.2.0/120", "address-mapped"],
    ["10.3.0.0", "prefix-without-length"],
  ])("is refused as %s, and the network is asked again", async (network, code) => {
    expect(await ipam.addPrefix(network)).toMatchObject({ refusal: { code, values: { field: "network" } } });
  });

  it.each(["192.0.2.0/24", "10.3.0.1", "2001:db8::/64"])(
    "into a zone called %s is refused, and the zone asked again",
    async (zone) => {
      expect(await ipam.addPrefix("10.3.0.0/24", zone)).toEqual({
        ok: false,
        refusal: { code: "zone-like-network", values: { network: zone, field: "zone" } },
      });
    },
  );

  it("whose name a spreadsheet would run is refused", async () => {
    const answers = { name: "=HYPERLINK(1)" };
    const added = await ipam.addPrefix("10.4.0.0/24", "Utama", { answers });
    expect(added).toEqual({ ok: false, refusal: { code: "text-like-formula", values: { field: "name" } } });
  });

  it("nested in another takes over what lies in it, and gives it back when it goes", async () => {
    const outer = accepted(await ipam.addPrefix("10.5.0.0/16", "Sarang"));
    accepted(await ipam.assign(outer, "10.5.2.7"));
    accepted(await ipam.keep(outer, "10.5.2.100-10.5.2.120"));
    const inner = accepted(await ipam.addPrefix("10.5.2.0/24", "Sarang"));
    expect(await partsOf(office.db, outer)).toEqual(["10.5.0.1-10.5.1.255 free", "10.5.3.0-10.5.255.254 free"]);
    expect(await partsOf(office.db, inner)).toEqual([
      "10.5.2.1-10.5.2.6 free",
      "10.5.2.7 assigned",
      "10.5.2.8-10.5.2.99 free",
      "10.5.2.100-10.5.2.120 kept-free",
      "10.5.2.121-10.5.2.254 free",
    ]);
    expect(await brokenRules(office.db)).toEqual([]);
    expect(await remove(inner)).toMatchObject({ refusal: { code: "prefix-in-use", values: { count: 2 } } });
  });

  it("that is removed leaves to its parent all but what is nested in it", async () => {
    const outer = accepted(await ipam.addPrefix("10.6.0.0/16", "Sarang"));
    const middle = accepted(await ipam.addPrefix("10.6.0.0/20", "Sarang"));
    const inner = accepted(await ipam.addPrefix("10.6.4.0/24", "Sarang"));
    accepted(await ipam.assign(inner, "10.6.4.1"));
    accepted(await remove(middle));
    expect(await partsOf(office.db, outer)).toEqual(["10.6.0.1-10.6.3.255 free", "10.6.5.0-10.6.255.254 free"]);
    expect(await partsOf(office.db, middle)).toEqual([]);
    accepted(await remove(outer));
    expect(await partsOf(office.db, inner)).toContain("10.6.4.1 assigned");
    expect(await brokenRules(office.db)).toEqual([]);
    const again = accepted(await ipam.addPrefix("10.6.0.0/16", "Sarang"));
    expect(await partsOf(office.db, again)).toEqual(["10.6.0.1-10.6.3.255 free", "10.6.5.0-10.6.255.254 free"]);
  });

  it("is refused where its own first or last address is given, or a kept range would be cut", async () => {
    const outer = accepted(await ipam.addPrefix("10.7.0.0/16", "Sarang"));
    accepted(await ipam.assign(outer, "10.7.1.0"));
    accepted(await ipam.assign(outer, "10.7.2.255"));
    accepted(await ipam.keep(outer, "10.7.3.200-10.7.4.10"));
    for (const [network, code] of [
      ["10.7.1.0/24", "prefix-edge-taken"],
      ["10.7.2.0/24", "prefix-edge-taken"],
      ["10.7.3.0/24", "prefix-cuts-kept-range"],
      ["10.7.4.0/24", "prefix-cuts-kept-range"],
    ] as const) {
      expect(await ipam.addPrefix(network, "Sarang")).toMatchObject({ refusal: { code } });
    }
    expect(await brokenRules(office.db)).toEqual([]);
  });

  it("is in use by what is reserved, in quarantine or kept free, and can be removed after that", async () => {
    const prefixId = accepted(await ipam.addPrefix("10.8.0.0/29", "Sarang"));
    const { rangeId } = accepted(await ipam.assign(prefixId, null));
    const quarantine = accepted(
      await office.act((tx) => releaseAddress(tx, office.people.infrastructure, office.setting(), { rangeId })),
    );
    const kept = accepted(await ipam.keep(prefixId, "10.8.0.5-10.8.0.6"));
    expect(await remove(prefixId)).toMatchObject({ refusal: { code: "prefix-in-use", values: { count: 2 } } });
    for (const id of [quarantine, kept]) {
      accepted(
        await office.act((tx) => freeRange(tx, office.people.infrastructure, office.setting(), { rangeId: id })),
      );
    }
    accepted(await remove(prefixId));
    expect(await remove(prefixId)).toMatchObject({ refusal: { code: "no-such-prefix" } });
    expect(await ipam.assign(prefixId, null)).toMatchObject({ refusal: { code: "no-such-prefix" } });
    expect(await ipam.keep(prefixId, "10.8.0.1")).toMatchObject({ refusal: { code: "no-such-prefix" } });
  });

  it("added twice at the same moment is there once", async () => {
    const { infrastructure: by } = office.people;
    const results = await Promise.all([1, 2, 3].map(() => ipam.addPrefix("10.9.0.0/24", "Serentak", { by })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "prefix-known" } });
  });

  it("is added while addresses around it are given, and nothing is lost", async () => {
    const outer = accepted(await ipam.addPrefix("10.10.0.0/16", "Serentak"));
    const works = [
      ...Array.from({ length: 20 }, () => ipam.assign(outer, null)),
      ipam.addPrefix("10.10.0.0/29", "Serentak"),
      ...Array.from({ length: 20 }, () => ipam.assign(outer, null)),
    ];
    await Promise.all<unknown>(works);
    expect(await brokenRules(office.db)).toEqual([]);
  });

  it("gets another name", async () => {
    const prefixId = accepted(await ipam.addPrefix("10.11.0.0/24"));
    const answers = { name: "LAN Dinkes" };
    const change = office.act((tx) =>
      changePrefix(tx, office.people.infrastructure, office.setting(), { prefixId, answers }),
    );
    accepted(await change);
    expect(await findPrefix(office.db, prefixId)).toMatchObject({ name: "LAN Dinkes" });
  });
});
