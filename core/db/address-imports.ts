import type { FileLine } from "../domain/form/csv.ts";
import type { AddressProblem } from "../domain/ipam/address-file.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { Db, Tx } from "./tables.ts";

/** A list of addresses from the file to the import. */
export type AddressImport = {
  id: number;
  /** Who sent it. */
  personId: number;
  attachmentId: number;
  state: "reading" | "checked" | "refused" | "imported" | "discarded";
  ready: FileLine[];
  known: number[];
  problems: AddressProblem[];
  refusal: Refusal | null;
  imported: number | null;
  endedAt: Date | null;
};

/** What a list holds, before it is imported: the lines that can be, those that are there already, and what is wrong. */
export type AddressReading = Pick<AddressImport, "ready" | "known" | "problems">;

function selectImports(db: Db) {
  return db
    .selectFrom("address_import")
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

export function findAddressImport(db: Db, id: number): Promise<AddressImport | undefined> {
  return selectImports(db).where("id", "=", id).executeTakeFirst();
}

/** One decision at a time. */
export function lockAddressImport(tx: Tx, id: number): Promise<AddressImport | undefined> {
  return selectImports(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

export function findAddressImportOfFile(db: Db, attachmentId: number): Promise<AddressImport | undefined> {
  return selectImports(db).where("attachment_id", "=", attachmentId).executeTakeFirst();
}

export async function insertAddressImport(
  tx: Tx,
  row: { personId: number; attachmentId: number; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("address_import")
    .values({ person_id: row.personId, attachment_id: row.attachmentId, sent_at: row.now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function saveAddressesChecked(
  tx: Tx,
  id: number,
  { ready, known, problems }: AddressReading,
): Promise<void> {
  await tx
    .updateTable("address_import")
    .set({
      state: "checked",
      ready: JSON.stringify(ready),
      known: JSON.stringify(known),
      problems: JSON.stringify(problems),
    })
    .where("id", "=", id)
    .execute();
}

export async function saveAddressesRefused(tx: Tx, id: number, refusal: Refusal, now: Date): Promise<void> {
  await tx
    .updateTable("address_import")
    .set({ state: "refused", refusal: JSON.stringify(refusal), ended_at: now })
    .where("id", "=", id)
    .execute();
}

/** What was imported is there now; the lines themselves are forgotten. */
export async function saveAddressesImported(
  tx: Tx,
  id: number,
  result: { imported: number; known: readonly number[]; problems: readonly AddressProblem[]; now: Date },
): Promise<void> {
  await tx
    .updateTable("address_import")
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

export async function saveAddressesDiscarded(tx: Tx, id: number, now: Date): Promise<void> {
  await tx
    .updateTable("address_import")
    .set({ state: "discarded", ready: "[]", ended_at: now })
    .where("id", "=", id)
    .execute();
}

export async function deleteAddressImportsBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("address_import").where("sent_at", "<", date).execute();
}
