import { problemsShown } from "../../core/actions/read-people-file.ts";
import { type AddressImport, findAddressImport } from "../../core/db/address-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import { type AddressProblem, addressColumns, stateNames } from "../../core/domain/ipam/address-file.ts";
import { mayManageAddresses } from "../../core/domain/ipam/ipam-rules.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Button, Rendered } from "../rendered.ts";
import { listButton } from "./address-words.ts";
import { type Html, html, lines } from "./html.ts";
import type { OfficeWords } from "./office-words.ts";
import { explain } from "./refusals.ts";

/** A spreadsheet reads the document with its letters by this mark. */
const byteOrderMark = "\ufeff";

type Words = (values: AddressProblem["values"]) => string;

/** What is wrong with a line itself; all else is said as where one address is given. */
const lineWords: Record<string, Words> = {
  "column-count": ({ found, expected }) => `Ada ${found} kolom, seharusnya ${expected}: ${addressColumns.join(";")}.`,
  "cell-like-formula": ({ column }) =>
    `Kolom ${column} diawali =, +, -, @, atau tab seperti rumus. Tulis isinya saja, contoh: Server SIMPEG.`,
  "cell-with-controls": ({ column }) =>
    `Kolom ${column} berisi ganti baris atau karakter tersembunyi. Ketik ulang isinya.`,
  "cell-too-long": ({ length, longest }) => `Isinya ${length} karakter, paling panjang ${longest}.`,
  "zone-unreadable": ({ longestName }) => `Zona kosong atau lebih dari ${longestName} karakter. Contoh: Utama.`,
  "name-missing": () => "Nama kosong. Contoh: Server SIMPEG.",
  "state-unknown": ({ state }) =>
    `Keadaan "${state}" tidak dikenal. Yang diimpor: ${stateNames.prefix}, ${stateNames.assigned}, atau ${stateNames["kept-free"]}.`,
  "state-not-imported": ({ state }) => `Keadaan "${state}" tidak diimpor. Pesan atau lepaskan alamat itu lewat /ip.`,
  "office-unknown": ({ code, meant }) =>
    `Kode kantor "${code}" tidak dikenal.${meant === undefined ? " Contoh: Dinkes." : ` Maksudnya ${meant}?`}`,
  "address-twice": ({ address, firstLine }) =>
    `Alamat ${address} sudah ada di baris ${firstLine}. Hapus salah satunya.`,
};

export async function describeAddressProblem(
  db: Db,
  { line, code, values }: AddressProblem,
  office: OfficeWords,
): Promise<string> {
  const own = lineWords[code]?.(values);
  return `Baris ${line}: ${own ?? (await explain(db, { code, values }, office))}`;
}

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
  for (const problem of problems) described.push(await describeAddressProblem(db, problem, office));
  return described;
}
