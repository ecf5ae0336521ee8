import { describe, expect, it } from "vitest";
import { showAddress } from "../../../../core/domain/ipam/address.ts";
import { prefixOf } from "../../../../core/domain/ipam/prefix.ts";
import { addressesOf, isTooLarge, refusalOfScanning } from "../../../../core/domain/ipam/scan.ts";

const inZone = (network: string, zoneId = 1) => ({ ...prefixOf(network), zoneId, zoneName: `Zona ${zoneId}` });

describe("a prefix that can be scanned", () => {
  it.each(["10.1.2.0/24", "103.10.20.0/29", "2001:db8::/64", "fd00:1::/120"])("is %s", (network) =>
    expect(refusalOfScanning(inZone(network), [])).toEqual({ ok: true }),
  );

  it.each([
    "127.0.0.0/24",
    "0.0.0.0/8",
    "169.254.169.0/24",
    "224.0.1.0/24",
    "255.255.255.0/24",
    "126.0.0.0/7",
    "::/127",
    "fe80::/64",
    "ff02::/64",
  ])("is not %s", (network) => {
    expect(refusalOfScanning(inZone(network), [])).toMatchObject({ refusal: { code: "prefix-not-scannable" } });
  });

  it("is one that overlaps a scanned one of its own zone, not of another", () => {
    const scanned = [inZone("10.1.0.0/16", 2)];
    expect(refusalOfScanning(inZone("10.1.2.0/24", 2), scanned)).toEqual({ ok: true });
    expect(refusalOfScanning(inZone("10.2.0.0/16", 1), scanned)).toEqual({ ok: true });
    expect(refusalOfScanning(inZone("10.1.2.0/24", 1), scanned)).toEqual({
      ok: false,
      refusal: {
        code: "prefix-scanned-elsewhere",
        values: { prefix: "10.1.2.0/24", other: "10.1.0.0/16", zone: "Zona 2" },
      },
    });
  });
});

describe("what a scan asks", () => {
  const asked = (network: string, nested: string[] = []) => {
    const prefix = prefixOf(network);
    return addressesOf(prefix, nested.map(prefixOf)).map((number) => showAddress({ family: prefix.family, number }));
  };

  it("is every address that can be given, and none of what is nested", () => {
    expect(asked("10.1.2.0/29", ["10.1.2.4/31"])).toEqual(["10.1.2.1", "10.1.2.2", "10.1.2.3", "10.1.2.6"]);
    expect(asked("10.1.2.0/31")).toEqual(["10.1.2.0", "10.1.2.1"]);
    expect(asked("10.0.0.0/16")).toHaveLength(65_534);
  });

  it.each([
    ["10.0.0.0/16", [], false],
    ["10.0.0.0/15", [], true],
    ["10.0.0.0/15", ["10.1.0.0/16"], false],
    ["2001:db8::/112", [], false],
    ["2001:db8::/64", [], true],
  ])("of %s without %j is not all where that would take too long", (network, nested, isToo) => {
    expect(isTooLarge(prefixOf(network), nested.map(prefixOf))).toBe(isToo);
  });
});
