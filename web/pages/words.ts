import { DateTime } from "luxon";
import type { Refusal } from "../../core/domain/outcome.ts";

/** "22 Nov 2026 08.30 WIB" */
export function showTime(at: Date, { zone, label }: { zone: string; label: string }): string {
  return `${DateTime.fromJSDate(at, { zone }).setLocale("id").toFormat("d MMM yyyy HH.mm")} ${label}`;
}

/** Why a file, or a part of it, was not taken. */
export function explainOnPage({ code, values }: Refusal): string {
  switch (code) {
    case "upload-empty":
      return "Berkas itu kosong. Pilih berkas yang berisi, contoh: situs.zip.";
    case "upload-too-large":
      return `Berkas itu terlalu besar: paling besar ${values.megabytes} MB. Perkecil atau bagi berkasnya, contoh: situs-1.zip dan situs-2.zip.`;
    case "disk-full":
      return "Ruang di server tidak cukup untuk berkas itu. Beri tahu Diskominfo, lalu coba lagi nanti; tautan ini tetap berlaku.";
    case "upload-of-another-file":
      return `Tautan ini sudah dipakai untuk berkas "${values.name}". Pilih berkas itu lagi, atau minta tautan baru di percakapan dengan bot.`;
    case "upload-not-begun":
    case "upload-offset":
    case "part-unreadable":
      return "Bagian itu bukan lanjutan dari yang sudah diterima. Muat ulang halaman ini, lalu pilih berkas yang sama.";
    case "upload-beyond-end":
      return "Yang dikirim lebih dari ukuran berkasnya. Muat ulang halaman ini, lalu pilih berkas yang sama.";
    case "part-too-large":
      return `Satu bagian paling besar ${values.megabytes} MB.`;
    case "too-many-parts":
      return "Berkas itu sedang dikirim dari beberapa tempat sekaligus. Tutup tab yang lain, lalu tunggu sebentar.";
    default:
      return "Tautan ini tidak berlaku. Minta tautan baru di percakapan dengan bot.";
  }
}
