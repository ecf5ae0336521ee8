import { findAssetRegister } from "../../db/inventory/asset-register.ts";
import { insertAssets } from "../../db/inventory/assets.ts";
import { writeJournalRows } from "../../db/journal/journal.ts";
import { assetImports } from "../../db/list-imports.ts";
import type { Tx } from "../../db/tables.ts";
import { type AssetLine, checkAssetLines } from "../../domain/inventory/asset-file.ts";
import { refusalOfManagingAssets } from "../../domain/inventory/asset-rules.ts";
import { refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { keepLists } from "../keep-lists.ts";
import type { Setting } from "../setting.ts";
import { rowOf } from "./register-asset.ts";

const lists = keepLists({
  imports: assetImports,
  maySend: refusalOfManagingAssets,
  importedAlready: (values) => refuse("list-imported-already", values),
  event: "assets-imported",
});

export const { receive: receiveAssetFile, discard: discardAssets } = lists;

/** Registers what the list holds. */
export const importAssets = lists.importBy(async (tx, person, setting, lines) => {
  const context = { now: setting.now, zone: setting.rules.zone };
  const checked = checkAssetLines(lines, await findAssetRegister(tx), context);
  await insertLines(tx, person, setting, checked.ready);
  return checked;
});

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
