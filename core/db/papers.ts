import { sql } from "kysely";
import type { PaperContent } from "./paper-content.ts";
import type { Db, Tx } from "./tables.ts";

/** A paper that the worker makes for somebody; it lies in the file store under its hash. */
export type Paper = PaperContent & {
  id: number;
  personId: number;
  state: "waiting" | "stored" | "failed";
  sha256: string | null;
};

function selectPapers(db: Db) {
  return db
    .selectFrom("paper")
    .select(["id", "person_id as personId", "kind", "details", "state", "sha256"])
    .$castTo<Paper>();
}

export function findPaper(db: Db, id: number): Promise<Paper | undefined> {
  return selectPapers(db).where("id", "=", id).executeTakeFirst();
}

/** What became of a paper is recorded by one at a time. */
export function lockPaper(tx: Tx, id: number): Promise<Paper | undefined> {
  return selectPapers(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

export async function insertPaper(tx: Tx, paper: PaperContent & { personId: number; now: Date }): Promise<number> {
  const { id } = await tx
    .insertInto("paper")
    .values({
      person_id: paper.personId,
      kind: paper.kind,
      details: JSON.stringify(paper.details),
      asked_at: paper.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Whether that person has asked for the very same since then. */
export async function isAskedSince(
  db: Db,
  { personId, kind, details }: PaperContent & { personId: number },
  since: Date,
): Promise<boolean> {
  const row = await db
    .selectFrom("paper")
    .select("id")
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .where(sql<boolean>`details = ${JSON.stringify(details)}::jsonb`)
    .where("asked_at", ">", since)
    .where("state", "!=", "failed")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updatePaper(tx: Tx, id: number, changes: Pick<Paper, "state" | "sha256">): Promise<void> {
  await tx.updateTable("paper").set(changes).where("id", "=", id).execute();
}

export async function deletePapersBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("paper").where("asked_at", "<", date).execute();
}
