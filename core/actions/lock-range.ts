import { findTakenRange, type StoredRange } from "../db/address-ranges.ts";
import { lockPrefix, type StoredPrefix } from "../db/prefixes.ts";
import type { Tx } from "../db/tables.ts";

/**
 * A range that is not free and has not ended, with its prefix, which is locked: whoever changes a range holds the lock of
 * its prefix. While that was waited for, a nested prefix may have taken the range over; then that one is locked.
 */
export async function lockRange(
  tx: Tx,
  rangeId: number,
): Promise<{ range: StoredRange; prefix: StoredPrefix } | undefined> {
  for (let seen = await findTakenRange(tx, rangeId); seen !== undefined; ) {
    const prefix = await lockPrefix(tx, seen.prefixId);
    const range = await findTakenRange(tx, rangeId);
    if (prefix === undefined || range === undefined) return undefined;
    if (range.prefixId === prefix.id) return { range, prefix };
    seen = range;
  }
  return undefined;
}
