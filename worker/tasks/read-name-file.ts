import { takeNames } from "../../core/actions/import-names.ts";
import { recordNames } from "../../core/actions/read-list-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { type NameReading, nameImports } from "../../core/db/list-imports.ts";
import { findPerson } from "../../core/db/people.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { linesOfNameFile } from "../../core/domain/names/name-file.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { parseList } from "./parse-list.ts";

export type ReadNameFileOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  filesFolder: string;
};

/** Reads a list of names that was fetched, and checks it. Nothing is imported yet. */
export async function readNameFile(
  { importId }: { importId: number },
  { db, setting, filesFolder }: ReadNameFileOptions,
): Promise<void> {
  const list = await nameImports.find(db, importId);
  if (list === undefined || list.state !== "reading") return;
  const parsed = await parseList(db, list, filesFolder);
  const now = setting(new Date());
  const checked = parsed.ok ? await check(db, now, list.personId, parsed.value) : parsed;
  await db.transaction().execute((tx) => recordNames(tx, now, { importId, checked }));
}

/** Every try failed: who sent it is told. */
export async function giveUpNameFile(
  { importId }: { importId: number },
  { db, setting }: Pick<ReadNameFileOptions, "db" | "setting">,
): Promise<void> {
  const checked = refuse("list-not-read");
  await db.transaction().execute((tx) => recordNames(tx, setting(new Date()), { importId, checked }));
}

/** By doing it, and undoing it: names need each other, and so only the whole tells what can be given. */
async function check(
  db: Db,
  setting: Setting,
  personId: number,
  rows: readonly FileLine[],
): Promise<Outcome<NameReading>> {
  const lines = linesOfNameFile(rows);
  if (!lines.ok) return lines;
  const person = await findPerson(db, personId);
  if (person === undefined) throw new Error(`reading a list of names: there is no person ${personId}`);
  const tried = await db.startTransaction().execute();
  try {
    return accept(await takeNames(tried, person, setting, lines.value));
  } finally {
    await tried.rollback().execute();
  }
}
