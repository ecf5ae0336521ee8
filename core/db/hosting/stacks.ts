import type { Wanted } from "../../domain/hosting/wanted.ts";
import type { Db, Tx } from "../tables.ts";

/** Where there is none of that name yet, or only what was removed; it may be built somewhere else than that was. */
export async function insertStack(tx: Tx, { name, target }: { name: string; target: string }): Promise<void> {
  await tx
    .insertInto("stack")
    .values({ name, target })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet({
        ...{ target, begun_plan_id: null, built_plan_id: null, state_hash: null, state_hash_at: null },
        ...{ as_approved_at: null, writing_since: null, checked_at: null, check_problem: null, check_failed_at: null },
      }),
    )
    .execute();
}

/** Its host begins to be changed by that plan. */
export async function markBegun(tx: Tx, stack: string, planId: number): Promise<void> {
  await tx.updateTable("stack").set({ begun_plan_id: planId }).where("name", "=", stack).execute();
}

/** Nothing of it stands on its host. */
export async function markCleared(tx: Tx, stack: string): Promise<void> {
  await tx.updateTable("stack").set({ begun_plan_id: null }).where("name", "=", stack).execute();
}

/** That plan was carried out to its end: the stack is as it was approved, whatever was begun or changed before. */
export async function markAsApproved(tx: Tx, stack: string, planId: number, now: Date): Promise<void> {
  await tx
    .updateTable("stack")
    .set({ begun_plan_id: planId, built_plan_id: planId, as_approved_at: now })
    .where("name", "=", stack)
    .execute();
}

function selectStacks(db: Db) {
  return db
    .selectFrom("stack")
    .select([
      "name as stack",
      "target",
      "ticket_id as ticketId",
      "begun_plan_id as begunId",
      "built_plan_id as builtId",
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectStacks>["executeTakeFirstOrThrow"]>>;

function toWanted({ stack, target, ticketId, begunId, builtId }: Row): Wanted | undefined {
  if (ticketId === null) return undefined;
  return { stack, ticketId, target, begunPlanId: begunId === builtId ? null : begunId, application: undefined };
}

/** What all of a target share, where that ticket asked for it last. */
export async function findStackOfTicket(db: Db, ticketId: number): Promise<Wanted | undefined> {
  const row = await selectStacks(db).where("ticket_id", "=", ticketId).executeTakeFirst();
  return row && toWanted(row);
}

export async function lockStackOfTicket(tx: Tx, ticketId: number): Promise<Wanted | undefined> {
  const row = await selectStacks(tx).where("ticket_id", "=", ticketId).forUpdate().executeTakeFirst();
  return row && toWanted(row);
}

/** Of what all of a target share: by which ticket it was asked for last, whether it was ever built, and whether a build of it was begun and did not come to its end. */
export async function findPlatform(
  db: Db,
  name: string,
): Promise<{ ticketId: number | null; isBuilt: boolean; isBegun: boolean } | undefined> {
  const row = await selectStacks(db).where("name", "=", name).executeTakeFirst();
  if (row === undefined) return undefined;
  const { ticketId, begunId, builtId } = row;
  return { ticketId, isBuilt: builtId !== null, isBegun: begunId !== null && begunId !== builtId };
}

/** The file by which it was built last; undefined: it never was. */
export async function findBuiltInput(db: Db, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("stack")
    .innerJoin("stack_plan as built", "built.id", "stack.built_plan_id")
    .select("built.input")
    .where("stack.name", "=", name)
    .executeTakeFirst();
  return row?.input;
}

/** @returns the ticket that it was asked for by last; null: by none yet */
export async function lockPlatform(
  tx: Tx,
  { name, target }: { name: string; target: string },
): Promise<{ ticketId: number | null }> {
  await tx
    .insertInto("stack")
    .values({ name, target })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const locked = selectStacks(tx).where("name", "=", name).forUpdate();
  return locked.executeTakeFirstOrThrow();
}

/** A ticket asks for what all of a target share, which is locked, and for no other target's any more; what was built of it stays known. */
export async function askForPlatform(tx: Tx, { name, ticketId }: { name: string; ticketId: number }): Promise<void> {
  await tx.updateTable("stack").set({ ticket_id: null }).where("ticket_id", "=", ticketId).execute();
  await tx.updateTable("stack").set({ ticket_id: ticketId }).where("name", "=", name).execute();
}
