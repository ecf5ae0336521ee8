import { takeTargets } from "../../core/actions/import-targets.ts";
import { recordTargets } from "../../core/actions/read-list-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { type TargetReading, targetImports } from "../../core/db/list-imports.ts";
import { findPerson } from "../../core/db/people.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { linesOfTargetFile } from "../../core/domain/monitoring/target-file.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { listTasks } from "./list-tasks.ts";

export const targetFile = listTasks({ imports: targetImports, check, record: recordTargets });

/** By doing it, and undoing it: lines lie behind each other. */
async function check(
  db: Db,
  rows: readonly FileLine[],
  { setting, personId }: { setting: Setting; personId: number },
): Promise<Outcome<TargetReading>> {
  const lines = linesOfTargetFile(rows);
  if (!lines.ok) return lines;
  const person = await findPerson(db, personId);
  if (person === undefined) throw new Error(`reading a list of targets: there is no person ${personId}`);
  const tried = await db.startTransaction().execute();
  try {
    return accept(await takeTargets(tried, person, setting, lines.value));
  } finally {
    await tried.rollback().execute();
  }
}
