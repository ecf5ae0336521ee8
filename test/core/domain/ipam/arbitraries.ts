import fc from "fast-check";
import { type Address, type Family, widthOf } from "../../../../core/domain/ipam/address.ts";
import { type Prefix, prefixAround } from "../../../../core/domain/ipam/prefix.ts";
import type { Range } from "../../../../core/domain/ipam/ranges.ts";

const families = fc.constantFrom<Family>(4, 6);

export const addresses: fc.Arbitrary<Address> = families.chain((family) =>
  fc.bigInt({ min: 0n, max: (1n << BigInt(widthOf[family])) - 1n }).map((number) => ({ family, number })),
);

export const prefixes: fc.Arbitrary<Prefix> = addresses.chain((address) =>
  fc.integer({ min: 1, max: widthOf[address.family] }).map((length) => prefixAround(address, length)),
);

/** Small numbers, so that ranges meet each other often. */
export const ranges: fc.Arbitrary<Range> = fc
  .tuple(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 20n }))
  .map(([first, more]) => ({ first, last: first + more }));
