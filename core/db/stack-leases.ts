import { sql } from "kysely";
import type { Db } from "./tables.ts";

/** Takes a stack for that long, or goes on holding it. @returns false: somebody else holds it */
export async function holdStack(
  db: Db,
  { stack, holder, seconds }: { stack: string; holder: string; seconds: number },
): Promise<boolean> {
  // By the database's clock: several workers may have several.
  const { rows } = await sql<{ stack: string }>`
    insert into stack_lease as lease (stack, holder, until)
    values (${stack}, ${holder}, now() + ${seconds} * interval '1 second')
    on conflict (stack) do update set holder = excluded.holder, until = excluded.until
      where lease.holder = excluded.holder or lease.until < now()
    returning stack`.execute(db);
  return rows.length > 0;
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
