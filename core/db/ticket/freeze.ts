import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Freeze } from "../../domain/ticket/freeze-rules.ts";
import { describeFault } from "../fault.ts";
import { lockKey } from "../locks.ts";
import type { Db, Tx } from "../tables.ts";

/**
 * Whether updates and approvals stand still. The read stands in a savepoint, so that where it fails the transaction goes
 * on and can say so: what cannot be read counts as set, and nothing is approved.
 */
export async function readFreeze(db: Db): Promise<Freeze> {
  if (db.isTransaction) await sql`savepoint reading_freeze`.execute(db);
  try {
    const freeze = await findLast(db);
    if (db.isTransaction) await sql`release savepoint reading_freeze`.execute(db);
    return freeze;
  } catch (fault) {
    if (db.isTransaction) await sql`rollback to savepoint reading_freeze`.execute(db);
    const reference = `P-${randomBytes(4).toString("hex")}`;
    return { state: "unreadable", reference, fault: describeFault(fault) };
  }
}

async function findLast(db: Db): Promise<Freeze> {
  const last = await db
    .selectFrom("update_freeze")
    .innerJoin("person", "person.id", "update_freeze.person_id")
    .select([
      "update_freeze.kind",
      "update_freeze.at",
      "update_freeze.reason",
      "person.id as personId",
      "person.name as personName",
    ])
    .orderBy("update_freeze.id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return { state: "lifted", at: null };
  const { kind, at, reason, personId, personName } = last;
  return kind === "lifted" ? { state: "lifted", at } : { state: "set", at, personId, personName, reason };
}

/** One row: set or lifted, by whom, why, and when. */
export function findFreezeRow(db: Db, id: number) {
  return db
    .selectFrom("update_freeze")
    .innerJoin("person", "person.id", "update_freeze.person_id")
    .select(["update_freeze.kind", "update_freeze.at", "update_freeze.reason", "person.name as personName"])
    .where("update_freeze.id", "=", id)
    .executeTakeFirst();
}

export async function insertFreezeRow(
  tx: Tx,
  row: { kind: "set" | "lifted"; personId: number; reason: string; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("update_freeze")
    .values({ kind: row.kind, person_id: row.personId, reason: row.reason, at: row.now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Held to the end of the transaction by whoever approves, shared, and by whoever sets or lifts the freeze, alone: once
 * it is announced nothing is approved any more.
 */
export async function holdFreeze(tx: Tx, { alone }: { alone: boolean }): Promise<void> {
  const key = lockKey("freeze");
  if (alone) await sql`select pg_advisory_xact_lock(${key})`.execute(tx);
  else await sql`select pg_advisory_xact_lock_shared(${key})`.execute(tx);
}
