import { problemsShown } from "../../core/actions/read-people-file.ts";
import { type AddressImport, findAddressImport } from "../../core/db/address-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import type { AddressProblem } from "../../core/domain/ipam/address-file.ts";
import { mayManageAddresses } from "../../core/domain/ipam/ipam-rules.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Button, Rendered } from "../rendered.ts";
import { listButton } from "./address-words.ts";
import { type Html, html, lines } from "./html.ts";
import type { OfficeWords } from "./office-words.ts";
import { explain } from "./refusals.ts";

/** A spreadsheet reads the document with its letters by this mark. */
const byteOrderMark = "\ufeff";

const importButton: Button = { label: "📥 Impor CSV", press: { do: "send-address-file" } };

/** What a list of addresses holds, with the question whether to import it, or what came of it. */
export async function renderAddressImport(
  db: Db,
  viewer: Person,
  { importId }: { importId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const list = await ownImport(db, viewer, importId);
  if (list === undefined) return undefined;
  const { ready, known, state } = list;
  const again = html`Perbaiki berkasnya, tekan 📥 Impor CSV, lalu kirim lagi.`;
  switch (state) {
    case "reading":
      return { as: "text", html: html`⏳ Berkas sedang dibaca.`.markup };
    case "refused": {
      const why = list.refusal === null ? "" : await explain(db, list.refusal, office);
      return { as: "text", html: lines(html`⚠️ ${why}`, again).markup, buttons: [[importButton], [listButton]] };
    }
    case "discarded":
      return {
        as: "text",
        html: html`✖️ Impor dibatalkan; tidak ada yang ditambahkan.`.markup,
        buttons: [[listButton]],
      };
    case "imported": {
      const counts = html`✅ <b>${list.imported ?? 0} baris diimpor</b>, ${known.length} sudah ada, ${wrongLines(list)} salah.`;
      return {
        as: "text",
        html: lines(counts, ...(await firstProblems(db, list, office))).markup,
        buttons: [[listButton]],
      };
    }
    case "checked": {
      const counts = html`<b>${ready.length} baris siap, ${known.length} sudah ada, ${wrongLines(list)} salah</b>`;
      const toMend = ready.length === 0 && list.problems.length > 0;
      const problems = await firstProblems(db, list, office);
      return {
        as: "text",
        html: lines(html`📄 Berkas sudah diperiksa.`, counts, ...problems, toMend ? again : undefined).markup,
        buttons: [
          toMend ? [importButton] : [],
          ready.length === 0
            ? []
            : [{ label: `📥 Impor ${ready.length} baris`, press: { do: "import-addresses", importId } }],
          [{ label: "✖️ Batal", press: { do: "discard-address-import", importId } }],
        ],
      };
    }
  }
}

/** All that is wrong, by line, as a document: a chat message holds only the first. */
export async function renderAddressProblems(
  db: Db,
  viewer: Person,
  { importId }: { importId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const list = await ownImport(db, viewer, importId);
  if (list === undefined) return undefined;
  const text = (await describeAll(db, list.problems, office)).join("\r\n");
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(`${byteOrderMark}${text}\r\n`),
    name: "baris-yang-salah.txt",
    caption: html`Semua baris yang salah (${wrongLines(list)})`.markup,
  };
}

async function ownImport(db: Db, viewer: Person, importId: number): Promise<AddressImport | undefined> {
  const list = await findAddressImport(db, importId);
  return list?.personId === viewer.id && mayManageAddresses(viewer) ? list : undefined;
}

function wrongLines({ problems }: AddressImport): number {
  return new Set(problems.map(({ line }) => line)).size;
}

async function firstProblems(db: Db, { problems }: AddressImport, office: OfficeWords): Promise<Html[]> {
  const left = problems.length - problemsShown;
  return [
    ...(await describeAll(db, problems.slice(0, problemsShown), office)).map((problem) => html`• ${problem}`),
    ...(left > 0 ? [html`… dan ${left} lagi di dokumen di atas.`] : []),
  ];
}

async function describeAll(db: Db, problems: readonly AddressProblem[], office: OfficeWords): Promise<string[]> {
  const described: string[] = [];
  for (const problem of problems) {
    const { line, ...refusal } = problem;
    described.push(`Baris ${line}: ${await explain(db, refusal, office)}`);
  }
  return described;
}
