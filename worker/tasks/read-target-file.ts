import { takeTargets } from "../../core/actions/monitoring/import-targets.ts";
import { recordTargets } from "../../core/actions/read-list-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { type TargetReading, targetImports } from "../../core/db/list-imports.ts";
import { findPerson } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import type { NameFound } from "../../core/domain/monitoring/check-name.ts";
import { linesOfTargetFile, namesOfTargetFile } from "../../core/domain/monitoring/target-file.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { type ListTaskOptions, listTasks } from "./list-tasks.ts";

export const targetFile = listTasks({ imports: targetImports, check, record: recordTargets });

/** The name servers get so long for all names of a list. */
const namesWithinMs = 60_000;

/** By doing it, and undoing it: lines lie behind each other. */
async function check(
  db: Db,
  rows: readonly FileLine[],
  { setting, personId, monitor }: { setting: Setting; personId: number } & Pick<ListTaskOptions, "monitor">,
): Promise<Outcome<TargetReading>> {
  const lines = linesOfTargetFile(rows);
  if (!lines.ok) return lines;
  const person = await findPerson(db, personId);
  if (person === undefined) throw new Error(`reading a list of targets: there is no person ${personId}`);
  const found = await findNames(namesOfTargetFile(lines.value), monitor);
  const tried = await db.startTransaction().execute();
  try {
    return accept(await takeTargets(tried, person, setting, lines.value, found));
  } finally {
    await tried.rollback().execute();
  }
}

async function findNames(
  names: readonly string[],
  monitor: ListTaskOptions["monitor"],
): Promise<ReadonlyMap<string, NameFound>> {
  const checks = names.map((address) => ({ kind: "icmp" as const, address }));
  const found = (await monitor?.findNames(checks, AbortSignal.timeout(namesWithinMs))) ?? [];
  return new Map(found.map((each, index) => [names[index] ?? "", each]));
}
