import { findTakenRange, type StoredRange } from "../../db/ipam/address-ranges.ts";
import { lockPrefix, type StoredPrefix } from "../../db/ipam/prefixes.ts";
import type { Tx } from "../../db/tables.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";

export type LockedRange = { range: StoredRange; prefix: StoredPrefix };

/**
 * A range that is not free and has not ended, with its prefix, which is locked: whoever changes a range holds the lock of
 * its prefix. While that was waited for, a nested prefix may have taken the range over; then that one is locked.
 */
export async function lockRange(tx: Tx, rangeId: number): Promise<LockedRange | undefined> {
  for (let seen = await findTakenRange(tx, rangeId); seen !== undefined; ) {
    const prefix = await lockPrefix(tx, seen.prefixId);
    const range = await findTakenRange(tx, rangeId);
    if (prefix === undefined || range === undefined) return undefined;
    if (range.prefixId === prefix.id) return { range, prefix };
    seen = range;
  }
  return undefined;
}

/** For somebody who may manage addresses, as long as the range is of these kinds. */
export async function lockRangeAs(
  tx: Tx,
  person: Person,
  rangeId: number,
  kinds: readonly StoredRange["kind"][],
): Promise<Outcome<LockedRange>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const found = await lockRange(tx, rangeId);
  return found !== undefined && kinds.includes(found.range.kind) ? accept(found) : refuse("range-changed");
}
