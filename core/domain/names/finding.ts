import type { Address } from "../ipam/address.ts";
import { contains, type Prefix } from "../ipam/prefix.ts";

/** Where a name in use was seen to lead. A flag is what is not as registered. */
export type Finding = "as-registered" | "unresolved" | "elsewhere" | "differs";

/** What was asked for, and what the register knows. */
export type Seen = {
  /** What the resolver answered; none: the name does not resolve. */
  addresses: readonly Address[];
  /** What the name leads to by the register, over aliases; none: nothing that the register could know. */
  registered: readonly Address[];
  /** It is stated that it is hosted elsewhere, and why. */
  isElsewhere: boolean;
};

/**
 * Whether a name leads where it should: into the office's place, which is the prefixes of the register, unless it is stated
 * why it does not.
 *
 * source: C 13(9), C 15(6), L 11(2)
 */
export function findingOf({ addresses, registered, isElsewhere }: Seen, prefixes: readonly Prefix[]): Finding {
  if (addresses.length === 0) return "unresolved";
  if (!isElsewhere && addresses.some((address) => !prefixes.some((prefix) => contains(prefix, spanOf(address))))) {
    return "elsewhere";
  }
  const isRegistered = (address: Address) =>
    registered.some(({ family, number }) => family === address.family && number === address.number);
  return registered.length > 0 && !addresses.every(isRegistered) ? "differs" : "as-registered";
}

function spanOf({ family, number }: Address) {
  return { family, first: number, last: number };
}
