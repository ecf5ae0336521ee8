import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nestedIn, parentOf } from "../../../../core/domain/ipam/nesting.ts";
import {
  contains,
  isPublic,
  ownRangesOf,
  ownSizeOf,
  parsePrefix,
  prefixAround,
  prefixOf,
  showPrefix,
  usableOf,
} from "../../../../core/domain/ipam/prefix.ts";
import { showRange } from "../../../../core/domain/ipam/range-text.ts";
import { overlaps, sizeOf } from "../../../../core/domain/ipam/ranges.ts";
import { prefixes } from "./arbitraries.ts";

describe("a prefix", () => {
  it.each([
    ["10.1.2.0/24", "10.1.2.0/24"],
    [" 10.0.0.0/8 ", "10.0.0.0/8"],
    ["103.10.20.30/32", "103.10.20.30/32"],
    ["2001:DB8::/64", "2001:db8::/64"],
  ])("is read: %s", (entered, shown) => {
    const parsed = parsePrefix(entered);
    expect(parsed.ok && showPrefix(parsed.value)).toBe(shown);
  });

  it.each<[string, string, Record<string, string | number>]>([
    ["10.1.2.3/24", "prefix-host-bits", { meant: "10.1.2.0/24" }],
    ["2001:db8::1/64", "prefix-host-bits", { meant: "2001:db8::/64" }],
    ["10.1.2.0", "prefix-without-length", { address: "10.1.2.0" }],
    ["10.1.2.0/24/24", "prefix-without-length", { address: "10.1.2.0" }],
    ["10.1.2.0/33", "prefix-length", { longest: 32 }],
    ["10.1.2.0/0", "prefix-length", { longest: 32 }],
    ["10.1.2.0/024", "prefix-length", { longest: 32 }],
    ["10.1.2.0/255.255.255.0", "prefix-length", { longest: 32 }],
    ["2001:db8::/129", "prefix-length", { longest: 128 }],
    ["999.1.1.0/24", "address-part-too-large", { part: "999" }],
    ["::ffff:10.1.2.0/120", "address-mapped", { meant: "10.1.2.0" }],
    ["kantor/24", "address-unreadable", {}],
  ])("is refused: %s", (entered, code, values) => {
    expect(parsePrefix(entered)).toEqual({ ok: false, refusal: { code, values } });
  });

  it("comes back from its text as it was", () => {
    fc.assert(
      fc.property(prefixes, (prefix) => {
        expect(prefixOf(showPrefix(prefix))).toEqual(prefix);
      }),
    );
  });

  it.each([
    ["10.1.2.0/24", "10.1.2.1-10.1.2.254"],
    ["10.1.2.0/30", "10.1.2.1-10.1.2.2"],
    ["10.1.2.0/31", "10.1.2.0-10.1.2.1"],
    ["10.1.2.4/32", "10.1.2.4"],
    ["2001:db8::/64", "2001:db8::1-2001:db8::ffff:ffff:ffff:ffff"],
    ["2001:db8::/127", "2001:db8::-2001:db8::1"],
    ["2001:db8::1/128", "2001:db8::1"],
  ])("gives of %s what is usable: %s", (text, usable) => {
    const prefix = prefixOf(text);
    expect(showRange({ family: prefix.family, ...usableOf(prefix) })).toBe(usable);
  });

  it.each([
    ["10.0.0.0/8", false],
    ["192.168.4.0/22", false],
    ["100.64.0.0/10", false],
    ["fd00:10::/32", false],
    ["103.10.20.0/24", true],
    ["2001:df0:1::/48", true],
    ["172.0.0.0/8", true],
  ])("says whether it is public: %s %s", (text, expected) => {
    expect(isPublic(prefixOf(text))).toBe(expected);
  });

  it("gives all that is usable to itself and to what is nested right below it, without overlaps", () => {
    fc.assert(
      fc.property(
        prefixes,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 6 })), { maxLength: 6 }),
        (outer, choices) => {
          const width = outer.family === 4 ? 32 : 128;
          const known = choices.flatMap(([at, more]) => {
            const length = outer.length + more;
            if (length > width) return [];
            const number = outer.first + (BigInt(at) % sizeOf(outer));
            return [prefixAround({ family: outer.family, number }, length)];
          });
          const nested = nestedIn(outer, known).filter((each, index, all) => {
            return all.findIndex((other) => showPrefix(other) === showPrefix(each)) === index;
          });
          const own = ownRangesOf(outer, nested);
          const pieces = [...own, ...nested];
          expect(pieces.every((one, index) => !pieces.slice(index + 1).some((other) => overlaps(one, other)))).toBe(
            true,
          );
          expect(own.every((range) => contains(outer, { ...range, family: outer.family }))).toBe(true);
          expect(own.reduce((sum, range) => sum + sizeOf(range), 0n)).toBe(ownSizeOf(outer, nested));
          for (const each of known) expect(parentOf(each, [outer, ...known])).toBeDefined();
        },
      ),
    );
  });
});
