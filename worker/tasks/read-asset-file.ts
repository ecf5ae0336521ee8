import { recordAssets } from "../../core/actions/read-list-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findAssetRegister } from "../../core/db/asset-register.ts";
import { type AssetReading, assetImports } from "../../core/db/list-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import { type FileLine, linesBelowHeading } from "../../core/domain/form/csv.ts";
import { assetColumns, checkAssetLines, mostAssetLines } from "../../core/domain/inventory/asset-file.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { parseList } from "./parse-list.ts";

export type ReadAssetFileOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  filesFolder: string;
};

/** Reads a list of assets that was fetched, and checks it. Nothing is imported yet. */
export async function readAssetFile(
  { importId }: { importId: number },
  { db, setting, filesFolder }: ReadAssetFileOptions,
): Promise<void> {
  const list = await assetImports.find(db, importId);
  if (list === undefined || list.state !== "reading") return;
  const now = setting(new Date());
  const parsed = await parseList(db, list, filesFolder);
  const checked = parsed.ok ? await check(db, parsed.value, now) : parsed;
  await db.transaction().execute((tx) => recordAssets(tx, now, { importId, checked }));
}

/** Every try failed: who sent it is told. */
export async function giveUpAssetFile(
  { importId }: { importId: number },
  { db, setting }: Pick<ReadAssetFileOptions, "db" | "setting">,
): Promise<void> {
  const checked = refuse("list-not-read");
  await db.transaction().execute((tx) => recordAssets(tx, setting(new Date()), { importId, checked }));
}

async function check(db: Db, rows: readonly FileLine[], { now, rules }: Setting): Promise<Outcome<AssetReading>> {
  const lines = linesBelowHeading(rows, { name: "asset", columns: assetColumns, mostLines: mostAssetLines });
  if (!lines.ok) return lines;
  const context = { now, zone: rules.zone };
  const { ready, known, problems } = checkAssetLines(lines.value, await findAssetRegister(db), context);
  const isReady = new Set(ready.map(({ line }) => line));
  return accept({ ready: lines.value.filter(({ line }) => isReady.has(line)), known, problems });
}
