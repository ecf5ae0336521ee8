import { recordReading } from "../../core/actions/read-list-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { peopleImports } from "../../core/db/list-imports.ts";
import { listOffices } from "../../core/db/offices.ts";
import { listPeopleByNip } from "../../core/db/people.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type CheckedFile, nipsOf } from "../../core/domain/people/people-file.ts";
import { checkInThread } from "../people-file/jobs.ts";
import { parseList } from "./parse-list.ts";

export type ReadPeopleFileOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  filesFolder: string;
};

/** Reads a list of people that was fetched, and checks it. Nothing is imported yet. */
export async function readPeopleFile(
  { importId }: { importId: number },
  { db, setting, filesFolder }: ReadPeopleFileOptions,
): Promise<void> {
  const list = await peopleImports.find(db, importId);
  if (list === undefined || list.state !== "reading") return;
  const lines = await parseList(db, list, filesFolder);
  const checked = lines.ok ? await check(db, lines.value) : lines;
  await db.transaction().execute((tx) => recordReading(tx, setting(new Date()), { importId, checked }));
}

/** Every try failed: who sent it is told. */
export async function giveUpPeopleFile(
  { importId }: { importId: number },
  { db, setting }: Pick<ReadPeopleFileOptions, "db" | "setting">,
): Promise<void> {
  const checked = refuse("list-not-read");
  await db.transaction().execute((tx) => recordReading(tx, setting(new Date()), { importId, checked }));
}

async function check(db: Db, lines: readonly FileLine[]): Promise<Outcome<CheckedFile>> {
  const people = await listPeopleByNip(db, nipsOf(lines));
  const byNip = new Map(people.flatMap((person) => (person.nip === null ? [] : [[person.nip, person] as const])));
  return checkInThread(lines, { offices: await listOffices(db), people: byNip });
}
