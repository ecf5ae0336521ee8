import { findAssetRegister } from "../db/asset-register.ts";
import { insertAssets } from "../db/assets.ts";
import { writeJournal, writeJournalRows } from "../db/journal.ts";
import { type AssetImport, assetImports } from "../db/list-imports.ts";
import type { Tx } from "../db/tables.ts";
import { type AssetLine, checkAssetLines } from "../domain/inventory/asset-file.ts";
import { refusalOfManagingAssets } from "../domain/inventory/asset-rules.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { type IncomingFile, receiveFile } from "./keep-files.ts";
import { rowOf } from "./register-asset.ts";
import type { Setting } from "./setting.ts";

/** Takes a list of assets: it is fetched and read, and what it holds is shown before anything is registered. */
export async function receiveAssetFile(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { file: IncomingFile },
): Promise<Outcome> {
  const mayManage = refusalOfManagingAssets(person);
  if (!mayManage.ok) return mayManage;
  if (input.file.kind !== "document") return refuse("document-expected");
  const attachmentId = await receiveFile(tx, person, setting, { draftId: null, file: input.file });
  await assetImports.insert(tx, { personId: person.id, attachmentId, now: setting.now });
  return accept();
}

/**
 * Registers what the list holds. Much may have changed since it was read, so its lines are checked again: what cannot
 * be had any more is a problem of its line.
 */
export async function importAssets(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { importId: number },
): Promise<Outcome> {
  const found = await ownList(tx, person, input.importId);
  if (!found.ok) return found;
  const list = found.value;
  if (list.ready.length === 0) return refuse("nothing-to-import");
  const context = { now: setting.now, zone: setting.rules.zone };
  const { ready, known, problems } = checkAssetLines(list.ready, await findAssetRegister(tx), context);
  await insertLines(tx, person, setting, ready);
  const result = {
    imported: ready.length,
    known: [...list.known, ...known],
    problems: [...list.problems, ...problems].sort((one, other) => one.line - other.line),
  };
  await assetImports.saveImported(tx, list.id, { ...result, now: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "assets-imported",
    subject: { kind: "import", id: list.id },
    details: { added: result.imported, known: result.known.length, problems: result.problems.length },
  });
  return accept();
}

/** The list is forgotten. */
export async function discardAssets(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { importId: number },
): Promise<Outcome> {
  const found = await ownList(tx, person, input.importId);
  if (!found.ok) return found;
  await assetImports.saveDiscarded(tx, found.value.id, setting.now);
  return accept();
}

async function ownList(tx: Tx, person: Person, importId: number): Promise<Outcome<AssetImport>> {
  const mayManage = refusalOfManagingAssets(person);
  if (!mayManage.ok) return mayManage;
  const list = await assetImports.lock(tx, importId);
  if (list === undefined || list.personId !== person.id) return refuse("no-such-import");
  if (list.state === "imported") return refuse("addresses-imported-already", { count: list.imported ?? 0 });
  return list.state === "checked" ? accept(list) : refuse("no-such-import");
}

async function insertLines(tx: Tx, person: Person, setting: Setting, lines: readonly AssetLine[]): Promise<void> {
  const at = { added_by: person.id, added_at: setting.now, changed_at: setting.now };
  const ids = await insertAssets(
    tx,
    lines.map(({ values, state, officeId }) => ({ ...rowOf(values), ...at, state, office_id: officeId })),
  );
  await writeJournalRows(
    tx,
    lines.map(({ values, officeId }, index) => ({
      at: setting.now,
      actorId: person.id,
      event: "asset-registered",
      subject: { kind: "asset", id: ids[index] ?? 0 },
      details: { kind: values.kind, officeId, ticketId: null },
    })),
  );
}
