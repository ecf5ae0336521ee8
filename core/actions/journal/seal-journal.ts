import { findHead, insertSealed, listUnsealed } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { hashOf, type SealedRow } from "../../domain/journal/chain.ts";

/** As many rows at once as take a moment. */
const batch = 500;

/**
 * Seals what was committed since the last time. Only one may do it at a time; two would be refused by the chain's
 * unique numbers.
 *
 * @returns how many rows were sealed
 */
export async function sealJournal(tx: Tx): Promise<number> {
  const head = await findHead(tx);
  const sealed: SealedRow[] = [];
  for (const content of await listUnsealed(tx, batch)) {
    const former = sealed.at(-1) ?? head;
    const row = { ...content, number: former.number + 1 };
    sealed.push({ ...row, hash: hashOf(former.hash, row) });
  }
  await insertSealed(tx, sealed);
  return sealed.length;
}
