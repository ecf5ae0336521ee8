import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about lists of people. */
export function explainLists(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "file-not-text":
      return 'Berkas itu bukan CSV yang terbaca. Di Excel: Simpan Sebagai, pilih "CSV UTF-8", lalu kirim berkas itu.';
    case "file-without-heading":
      return "Baris pertama harus berisi nama kolom. Contoh: nama;nip;kode_kantor.";
    case "file-heading-differs":
      return headingDiffers(values);
    case "file-without-people":
      return "Di bawah nama kolom tidak ada satu orang pun. Contoh baris: Siti Aminah;198503122010012002;Dinkes.";
    case "file-too-long":
      return `Berkas berisi ${values.lines} baris, paling banyak ${values.mostLines}. Bagi menjadi beberapa berkas.`;
    case "file-quote-open":
      return `Tanda kutip yang dibuka di sekitar baris ${values.line} tidak ditutup. Contoh yang benar: "Sinaga, Rudi".`;
    case "list-too-large":
      return `Daftar paling besar ${values.megabytes} MB. Bagi menjadi beberapa berkas.`;
    case "list-not-fetched":
      return "Berkas itu tidak berhasil diambil dari Telegram.";
    case "list-not-read":
      return "Berkas itu tidak berhasil dibaca.";
    case "no-such-import":
      return "Impor itu sudah tidak ada. Kirim lagi berkasnya lewat Impor CSV.";
    case "imported-already":
      return `Daftar itu sudah diimpor: ${values.count} orang.`;
    case "nothing-to-import":
      return "Tidak ada baris yang siap diimpor. Perbaiki berkasnya, lalu kirim lagi.";
    default:
      return undefined;
  }
}

function headingDiffers({ missing, unknown, columns }: Refusal["values"]): string {
  const what = [
    ...(missing === "" ? [] : [`kurang ${missing}`]),
    ...(unknown === "" ? [] : [`tidak dikenal: ${unknown}`]),
    ...(missing === "" && unknown === "" ? ["urutannya lain"] : []),
  ];
  return `Kolom di baris pertama berbeda (${what.join("; ")}). Tulis semuanya, yang tidak dipakai dikosongkan isinya, contoh: ${columns}.`;
}
