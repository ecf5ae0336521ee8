import type { Alert, Ending } from "../../domain/monitoring/announce.ts";
import type { Outage } from "../../domain/monitoring/outage.ts";
import type { Db, Tx } from "../tables.ts";

/** One message for one cause, with what became of it. */
export type StoredAlert = Alert & {
  id: number;
  acknowledgedBy: number | null;
  acknowledgedAt: Date | null;
  /** who works on the ticket of what is down */
  workedBy: number | null;
  /** how many were sent */
  reminders: number;
  ending: Ending | null;
  endedAt: Date | null;
};

function selectAlerts(db: Db) {
  return db
    .selectFrom("monitor_alert")
    .select(["id", "key", "kind", "root_id as rootId", "children", "since", "told_at as toldAt"])
    .select(["acknowledged_by as acknowledgedBy", "acknowledged_at as acknowledgedAt", "reminders"])
    .select(["ending", "ended_at as endedAt", "flipped_at as flippedAt"])
    .select(({ selectFrom }) =>
      selectFrom("ticket")
        .innerJoin("outage", "outage.id", "ticket.outage_id")
        .select("ticket.assignee_id")
        .whereRef("outage.target_id", "=", "monitor_alert.root_id")
        .where("ticket.ended_at", "is", null)
        .orderBy("ticket.id", "desc")
        .limit(1)
        .as("workedBy"),
    );
}

function toAlert(row: Omit<StoredAlert, "isAcknowledged">): StoredAlert {
  return { ...row, isAcknowledged: row.acknowledgedBy !== null || row.workedBy !== null };
}

/** Those that are not over, in the order in which they were told. */
export async function listStandingAlerts(db: Db): Promise<StoredAlert[]> {
  const rows = await selectAlerts(db).where("ended_at", "is", null).orderBy("id").execute();
  return rows.map(toAlert);
}

/** What was told of a target while an outage of it lasted. */
export async function listAlertsOf(
  db: Db,
  { targetId, startedAt, endedAt }: Pick<Outage, "targetId" | "startedAt" | "endedAt">,
): Promise<StoredAlert[]> {
  const rows = await selectAlerts(db)
    .where("root_id", "=", targetId)
    .$if(endedAt !== null, (all) => all.where("since", "<=", endedAt))
    .where((where) => where.or([where("ended_at", "is", null), where("ended_at", ">=", startedAt)]))
    .orderBy("id")
    .execute();
  return rows.map(toAlert);
}

export async function findAlert(db: Db, id: number): Promise<StoredAlert | undefined> {
  const row = await selectAlerts(db).where("id", "=", id).executeTakeFirst();
  return row && toAlert(row);
}

export async function lockAlert(tx: Tx, id: number): Promise<StoredAlert | undefined> {
  const row = await selectAlerts(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && toAlert(row);
}

export async function insertAlert(
  tx: Tx,
  { key, kind, rootId, children, since, toldAt, flippedAt }: Omit<Alert, "isAcknowledged">,
): Promise<number> {
  const { id } = await tx
    .insertInto("monitor_alert")
    .values({ key, kind, root_id: rootId, children: [...children], since, told_at: toldAt, flipped_at: flippedAt })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateAlert(
  tx: Tx,
  id: number,
  {
    kind,
    children,
    toldAt,
    flippedAt,
    reminders,
  }: Pick<StoredAlert, "kind" | "children" | "toldAt" | "flippedAt" | "reminders">,
): Promise<void> {
  await tx
    .updateTable("monitor_alert")
    .set({ kind, children: [...children], told_at: toldAt, flipped_at: flippedAt, reminders })
    .where("id", "=", id)
    .execute();
}

export async function endAlert(tx: Tx, id: number, ending: Ending, endedAt: Date): Promise<void> {
  await tx.updateTable("monitor_alert").set({ ending, ended_at: endedAt }).where("id", "=", id).execute();
}

export async function acknowledgeAlert(tx: Tx, id: number, by: { personId: number; now: Date }): Promise<void> {
  await tx
    .updateTable("monitor_alert")
    .set({ acknowledged_by: by.personId, acknowledged_at: by.now })
    .where("id", "=", id)
    .execute();
}
