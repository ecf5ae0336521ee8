import { sql } from "kysely";
import type { Db } from "../tables.ts";

/** Takes a stack for that long. @returns false: somebody else holds it */
export async function holdStack(
  db: Db,
  { stack, holder, seconds }: { stack: string; holder: string; seconds: number },
): Promise<boolean> {
  // By the database's clock: several workers may have several.
  const { rows } = await sql<{ stack: string }>`
    insert into stack_lease as lease (stack, holder, until)
    values (${stack}, ${holder}, now() + ${seconds} * interval '1 second')
    on conflict (stack) do update set holder = excluded.holder, until = excluded.until
      where lease.until < now()
    returning stack`.execute(db);
  return rows.length > 0;
}

/**
 * Goes on holding it for that long from now. Never takes it anew: whoever held it meanwhile may have changed all.
 *
 * @returns false: it was another's meanwhile, whether they hold it still or not
 */
export async function renewStack(
  db: Db,
  { stack, holder, seconds }: { stack: string; holder: string; seconds: number },
): Promise<boolean> {
  const renewed = await db
    .updateTable("stack_lease")
    .set({ until: sql<Date>`now() + ${seconds} * interval '1 second'` })
    .where("stack", "=", stack)
    .where("holder", "=", holder)
    .executeTakeFirstOrThrow();
  return renewed.numUpdatedRows > 0n;
}

export async function letStackGo(db: Db, { stack, holder }: { stack: string; holder: string }): Promise<void> {
  await db.deleteFrom("stack_lease").where("stack", "=", stack).where("holder", "=", holder).execute();
}

/** Whether somebody works on it now. */
export async function isStackHeld(db: Db, stack: string): Promise<boolean> {
  const found = await db
    .selectFrom("stack_lease")
    .select("stack")
    .where("stack", "=", stack)
    .where("until", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return found !== undefined;
}
