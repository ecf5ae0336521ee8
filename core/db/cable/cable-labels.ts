import type { Db, Tx } from "../tables.ts";

/** A code that a cable had before. */
export type FormerLabel = { code: string; since: Date; endedAt: Date };

/** The latest first. @param before the label that is shown by itself */
export function listFormerLabels(db: Db, cableId: number, before: number, limit: number): Promise<FormerLabel[]> {
  return db
    .selectFrom("cable_label")
    .select(["code", "since", "ended_at as endedAt"])
    .where("cable_id", "=", cableId)
    .where("id", "<", before)
    .where("ended_at", "is not", null)
    .$narrowType<{ endedAt: Date }>()
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** A code that is on a cable now, and on which one. */
export function findPresentCodes(db: Db, codes: readonly string[]): Promise<{ code: string; cableId: number }[]> {
  return db
    .selectFrom("cable_label")
    .select(["code", "cable_id as cableId"])
    .where("code", "in", codes)
    .where("ended_at", "is", null)
    .execute();
}

/** All codes that are on cables now. */
export async function listPresentCodes(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("cable_label").select("code").where("ended_at", "is", null).execute();
  return rows.map(({ code }) => code);
}

/** @returns false where another cable has that code */
export async function insertLabel(tx: Tx, label: { cableId: number; code: string; now: Date }): Promise<boolean> {
  const row = await tx
    .insertInto("cable_label")
    .values({ cable_id: label.cableId, code: label.code, since: label.now })
    .onConflict((conflict) => conflict.column("code").where("ended_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function endLabels(tx: Tx, cableIds: readonly number[], now: Date): Promise<void> {
  await tx
    .updateTable("cable_label")
    .set({ ended_at: now })
    .where("cable_id", "in", cableIds)
    .where("ended_at", "is", null)
    .execute();
}

/** Of those that have not ended since the sheet was asked for. */
export async function markPrinted(tx: Tx, labelIds: readonly number[], now: Date): Promise<void> {
  await tx
    .updateTable("cable_label")
    .set({ printed_at: now })
    .where("id", "in", labelIds)
    .where("ended_at", "is", null)
    .execute();
}

/** What goes on a sheet: cables whose labels have not ended since it was asked for. */
export async function listCablesOfLabels(db: Db, labelIds: readonly number[]): Promise<number[]> {
  const rows = await db
    .selectFrom("cable_label")
    .select("cable_id")
    .where("id", "in", labelIds)
    .where("ended_at", "is", null)
    .orderBy("id")
    .execute();
  return rows.map((row) => row.cable_id);
}

/** Present labels that nobody has printed, the oldest first; those of one ticket's cables, or of one cable, printed or not. */
export async function listLabelsToPrint(
  db: Db,
  which: { unprinted: true } | { ticketId: number } | { cableId: number },
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("cable_label")
    .innerJoin("cable", "cable.id", "cable_label.cable_id")
    .select("cable_label.id")
    .where("cable_label.ended_at", "is", null)
    .$if("unprinted" in which, (query) => query.where("cable_label.printed_at", "is", null))
    .$if("ticketId" in which, (query) => query.where("cable.ticket_id", "=", "ticketId" in which ? which.ticketId : 0))
    .$if("cableId" in which, (query) => query.where("cable.id", "=", "cableId" in which ? which.cableId : 0))
    .orderBy("cable_label.id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
