import { receivePeopleFile } from "../../core/actions/import-people.ts";
import { accept, refuse } from "../../core/domain/outcome.ts";
import { columns, largestFileBytes, mostLines } from "../../core/domain/people/people-file.ts";
import { type Form, noSuggestions } from "./form.ts";

const megabytes = largestFileBytes / 2 ** 20;

const explanation = [
  "Kirim berkas CSV sebagai dokumen. Baris pertama berisi nama kolom, lalu satu orang satu baris:",
  "",
  columns.join(";"),
  "Siti Aminah;198503122010012002;Dinkes",
  '"Sinaga, Rudi";199001012015011902;Disdukcapil',
  "",
  `Pemisahnya titik koma atau koma. Paling banyak ${mostLines} orang dan ${megabytes} MB. Di Excel: format kolom NIP sebagai Teks, lalu Simpan Sebagai "CSV UTF-8".`,
  "Semua masuk sebagai pengguna; peran lain diberikan satu per satu. Orang tanpa NIP ditambahkan lewat Tambah orang.",
].join("\n");

/** A list of people. It is shown what would be imported before anything is. */
export const importForm: Form = {
  name: "import",
  plan: async () => ({
    title: "📥 Impor CSV",
    fields: [{ name: "file", kind: "document" }],
    wordsFor: () => ({ label: "Berkas", ask: explanation }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  takeDocument: async ({ tx, person, setting }, file) => {
    const received = await receivePeopleFile(tx, person, setting, { file });
    return received.ok ? accept("list-received") : received;
  },
  submit: async () => refuse("document-expected"),
};
