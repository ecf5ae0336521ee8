import { recordAssets } from "../../core/actions/read-list-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findAssetRegister } from "../../core/db/inventory/asset-register.ts";
import { type AssetReading, assetImports } from "../../core/db/list-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import { type FileLine, linesBelowHeading } from "../../core/domain/form/csv.ts";
import { assetColumns, checkAssetLines, mostAssetLines } from "../../core/domain/inventory/asset-file.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { listTasks } from "./list-tasks.ts";

export const assetFile = listTasks({ imports: assetImports, check, record: recordAssets });

async function check(
  db: Db,
  rows: readonly FileLine[],
  { setting: { now, rules } }: { setting: Setting },
): Promise<Outcome<AssetReading>> {
  const lines = linesBelowHeading(rows, { name: "asset", columns: assetColumns, mostLines: mostAssetLines });
  if (!lines.ok) return lines;
  const context = { now, zone: rules.zone };
  const { ready, known, problems } = checkAssetLines(lines.value, await findAssetRegister(db), context);
  const isReady = new Set(ready.map(({ line }) => line));
  return accept({ ready: lines.value.filter(({ line }) => isReady.has(line)), known, problems });
}
