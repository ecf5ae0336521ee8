import { type AssetImport, assetImports } from "../../core/db/list-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import { type AssetProblem, columnOf } from "../../core/domain/inventory/asset-file.ts";
import { mayManageAssets } from "../../core/domain/inventory/asset-rules.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Button, Rendered } from "../rendered.ts";
import { inventoryButton } from "./asset-words.ts";
import { problemsDocument, renderList } from "./list-import.ts";
import type { OfficeWords } from "./office-words.ts";
import { explain } from "./refusals.ts";

const importButton: Button = { label: "📥 Impor CSV", press: { do: "send-asset-file" } };

/** What a list of assets holds, with the question whether to import it, or what came of it. */
export async function renderAssetImport(
  db: Db,
  viewer: Person,
  { importId }: { importId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const list = await ownImport(db, viewer, importId);
  if (list === undefined) return undefined;
  return renderList(list, {
    describe: describer(db, office),
    why: list.refusal === null ? "" : await explain(db, list.refusal, office),
    buttons: {
      back: inventoryButton,
      sendAgain: importButton,
      take: { do: "import-assets", importId },
      discard: { do: "discard-asset-import", importId },
    },
  });
}

/** All that is wrong in it, as a document. */
export async function renderAssetProblems(
  db: Db,
  viewer: Person,
  { importId }: { importId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const list = await ownImport(db, viewer, importId);
  return list === undefined ? undefined : problemsDocument(list, describer(db, office));
}

async function ownImport(db: Db, viewer: Person, importId: number): Promise<AssetImport | undefined> {
  const list = await assetImports.find(db, importId);
  return list?.personId === viewer.id && mayManageAssets(viewer) ? list : undefined;
}

/** "Baris 3, kolom nomor_seri: …" */
function describer(db: Db, office: OfficeWords): (problem: AssetProblem) => Promise<string> {
  return async ({ line, ...refusal }) => {
    const column = columnOf[refusal.values.field as keyof typeof columnOf];
    const where = column === undefined ? "" : `, kolom ${column}`;
    return `Baris ${line}${where}: ${await explain(db, refusal, office)}`;
  };
}
