import { listAllAssets } from "../../../core/db/inventory/asset-lists.ts";
import type { Db } from "../../../core/db/tables.ts";
import { csvOf } from "../../../core/domain/form/csv.ts";
import { assetColumns, cellsOf } from "../../../core/domain/inventory/asset-file.ts";
import { mayManageAssets } from "../../../core/domain/inventory/asset-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html } from "../html.ts";

/** All that there is and was, as a list that can be imported. */
export async function renderAssetExport(db: Db, viewer: Person): Promise<Rendered | undefined> {
  if (!mayManageAssets(viewer)) return undefined;
  const assets = await listAllAssets(db);
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(csvOf([[...assetColumns], ...assets.map(cellsOf)])),
    name: "perangkat.csv",
    caption: html`📤 ${assets.length} perangkat dan kontrak`.markup,
  };
}
