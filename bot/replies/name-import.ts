import { type NameImport, nameImports } from "../../core/db/list-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import { mayManageAddresses } from "../../core/domain/ipam/ipam-rules.ts";
import type { NameProblem } from "../../core/domain/names/name-file.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Button, Rendered } from "../rendered.ts";
import { problemsDocument, renderList } from "./list-import.ts";
import { namesButton } from "./name-words.ts";
import type { OfficeWords } from "./office-words.ts";
import { explain } from "./refusals.ts";

const importButton: Button = { label: "📥 Impor CSV", press: { do: "send-name-file" } };

/** What a list of names holds, with the question whether to import it, or what came of it. */
export async function renderNameImport(
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
      back: namesButton,
      sendAgain: importButton,
      take: { do: "import-names", importId },
      discard: { do: "discard-name-import", importId },
    },
  });
}

/** All that is wrong in it, as a document. */
export async function renderNameProblems(
  db: Db,
  viewer: Person,
  { importId }: { importId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const list = await ownImport(db, viewer, importId);
  return list === undefined ? undefined : problemsDocument(list, describer(db, office));
}

async function ownImport(db: Db, viewer: Person, importId: number): Promise<NameImport | undefined> {
  const list = await nameImports.find(db, importId);
  return list?.personId === viewer.id && mayManageAddresses(viewer) ? list : undefined;
}

function describer(db: Db, office: OfficeWords): (problem: NameProblem) => Promise<string> {
  return async ({ line, ...refusal }) => `Baris ${line}: ${await explain(db, refusal, office)}`;
}
