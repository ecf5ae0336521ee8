import { sql } from "kysely";
import type { Outcome } from "../domain/outcome.ts";
import type { Tx } from "./tables.ts";

/** Of what is refused nothing stays: the transaction goes on as if it had not been tried. */
export async function allOrNothing<Value>(tx: Tx, work: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  await sql`savepoint all_or_nothing`.execute(tx);
  const done = await work();
  if (!done.ok) await sql`rollback to savepoint all_or_nothing`.execute(tx);
  await sql`release savepoint all_or_nothing`.execute(tx);
  return done;
}

/** Of what throws nothing stays, and the transaction goes on. @returns what it threw; undefined: nothing */
export async function faultOf(tx: Tx, work: () => Promise<void>): Promise<unknown> {
  await sql`savepoint fault_of`.execute(tx);
  try {
    await work();
  } catch (fault) {
    await sql`rollback to savepoint fault_of`.execute(tx);
    return fault;
  } finally {
    await sql`release savepoint fault_of`.execute(tx);
  }
  return undefined;
}
