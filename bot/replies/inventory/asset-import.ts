import { assetImports } from "../../../core/db/list-imports.ts";
import { columnOf } from "../../../core/domain/inventory/asset-file.ts";
import { mayManageAssets } from "../../../core/domain/inventory/asset-rules.ts";
import { listScreens } from "../list-screens.ts";
import { inventoryButton } from "./asset-words.ts";

/** A list of assets. */
export const { renderImport: renderAssetImport, renderProblems: renderAssetProblems } = listScreens({
  imports: assetImports,
  maySee: mayManageAssets,
  back: inventoryButton,
  send: { do: "send-asset-file" },
  take: (importId) => ({ do: "import-assets", importId }),
  discard: (importId) => ({ do: "discard-asset-import", importId }),
  columnOf: ({ values }) => columnOf[values.field as keyof typeof columnOf],
});
