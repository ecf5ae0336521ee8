import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress, showAddress, widthOf } from "../../../../core/domain/ipam/address.ts";
import { addresses } from "./arbitraries.ts";

describe("an address", () => {
  it.each([
    ["10.1.2.3", "10.1.2.3"],
    [" 10.1.2.3 ", "10.1.2.3"],
    ["0.0.0.0", "0.0.0.0"],
    ["255.255.255.255", "255.255.255.255"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["::", "::"],
    ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
  ])("is read: %s", (entered, shown) => {
    const parsed = parseAddress(entered);
    expect(parsed.ok && showAddress(parsed.value)).toBe(shown);
  });

  it.each<[string, string, Record<string, string>]>([
    ["999.1.1.1", "address-part-too-large", { part: "999" }],
    ["10.1.2.256", "address-part-too-large", { part: "256" }],
    ["010.1.2.3", "address-leading-zero", {}],
    ["::ffff:10.1.2.3", "address-mapped", { meant: "10.1.2.3" }],
    ["::FFFF:0a01:0203", "address-mapped", { meant: "10.1.2.3" }],
    ["10.1.2.3/24", "address-with-length", {}],
    ["10.1.2", "address-unreadable", {}],
    ["10.1.2.3.4", "address-unreadable", {}],
    ["10.1.2.x", "address-unreadable", {}],
    ["0x0a.1.2.3", "address-unreadable", {}],
    ["167838211", "address-unreadable", {}],
    ["10.1.2.-3", "address-unreadable", {}],
    ["fe80::1%eth0", "address-unreadable", {}],
    ["2001:db8::1::2", "address-unreadable", {}],
    ["[2001:db8::1]", "address-unreadable", {}],
    ["१०.१.२.३", "address-unreadable", {}],
    ["", "address-unreadable", {}],
  ])("is refused: %s", (entered, code, values) => {
    expect(parseAddress(entered)).toEqual({ ok: false, refusal: { code, values } });
  });

  it("comes back from its number as it was", () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const shown = showAddress(address);
        const isMapped = address.family === 6 && address.number >> 32n === 0xffffn;
        if (isMapped) return;
        expect(parseAddress(shown)).toEqual({ ok: true, value: address });
        expect(address.number < 1n << BigInt(widthOf[address.family])).toBe(true);
      }),
    );
  });

  it("is never a fault, whatever is typed", () => {
    const alphabet = fc.constantFrom(..."0123456789abcdef.:/%- x");
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: alphabet, maxLength: 45 })), (entered) => {
        const parsed = parseAddress(entered);
        if (parsed.ok) expect(parseAddress(showAddress(parsed.value))).toEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });
});
