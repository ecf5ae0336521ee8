import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about links to the pages. */
export function explainUploads(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "no-pages":
      return "Halaman di luar chat belum dibuka di kantor ini, jadi tidak ada tautan. Kirim berkas sampai 20 MB di sini, misalnya sebagai ZIP, atau hubungi Diskominfo.";
    case "too-many-uploads":
      return `Masih ada ${values.most} unggahan Anda yang belum selesai. Selesaikan salah satunya lewat tautannya, atau tunggu sampai kedaluwarsa (24 jam).`;
    default:
      return undefined;
  }
}
