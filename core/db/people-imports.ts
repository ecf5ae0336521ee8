import type { Refusal } from "../domain/outcome.ts";
import type { CheckedFile, LineProblem, ReadyLine } from "../domain/people/people-file.ts";
import type { Db, Tx } from "./tables.ts";

/** A list of people from the file to the import. */
export type PeopleImport = {
  id: number;
  /** The administrator who sent it. */
  personId: number;
  attachmentId: number;
  state: "reading" | "checked" | "refused" | "imported" | "discarded";
  ready: ReadyLine[];
  known: number[];
  problems: LineProblem[];
  refusal: Refusal | null;
  imported: number | null;
  endedAt: Date | null;
};

function selectImports(db: Db) {
  return db
    .selectFrom("people_import")
    .select([
      "id",
      "person_id as personId",
      "attachment_id as attachmentId",
      "state",
      "ready",
      "known",
      "problems",
      "refusal",
      "imported",
      "ended_at as endedAt",
    ]);
}

export function findImport(db: Db, id: number): Promise<PeopleImport | undefined> {
  return selectImports(db).where("id", "=", id).executeTakeFirst();
}

/** One decision at a time. */
export function lockImport(tx: Tx, id: number): Promise<PeopleImport | undefined> {
  return selectImports(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

export function findImportOfFile(db: Db, attachmentId: number): Promise<PeopleImport | undefined> {
  return selectImports(db).where("attachment_id", "=", attachmentId).executeTakeFirst();
}

export async function insertImport(
  tx: Tx,
  row: { personId: number; attachmentId: number; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("people_import")
    .values({ person_id: row.personId, attachment_id: row.attachmentId, sent_at: row.now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function saveChecked(tx: Tx, id: number, { ready, known, problems }: CheckedFile): Promise<void> {
  await tx
    .updateTable("people_import")
    .set({
      state: "checked",
      ready: JSON.stringify(ready),
      known: JSON.stringify(known),
      problems: JSON.stringify(problems),
    })
    .where("id", "=", id)
    .execute();
}

export async function saveRefused(tx: Tx, id: number, refusal: Refusal, now: Date): Promise<void> {
  await tx
    .updateTable("people_import")
    .set({ state: "refused", refusal: JSON.stringify(refusal), ended_at: now })
    .where("id", "=", id)
    .execute();
}

/** What was imported is in the register now; the lines themselves are forgotten. */
export async function saveImported(
  tx: Tx,
  id: number,
  result: { imported: number; known: readonly number[]; problems: readonly LineProblem[]; now: Date },
): Promise<void> {
  await tx
    .updateTable("people_import")
    .set({
      state: "imported",
      ready: "[]",
      known: JSON.stringify(result.known),
      problems: JSON.stringify(result.problems),
      imported: result.imported,
      ended_at: result.now,
    })
    .where("id", "=", id)
    .execute();
}

export async function saveDiscarded(tx: Tx, id: number, now: Date): Promise<void> {
  await tx
    .updateTable("people_import")
    .set({ state: "discarded", ready: "[]", ended_at: now })
    .where("id", "=", id)
    .execute();
}

export async function deleteImportsBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("people_import").where("sent_at", "<", date).execute();
}
