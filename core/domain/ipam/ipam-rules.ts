import { dayInMilliseconds } from "../durations.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { type Address, showAddress } from "./address.ts";
import type { PresentRange } from "./address-range.ts";
import { contains, type Prefix, showPrefix, usableOf } from "./prefix.ts";
import { isWithin, overlaps, type Range } from "./ranges.ts";

/** Infrastructure sets addresses (L IV.1); administrators help out. */
export function mayManageAddresses(person: Person): boolean {
  return hasRole(person, "infrastructure") || hasRole(person, "administrator");
}

export function refusalOfManaging(person: Person): Outcome {
  return mayManageAddresses(person) ? accept() : refuse("not-your-role", { role: "infrastructure" });
}

/** Until when nobody gets an address, or a name, that is given back now: routes and firewalls still mean who had it. */
export function quarantineEnd(now: Date, { addressQuarantineDays }: { addressQuarantineDays: number }): Date {
  return new Date(now.getTime() + addressQuarantineDays * dayInMilliseconds);
}

/**
 * Whether an address that somebody wishes can be given out of that prefix.
 *
 * @param range in which it is now; undefined where it is in none, since nobody can have it
 */
export function refusalOfTaking(
  prefix: Prefix,
  prefixId: number,
  address: Address,
  range: PresentRange | undefined,
): Outcome {
  const { number } = address;
  const shown = showAddress(address);
  const inside = refusalOfOutside(prefix, address);
  if (!inside.ok) return inside;
  if (range === undefined) return refuse(edgeOf(prefix, number), { address: shown, example: exampleOf(prefix) });
  if (range.prefixId !== prefixId) return refuse("address-in-nested", { address: shown, prefixId: range.prefixId });
  if (range.kind === "free") return accept();
  return refuse(`address-${range.kind}`, { address: shown, rangeId: range.id, example: exampleOf(prefix) });
}

/** Whether an address is one of that prefix, or of a prefix that is nested in it. */
export function refusalOfOutside(prefix: Prefix, address: Address): Outcome {
  const { family, number } = address;
  if (contains(prefix, { family, first: number, last: number })) return accept();
  return refuse("address-outside", {
    address: showAddress(address),
    prefix: showPrefix(prefix),
    example: exampleOf(prefix),
  });
}

/** What nobody gets at the end, or at the beginning, of a prefix or of one that is nested in it. */
function edgeOf(prefix: Prefix, number: bigint): string {
  if (number === prefix.first) return "address-is-network";
  return number === prefix.last ? "address-is-broadcast" : "address-is-nested-edge";
}

/** An address of that prefix as an example of a right one: the tenth, or the last where there are fewer. */
export function exampleOf(prefix: Prefix): string {
  const { first, last } = usableOf(prefix);
  const tenth = first + 9n;
  return showAddress({ family: prefix.family, number: tenth < last ? tenth : last });
}

/**
 * Whether a new prefix fits in its zone. Two prefixes either lie apart or one lies in the other, so only the same one
 * is in the way, and what its future parent has given or kept free.
 *
 * @param known prefixes of the zone
 * @param inTheWay ranges of its parent that are not free and lie in it, at least in part, the first ones
 */
export function refusalOfAdding(
  prefix: Prefix,
  known: readonly (Prefix & { id: number })[],
  inTheWay: readonly PresentRange[],
): Outcome {
  const same = known.find(({ family, first, last }) => {
    return family === prefix.family && first === prefix.first && last === prefix.last;
  });
  if (same !== undefined) return refuse("prefix-known", { prefix: showPrefix(prefix) });
  const usable = usableOf(prefix);
  for (const range of inTheWay) {
    if (isWithin(range, usable)) continue;
    const address = showAddress({ family: prefix.family, number: range.first });
    if (range.kind === "kept-free") return refuse("prefix-cuts-kept-range", { prefix: showPrefix(prefix), address });
    return refuse("prefix-edge-taken", { prefix: showPrefix(prefix), address });
  }
  return accept();
}

/**
 * Whether a range can be kept free: within one prefix, where nothing is given.
 *
 * @param present the ranges that it touches
 */
export function refusalOfKeeping(
  prefix: Prefix,
  prefixId: number,
  range: Range & Pick<Prefix, "family">,
  present: readonly PresentRange[],
): Outcome {
  const show = (number: bigint) => showAddress({ family: range.family, number });
  const usable = usableOf(prefix);
  if (range.family !== prefix.family || !isWithin(range, usable)) {
    const { family } = prefix;
    return refuse("range-outside", {
      prefix: showPrefix(prefix),
      first: showAddress({ family, number: usable.first }),
      last: showAddress({ family, number: usable.last }),
    });
  }
  const inTheWay = present.find((each) => each.kind !== "free" && each.prefixId === prefixId && overlaps(each, range));
  if (inTheWay !== undefined) {
    return refuse(inTheWay.kind === "kept-free" ? "range-kept-already" : "range-taken", {
      address: show(inTheWay.first > range.first ? inTheWay.first : range.first),
    });
  }
  const covers = present.some((each) => each.kind === "free" && each.prefixId === prefixId && isWithin(range, each));
  return covers ? accept() : refuse("range-in-nested", { prefix: showPrefix(prefix) });
}
