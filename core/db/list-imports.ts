import { type FileLine, type LineMarks, noMarks } from "../domain/form/csv.ts";
import type { AssetProblem } from "../domain/inventory/asset-file.ts";
import type { AddressProblem } from "../domain/ipam/address-file.ts";
import type { TargetProblem } from "../domain/monitoring/target-file.ts";
import type { NameProblem } from "../domain/names/name-file.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { LineProblem, ReadyLine } from "../domain/people/people-file.ts";
import type { ListImportState } from "./list-import-table.ts";
import type { Db, Tx } from "./tables.ts";

/** A list that somebody sent, from the file to the import. `Line` is one that can be imported. */
export type ListImport<Line, Problem> = {
  id: number;
  /** Who sent it. */
  personId: number;
  attachmentId: number;
  state: ListImportState;
  ready: Line[];
  /** Numbers of lines that are there already. */
  known: number[];
  problems: Problem[];
  marks: LineMarks;
  refusal: Refusal | null;
  imported: number | null;
  endedAt: Date | null;
};

/** What a list holds, before it is imported: the lines that can be, those that are there already, and what is wrong. */
export type ListReading<Line, Problem> = Pick<ListImport<Line, Problem>, "ready" | "known" | "problems"> & {
  marks?: Partial<LineMarks>;
};

export type PeopleImport = ListImport<ReadyLine, LineProblem>;
export type AddressImport = ListImport<FileLine, AddressProblem>;
export type AssetImport = ListImport<FileLine, AssetProblem>;
export type AssetReading = ListReading<FileLine, AssetProblem>;
export type AddressReading = ListReading<FileLine, AddressProblem>;

export type NameImport = ListImport<FileLine, NameProblem>;
export type NameReading = ListReading<FileLine, NameProblem>;

export type TargetImport = ListImport<FileLine, TargetProblem>;
export type TargetReading = ListReading<FileLine, TargetProblem>;

/** Lists of people, which administrators send. */
export const peopleImports = listImportsIn<ReadyLine, LineProblem>("people_import");
/** Lists of addresses, which infrastructure sends. */
export const addressImports = listImportsIn<FileLine, AddressProblem>("address_import");
/** Lists of villages and names, which infrastructure sends. */
export const nameImports = listImportsIn<FileLine, NameProblem>("name_import");

/** Lists of what offices have, which those who keep the inventory send. */
export const assetImports = listImportsIn<FileLine, AssetProblem>("asset_import");
/** Lists of what is to be watched. */
export const targetImports = listImportsIn<FileLine, TargetProblem>("target_import");

export type ListImports<Line, Problem> = ReturnType<typeof listImportsIn<Line, Problem>>;

/** The lists of one kind, each kind in a table of its own. */
function listImportsIn<Line, Problem>(
  table: "people_import" | "address_import" | "name_import" | "asset_import" | "target_import",
) {
  type Import = ListImport<Line, Problem>;

  const select = (db: Db) =>
    db
      .selectFrom(table)
      .select([
        "id",
        "person_id as personId",
        "attachment_id as attachmentId",
        "state",
        "ready",
        "known",
        "problems",
        "marks",
        "refusal",
        "imported",
        "ended_at as endedAt",
      ])
      .$castTo<Import>();

  return {
    find: (db: Db, id: number): Promise<Import | undefined> => select(db).where("id", "=", id).executeTakeFirst(),

    /** One decision at a time. */
    lock: (tx: Tx, id: number): Promise<Import | undefined> =>
      select(tx).where("id", "=", id).forUpdate().executeTakeFirst(),

    findOfFile: (db: Db, attachmentId: number): Promise<Import | undefined> =>
      select(db).where("attachment_id", "=", attachmentId).executeTakeFirst(),

    async insert(tx: Tx, row: { personId: number; attachmentId: number; now: Date }): Promise<number> {
      const { id } = await tx
        .insertInto(table)
        .values({ person_id: row.personId, attachment_id: row.attachmentId, sent_at: row.now })
        .returning("id")
        .executeTakeFirstOrThrow();
      return id;
    },

    async saveChecked(tx: Tx, id: number, read: ListReading<Line, Problem>): Promise<void> {
      await tx
        .updateTable(table)
        .set({
          state: "checked",
          ready: JSON.stringify(read.ready),
          known: JSON.stringify(read.known),
          problems: JSON.stringify(read.problems),
          marks: JSON.stringify({ ...noMarks, ...read.marks }),
        })
        .where("id", "=", id)
        .execute();
    },

    async saveRefused(tx: Tx, id: number, refusal: Refusal, now: Date): Promise<void> {
      await tx
        .updateTable(table)
        .set({ state: "refused", refusal: JSON.stringify(refusal), ended_at: now })
        .where("id", "=", id)
        .execute();
    },

    /** What was imported is there now; the lines themselves are forgotten. */
    async saveImported(
      tx: Tx,
      id: number,
      result: Pick<Import, "known" | "problems" | "marks"> & { imported: number; now: Date },
    ): Promise<void> {
      await tx
        .updateTable(table)
        .set({
          state: "imported",
          ready: "[]",
          known: JSON.stringify(result.known),
          problems: JSON.stringify(result.problems),
          marks: JSON.stringify(result.marks),
          imported: result.imported,
          ended_at: result.now,
        })
        .where("id", "=", id)
        .execute();
    },

    async saveDiscarded(tx: Tx, id: number, now: Date): Promise<void> {
      await tx
        .updateTable(table)
        .set({ state: "discarded", ready: "[]", ended_at: now })
        .where("id", "=", id)
        .execute();
    },

    async deleteBefore(tx: Tx, date: Date): Promise<void> {
      await tx.deleteFrom(table).where("sent_at", "<", date).execute();
    },
  };
}
