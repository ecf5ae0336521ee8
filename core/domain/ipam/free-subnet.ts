import { type Prefix, prefixAround } from "./prefix.ts";
import { overlaps, type Range } from "./ranges.ts";

/** The first network of that length in a prefix in which nothing is. @param taken in any order */
export function findFreeSubnet(parent: Prefix, length: number, taken: readonly Range[]): Prefix | undefined {
  const { family, last } = parent;
  let number = parent.first;
  while (number <= last) {
    const subnet = prefixAround({ family, number }, length);
    const inTheWay = taken.filter((each) => overlaps(each, subnet));
    if (inTheWay.length === 0) return subnet.last <= last ? subnet : undefined;
    // On with the next after whatever reaches farthest.
    const end = inTheWay.reduce((farthest, each) => (each.last > farthest ? each.last : farthest), subnet.last);
    number = prefixAround({ family, number: end }, length).last + 1n;
  }
  return undefined;
}
