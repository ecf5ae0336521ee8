import { type NameImport, nameImports } from "../../core/db/list-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import { mayManageAddresses } from "../../core/domain/ipam/ipam-rules.ts";
import type { NameProblem } from "../../core/domain/names/name-file.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Button, Rendered } from "../rendered.ts";
import { html, lines } from "./html.ts";
import { firstProblems, problemsDocument, sendAgain, wrongLines } from "./list-import.ts";
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
  const { ready, known, state } = list;
  const describe = describer(db, office);
  switch (state) {
    case "reading":
      return { as: "text", html: html`⏳ Berkas sedang dibaca.`.markup };
    case "refused": {
      const why = list.refusal === null ? "" : await explain(db, list.refusal, office);
      return { as: "text", html: lines(html`⚠️ ${why}`, sendAgain).markup, buttons: [[importButton], [namesButton]] };
    }
    case "discarded":
      return {
        as: "text",
        html: html`✖️ Impor dibatalkan; tidak ada yang ditambahkan.`.markup,
        buttons: [[namesButton]],
      };
    case "imported": {
      const counts = html`✅ <b>${list.imported ?? 0} baris diimpor</b>, ${known.length} sudah ada, ${wrongLines(list)} salah.`;
      return {
        as: "text",
        html: lines(counts, ...(await firstProblems(list, describe))).markup,
        buttons: [[namesButton]],
      };
    }
    case "checked": {
      const counts = html`<b>${ready.length} baris siap, ${known.length} sudah ada, ${wrongLines(list)} salah</b>`;
      const toMend = ready.length === 0 && list.problems.length > 0;
      const problems = await firstProblems(list, describe);
      return {
        as: "text",
        html: lines(html`📄 Berkas sudah diperiksa.`, counts, ...problems, toMend ? sendAgain : undefined).markup,
        buttons: [
          toMend ? [importButton] : [],
          ready.length === 0
            ? []
            : [{ label: `📥 Impor ${ready.length} baris`, press: { do: "import-names", importId } }],
          [{ label: "✖️ Batal", press: { do: "discard-name-import", importId } }],
        ],
      };
    }
  }
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
