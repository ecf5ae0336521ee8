import type { Selectable } from "kysely";
import type { StackPlan } from "../../domain/hosting/application.ts";
import type { Db, Tx } from "../tables.ts";
import type { HostingTables } from "./hosting-tables.ts";

export async function insertPlan(tx: Tx, plan: Omit<StackPlan, "id">): Promise<number> {
  const { hashes, changes, steps } = plan;
  const { id } = await tx
    .insertInto("stack_plan")
    .values({
      stack: plan.stack,
      ticket_id: plan.ticketId,
      input: plan.input,
      inputs_hash: hashes.inputs,
      preview_hash: hashes.preview,
      program_hash: hashes.program,
      state_hash: hashes.state,
      image_id: plan.imageId,
      changes: JSON.stringify(changes),
      steps: JSON.stringify(steps),
      is_host_prepared: plan.isHostPrepared ?? null,
      made_at: plan.madeAt,
      expires_at: plan.expiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** The newest of a ticket for that stack; any before it counts no more. */
export async function findLatestPlan(
  db: Db,
  { ticketId, stack }: { ticketId: number; stack: string },
): Promise<StackPlan | undefined> {
  const row = await db
    .selectFrom("stack_plan")
    .selectAll()
    .where("ticket_id", "=", ticketId)
    .where("stack", "=", stack)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && toPlan(row);
}

function toPlan(row: Selectable<HostingTables["stack_plan"]>): StackPlan {
  return {
    id: row.id,
    stack: row.stack,
    ticketId: row.ticket_id,
    input: row.input,
    imageId: row.image_id,
    hashes: {
      preview: row.preview_hash,
      program: row.program_hash,
      inputs: row.inputs_hash,
      state: row.state_hash,
    },
    changes: row.changes,
    steps: row.steps,
    isHostPrepared: row.is_host_prepared ?? undefined,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
  };
}
