import type { Role } from "../../domain/people/roles.ts";
import type { Db, Tables, Tx } from "../tables.ts";

export type WorkOrder = { id: number; ordinal: number; holder: Role; issuedAt: Date; closedAt: Date | null };
export type WorkOrderMove = {
  ordinal: number;
  kind: Tables["work_order_move"]["kind"];
  fromRole: Role | null;
  toRole: Role | null;
  /** null: the machine, by a rule of the desk */
  personName: string | null;
  at: Date;
};

function selectWorkOrders(db: Db, ticketId: number) {
  return db
    .selectFrom("work_order")
    .select(["id", "ordinal", "holder", "issued_at as issuedAt", "closed_at as closedAt"])
    .where("ticket_id", "=", ticketId)
    .orderBy("ordinal", "desc");
}

/** The latest one, open or closed. */
export function findLatestWorkOrder(db: Db, ticketId: number): Promise<WorkOrder | undefined> {
  return selectWorkOrders(db, ticketId).limit(1).executeTakeFirst();
}

export function findOpenWorkOrder(db: Db, ticketId: number): Promise<WorkOrder | undefined> {
  return selectWorkOrders(db, ticketId).where("closed_at", "is", null).executeTakeFirst();
}

export async function issueWorkOrder(
  tx: Tx,
  order: { ticketId: number; by: Role; to: Role; personId: number | null; now: Date },
): Promise<number> {
  const latest = await findLatestWorkOrder(tx, order.ticketId);
  const { id } = await tx
    .insertInto("work_order")
    .values({
      ticket_id: order.ticketId,
      ordinal: (latest?.ordinal ?? 0) + 1,
      holder: order.to,
      issued_at: order.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { by, to, personId, now } = order;
  await insertMove(tx, { workOrderId: id, kind: "issued", from: by, to, personId, now });
  return id;
}

export async function passWorkOrder(
  tx: Tx,
  order: WorkOrder,
  move: { kind: "forwarded" | "returned"; to: Role; personId: number | null; now: Date },
): Promise<void> {
  await tx.updateTable("work_order").set({ holder: move.to }).where("id", "=", order.id).execute();
  await insertMove(tx, { workOrderId: order.id, from: order.holder, ...move });
}

export async function closeWorkOrder(
  tx: Tx,
  order: WorkOrder,
  by: { personId: number | null; now: Date },
): Promise<void> {
  await tx.updateTable("work_order").set({ closed_at: by.now }).where("id", "=", order.id).execute();
  await insertMove(tx, { workOrderId: order.id, kind: "closed", from: order.holder, to: null, ...by });
}

/** The work order as it was before a step that is taken back: passed, issued or closed by it. */
export async function restoreWorkOrder(
  tx: Tx,
  ticketId: number,
  before: { id: number; holder: Role } | null,
  by: { personId: number; now: Date },
): Promise<void> {
  const latest = await findLatestWorkOrder(tx, ticketId);
  if (latest === undefined) return;
  if (before === null) {
    if (latest.closedAt !== null) return;
    await tx.updateTable("work_order").set({ closed_at: by.now }).where("id", "=", latest.id).execute();
    await insertMove(tx, { workOrderId: latest.id, kind: "taken-back", from: latest.holder, to: null, ...by });
    return;
  }
  if (latest.closedAt === null && latest.holder === before.holder) return;
  const restored = { holder: before.holder, closed_at: null };
  await tx.updateTable("work_order").set(restored).where("id", "=", before.id).execute();
  await insertMove(tx, { workOrderId: before.id, kind: "taken-back", from: latest.holder, to: before.holder, ...by });
}

async function insertMove(
  tx: Tx,
  move: {
    workOrderId: number;
    kind: WorkOrderMove["kind"];
    from: Role;
    to: Role | null;
    personId: number | null;
    now: Date;
  },
): Promise<void> {
  await tx
    .insertInto("work_order_move")
    .values({
      work_order_id: move.workOrderId,
      kind: move.kind,
      from_role: move.from,
      to_role: move.to,
      person_id: move.personId,
      at: move.now,
    })
    .execute();
}

/** The whole chain, oldest first, for all who may see the ticket (R06). */
export function listMoves(db: Db, ticketId: number): Promise<WorkOrderMove[]> {
  return db
    .selectFrom("work_order_move as move")
    .innerJoin("work_order", "work_order.id", "move.work_order_id")
    .leftJoin("person", "person.id", "move.person_id")
    .select([
      "work_order.ordinal",
      "move.kind",
      "move.from_role as fromRole",
      "move.to_role as toRole",
      "person.name as personName",
      "move.at",
    ])
    .where("work_order.ticket_id", "=", ticketId)
    .orderBy("move.id")
    .execute();
}
