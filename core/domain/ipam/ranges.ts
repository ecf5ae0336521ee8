/** From the first to the last address, both within, as numbers of one family. */
export type Range = { first: bigint; last: bigint };

export function sizeOf({ first, last }: Range): bigint {
  return last - first + 1n;
}

export function isWithin(inner: Range, outer: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** What both have. */
export function intersection(one: Range, other: Range): Range | undefined {
  const first = one.first > other.first ? one.first : other.first;
  const last = one.last < other.last ? one.last : other.last;
  return first <= last ? { first, last } : undefined;
}

/**
 * What is left of a range, in order.
 *
 * @param taken in any order; they may overlap each other and reach out of the range
 */
export function subtract(range: Range, taken: readonly Range[]): Range[] {
  const left: Range[] = [];
  let { first } = range;
  for (const each of taken.filter((other) => overlaps(range, other)).sort(byFirst)) {
    if (each.first > first) left.push({ first, last: each.first - 1n });
    if (each.last >= first) first = each.last + 1n;
  }
  if (first <= range.last) left.push({ first, last: range.last });
  return left;
}

/** The same addresses in as few ranges as possible, in order; the ranges do not overlap. */
export function join(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { first, last } of ranges.toSorted(byFirst)) {
    const before = joined.at(-1);
    if (before !== undefined && before.last + 1n === first) before.last = last;
    else joined.push({ first, last });
  }
  return joined;
}

function byFirst(one: Range, other: Range): number {
  return one.first < other.first ? -1 : Number(one.first > other.first);
}
