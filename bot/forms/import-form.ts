import { receivePeopleFile } from "../../core/actions/people/import-people.ts";
import { columns, largestFileBytes, mostLines } from "../../core/domain/people/people-file.ts";
import { listForm } from "./list-form.ts";

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
];

/** A list of people. */
export const importForm = listForm({ name: "import", title: "📥 Impor CSV", explanation, receive: receivePeopleFile });
