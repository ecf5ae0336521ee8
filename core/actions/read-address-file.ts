import {
  type AddressReading,
  findAddressImportOfFile,
  lockAddressImport,
  saveAddressesChecked,
  saveAddressesRefused,
} from "../db/address-imports.ts";
import type { Tx } from "../db/tables.ts";
import { type Outcome, refuse } from "../domain/outcome.ts";
import { tell } from "./notices.ts";
import { problemsShown } from "./read-people-file.ts";
import type { Setting } from "./setting.ts";

/** A file was fetched, or cannot be: where it is a list of addresses, it is read next. */
export async function readFetchedAddresses(
  tx: Tx,
  setting: Setting,
  { attachmentId, isStored }: { attachmentId: number; isStored: boolean },
): Promise<void> {
  const found = await findAddressImportOfFile(tx, attachmentId);
  if (found === undefined) return;
  if (isStored) return setting.tasks.enqueue(tx, "read-address-file", { importId: found.id });
  await recordAddresses(tx, setting, { importId: found.id, checked: refuse("list-not-fetched") });
}

/** What a list of addresses holds, or why it was not taken. Nothing is imported yet. Safe to record twice. */
export async function recordAddresses(
  tx: Tx,
  setting: Setting,
  { importId, checked }: { importId: number; checked: Outcome<AddressReading> },
): Promise<void> {
  const list = await lockAddressImport(tx, importId);
  if (list === undefined || list.state !== "reading") return;
  if (checked.ok) await saveAddressesChecked(tx, list.id, checked.value);
  else await saveAddressesRefused(tx, list.id, checked.refusal, setting.now);
  // The buttons stand below the document.
  if (checked.ok && checked.value.problems.length > problemsShown) {
    await tell(tx, [list.personId], { kind: "address-import-problems", importId: list.id }, setting);
  }
  await tell(tx, [list.personId], { kind: "address-import", importId: list.id }, setting);
}
