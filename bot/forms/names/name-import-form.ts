import { receiveNameFile } from "../../../core/actions/names/import-names.ts";
import { mostNameLines, nameColumns } from "../../../core/domain/names/name-file.ts";
import { largestFileBytes } from "../../../core/domain/people/people-file.ts";
import { listForm } from "../list-form.ts";

const explanation = [
  "Kirim berkas CSV sebagai dokumen. Baris pertama berisi nama kolom, lalu satu desa atau satu nama satu baris:",
  "",
  nameColumns.join(";"),
  "desa;;;;Aek Tapa;Marbau;;;;",
  "nama desa;aektapa.desa.id;dipakai;;Aek Tapa;Marbau;10.10.5.21;Situs desa;555/210/2026;",
  "aplikasi;simpeg.labura.go.id;dipakai;Dinkes;;;10.10.5.20;Aplikasi kepegawaian;T-0042;",
  "",
  `Jenisnya desa, nama desa, kantor, aplikasi, atau layanan. Pemisahnya titik koma atau koma. Paling banyak ${mostNameLines} baris dan ${largestFileBytes / 2 ** 20} MB. Hasil ekspor dapat dikirim kembali.`,
];

/** A list of villages and names. */
export const nameImportForm = listForm({
  name: "name-import",
  title: "📥 Impor CSV nama",
  explanation,
  receive: receiveNameFile,
});
