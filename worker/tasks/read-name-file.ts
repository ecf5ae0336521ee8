import { takeNames } from "../../core/actions/names/import-names.ts";
import { recordNames } from "../../core/actions/read-list-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { type NameReading, nameImports } from "../../core/db/list-imports.ts";
import { findPerson } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { linesOfNameFile } from "../../core/domain/names/name-file.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { listTasks } from "./list-tasks.ts";

export const nameFile = listTasks({ imports: nameImports, check, record: recordNames });

/** By doing it, and undoing it: names need each other, and so only the whole tells what can be given. */
async function check(
  db: Db,
  rows: readonly FileLine[],
  { setting, personId }: { setting: Setting; personId: number },
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
