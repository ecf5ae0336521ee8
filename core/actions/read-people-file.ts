import { findImportOfFile, lockImport, saveChecked, saveRefused } from "../db/people-imports.ts";
import type { Tx } from "../db/tables.ts";
import { type Outcome, refuse } from "../domain/outcome.ts";
import type { CheckedFile } from "../domain/people/people-file.ts";
import { tell } from "./notices.ts";
import type { Setting } from "./setting.ts";

/** More problems than the summary shows come as a document, too. */
export const problemsShown = 10;

/** A file was fetched, or cannot be: where it is a list of people, it is read next. */
export async function readFetchedList(
  tx: Tx,
  setting: Setting,
  { attachmentId, isStored }: { attachmentId: number; isStored: boolean },
): Promise<void> {
  const found = await findImportOfFile(tx, attachmentId);
  if (found === undefined) return;
  if (isStored) return setting.tasks.enqueue(tx, "read-people-file", { importId: found.id });
  await recordReading(tx, setting, { importId: found.id, checked: refuse("list-not-fetched") });
}

/** What a list of people holds, or why it was not taken. Nothing is imported yet. Safe to record twice. */
export async function recordReading(
  tx: Tx,
  setting: Setting,
  { importId, checked }: { importId: number; checked: Outcome<CheckedFile> },
): Promise<void> {
  const list = await lockImport(tx, importId);
  if (list === undefined || list.state !== "reading") return;
  if (checked.ok) await saveChecked(tx, list.id, checked.value);
  else await saveRefused(tx, list.id, checked.refusal, setting.now);
  // The buttons stand below the document.
  if (checked.ok && checked.value.problems.length > problemsShown) {
    await tell(tx, [list.personId], { kind: "import-problems", importId: list.id }, setting);
  }
  await tell(tx, [list.personId], { kind: "people-import", importId: list.id }, setting);
}
