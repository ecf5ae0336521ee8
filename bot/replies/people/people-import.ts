import { type PeopleImport, peopleImports } from "../../../core/db/list-imports.ts";
import type { Db } from "../../../core/db/tables.ts";
import { columns, type LineProblem, type ProblemCode } from "../../../core/domain/people/people-file.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { firstProblems, problemsDocument, sendAgain, wrongLines } from "../list-import.ts";
import type { OfficeWords } from "../office-words.ts";
import { explain } from "../refusals.ts";

const exampleNip = "198503122010011002";

/** What is wrong in a line, and what would be right. */
const problemWords: Record<ProblemCode, (values: LineProblem["values"]) => string> = {
  "column-count": ({ found, expected }) => `ada ${found} kolom, seharusnya ${expected}: ${columns.join(";")}.`,
  formula: ({ column }) =>
    `kolom ${column} diawali =, +, -, @, atau tab seperti rumus. Tulis isinya saja, contoh: Siti Aminah.`,
  markup: ({ column }) => `kolom ${column} berisi tanda < atau >. Hapus tandanya.`,
  "control-character": ({ column }) =>
    `kolom ${column} berisi ganti baris atau karakter tersembunyi. Ketik ulang isinya.`,
  "name-missing": () => "nama kosong. Contoh: Siti Aminah.",
  "name-too-long": ({ length, longestName }) => `nama ${length} karakter, paling panjang ${longestName}.`,
  "nip-missing": () => "NIP kosong. Orang tanpa NIP ditambahkan lewat Tambah orang.",
  "nip-from-spreadsheet": () =>
    `NIP sudah diubah Excel menjadi angka seperti 1,98503E+17. Format kolomnya sebagai Teks, lalu ketik ulang, contoh: ${exampleNip}.`,
  "nip-not-digits": () => `NIP hanya berisi angka. Contoh: ${exampleNip}.`,
  "nip-length": ({ length }) => `NIP terdiri dari 18 angka, di sini ${length}. Contoh: ${exampleNip}.`,
  "nip-form": () => `itu bukan NIP: tanggal lahir atau bulan pengangkatannya tidak mungkin. Contoh: ${exampleNip}.`,
  "nip-twice": ({ firstLine }) => `NIP ini sudah ada di baris ${firstLine}. Hapus salah satunya.`,
  "nip-of-another-office": () =>
    "NIP ini terdaftar di kantor lain. Pindahkan orangnya lewat halaman orang, Pindah kantor.",
  "nip-of-somebody-who-left": () => "orang ini sudah dinonaktifkan. Aktifkan kembali lewat halaman orang.",
  "office-missing": () => "kode kantor kosong. Contoh: Dinkes.",
  "office-unknown": ({ code, meant }) =>
    `kode kantor "${code}" tidak dikenal.${meant === undefined ? " Contoh: Dinkes." : ` Maksudnya ${meant}?`}`,
};

function describeProblem({ line, code, values }: LineProblem): string {
  return `Baris ${line}: ${problemWords[code](values)}`;
}

/** What a list of people holds, with the question whether to import it, or what came of it. */
export async function renderImport(
  db: Db,
  viewer: Person,
  { importId }: { importId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const list = await ownImport(db, viewer, importId);
  if (list === undefined) return undefined;
  const { ready, known, state } = list;
  const importButton = { label: "📥 Impor CSV", press: { do: "send-people-file" } } as const;
  switch (state) {
    case "reading":
      return { as: "text", html: html`⏳ Berkas sedang dibaca.`.markup };
    case "refused": {
      const why = list.refusal === null ? "" : await explain(db, list.refusal, office);
      return { as: "text", html: lines(html`⚠️ ${why}`, sendAgain).markup, buttons: [[importButton]] };
    }
    case "discarded":
      return { as: "text", html: html`✖️ Impor dibatalkan; tidak ada yang ditambahkan.`.markup };
    case "imported": {
      const wrong = wrongLines(list);
      const text = lines(
        html`✅ <b>${list.imported ?? 0} orang ditambahkan</b>, ${known.length} sudah ada, ${wrong} salah.`,
        ...(await firstProblems(list, describeProblem)),
        html`Mereka dapat mendaftar lewat poster kantornya, atau dengan kode tautan dari Anda.`,
      );
      const poster = { label: "🖼 Poster pendaftaran", press: { do: "find-poster" } } as const;
      const people = { label: "👥 Daftar orang", press: { do: "people", page: 0 } } as const;
      return { as: "text", html: text.markup, buttons: [[poster], [people]] };
    }
    case "checked": {
      const counts = html`<b>${ready.length} baris siap, ${known.length} sudah ada, ${wrongLines(list)} salah</b>`;
      const cancel = { label: "✖️ Batal", press: { do: "discard-import", importId } } as const;
      const toMend = ready.length === 0 && list.problems.length > 0;
      const problems = await firstProblems(list, describeProblem);
      const start = { label: `📥 Impor ${ready.length} orang`, press: { do: "import-people", importId } } as const;
      return {
        as: "text",
        html: lines(html`📄 Berkas sudah diperiksa.`, counts, ...problems, toMend ? sendAgain : undefined).markup,
        buttons: [...(toMend ? [[importButton]] : []), ...(ready.length === 0 ? [] : [[start]]), [cancel]],
      };
    }
  }
}

/** All that is wrong in it, as a document. */
export async function renderImportProblems(
  db: Db,
  viewer: Person,
  { importId }: { importId: number },
): Promise<Rendered | undefined> {
  const list = await ownImport(db, viewer, importId);
  return list === undefined ? undefined : problemsDocument(list, describeProblem);
}

async function ownImport(db: Db, viewer: Person, importId: number): Promise<PeopleImport | undefined> {
  const list = await peopleImports.find(db, importId);
  return list?.personId === viewer.id && hasRole(viewer, "administrator") ? list : undefined;
}
