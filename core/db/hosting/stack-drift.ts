import type { Drift } from "../../domain/hosting/drift.ts";
import type { Db, Tx } from "../tables.ts";

/** Something that differs from what was built, and between which two looks it came about. */
export type FoundDrift = Drift & { id: number; after: Date | null; foundAt: Date };

/** What differs now, as far as the last look knows. */
export async function listDrift(db: Db, stack: string): Promise<FoundDrift[]> {
  const rows = await db
    .selectFrom("stack_drift")
    .select(["id", "kind", "name", "property", "built", "present", "after", "found_at as foundAt"])
    .where("stack", "=", stack)
    .where("ended_at", "is", null)
    .orderBy("kind")
    .orderBy("name")
    .orderBy("property")
    .execute();
  return rows.map(({ built, present, ...same }) => ({
    ...same,
    ...(built === null ? {} : { from: built }),
    ...(present === null ? {} : { to: present }),
  }));
}

/** @param look when it was found, and when it was looked for in vain last */
export async function insertDrift(
  tx: Tx,
  stack: string,
  found: readonly Drift[],
  { after, now }: { after: Date | null; now: Date },
): Promise<void> {
  if (found.length === 0) return;
  const rows = found.map(({ kind, name, property, from = null, to = null }) => ({
    ...{ stack, kind, name, property, built: from, present: to, after, found_at: now },
  }));
  await tx.insertInto("stack_drift").values(rows).execute();
}

/** It is not found any more. */
export async function endDrift(tx: Tx, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.updateTable("stack_drift").set({ ended_at: now }).where("id", "in", ids).execute();
}
