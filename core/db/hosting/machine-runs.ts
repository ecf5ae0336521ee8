import type { MachinePart, MachineRun } from "../../domain/hosting/machine-parts.ts";
import { machineParts } from "../../domain/hosting/machine-parts.ts";
import type { Db, Tx } from "../tables.ts";

/** Refused by the database while one of the ticket is under way. */
export async function insertRun(
  tx: Tx,
  { ticketId, doing, now }: { ticketId: number; doing: string; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("machine_run")
    .values({ ticket_id: ticketId, doing, begun_at: now, ended_at: null, ended_by: null })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** The one that is under way; after its ticket, as everybody locks them. */
export async function lockOpenRun(tx: Tx, ticketId: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom("machine_run")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("ended_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row?.id;
}

export async function findRun(db: Db, id: number): Promise<MachineRun | undefined> {
  const run = await db
    .selectFrom("machine_run")
    .select(["id", "ticket_id as ticketId", "doing", "begun_at as begunAt", "ended_at as endedAt"])
    .select("ended_by as endedBy")
    .where("id", "=", id)
    .executeTakeFirst();
  if (run === undefined) return undefined;
  const parts = await db
    .selectFrom("machine_run_part")
    .select(["part", "begun_at as begunAt", "ended_at as endedAt"])
    .where("run_id", "=", id)
    .execute();
  const placeOf = ({ part }: { part: MachinePart }) => machineParts.indexOf(part);
  return { ...run, parts: parts.toSorted((one, other) => placeOf(one) - placeOf(other)) };
}

/** Begins a part anew, or ends it. */
export async function putPart(
  tx: Tx,
  runId: number,
  { part, isDone, now }: { part: MachinePart; isDone: boolean; now: Date },
): Promise<void> {
  const ended_at = isDone ? now : null;
  await tx
    .insertInto("machine_run_part")
    .values({ run_id: runId, part, begun_at: now, ended_at })
    .onConflict((conflict) =>
      conflict.columns(["run_id", "part"]).doUpdateSet(isDone ? { ended_at } : { begun_at: now, ended_at }),
    )
    .execute();
}

export async function endRun(tx: Tx, id: number, { endedBy, now }: { endedBy: string; now: Date }): Promise<void> {
  await tx.updateTable("machine_run").set({ ended_at: now, ended_by: endedBy }).where("id", "=", id).execute();
}
