import type { Db, Tx } from "../tables.ts";

/** A state of Pulumi's that somebody else wrote, and between which two looks. */
export type ForeignState = { id: number; stack: string; after: Date | null; foundAt: Date };

function selectForeign(db: Db) {
  return db
    .selectFrom("foreign_state")
    .select(["foreign_state.id", "foreign_state.stack", "after", "found_at as foundAt"]);
}

/** @returns its id; undefined: it was found before */
export async function insertForeignState(
  tx: Tx,
  { stack, stateHash, after, now }: { stack: string; stateHash: string; after: Date | null; now: Date },
): Promise<number | undefined> {
  const row = await tx
    .insertInto("foreign_state")
    .values({ stack, state_hash: stateHash, after, found_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export function findForeignState(db: Db, id: number): Promise<ForeignState | undefined> {
  return selectForeign(db).where("id", "=", id).executeTakeFirst();
}

/** Since the stack was last as it was approved, newest first. */
export function listForeignStates(db: Db, stack: string): Promise<ForeignState[]> {
  return selectForeign(db)
    .innerJoin("stack", "stack.name", "foreign_state.stack")
    .where("stack.name", "=", stack)
    .where((where) =>
      where.or([where("as_approved_at", "is", null), where("found_at", ">", where.ref("as_approved_at"))]),
    )
    .orderBy("foreign_state.id", "desc")
    .execute();
}
