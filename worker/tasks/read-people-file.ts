import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { recordReading } from "../../core/actions/read-people-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findAttachment } from "../../core/db/attachments.ts";
import { listOffices } from "../../core/db/offices.ts";
import { listPeopleByNip } from "../../core/db/people.ts";
import { findImport } from "../../core/db/people-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type CheckedFile, largestFileBytes, nipsOf } from "../../core/domain/people/people-file.ts";
import { checkInThread, parseInThread } from "../people-file/jobs.ts";

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
  const list = await findImport(db, importId);
  if (list === undefined || list.state !== "reading") return;
  const attachment = await findAttachment(db, list.attachmentId);
  if (attachment?.sha256 == null) throw new Error(`reading list ${importId}: its file is not in the store`);
  const lines = await linesOf(join(filesFolder, attachment.sha256), attachment.sizeBytes ?? 0);
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

async function linesOf(path: string, sizeBytes: number): Promise<Outcome<FileLine[]>> {
  if (sizeBytes > largestFileBytes) return refuse("list-too-large", { megabytes: largestFileBytes / 2 ** 20 });
  return parseInThread(await readFile(path));
}

async function check(db: Db, lines: readonly FileLine[]): Promise<Outcome<CheckedFile>> {
  const people = await listPeopleByNip(db, nipsOf(lines));
  const byNip = new Map(people.flatMap((person) => (person.nip === null ? [] : [[person.nip, person] as const])));
  return checkInThread(lines, { offices: await listOffices(db), people: byNip });
}
