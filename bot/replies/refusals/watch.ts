import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about looking after what stands. */
export function explainWatch(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "stack-not-watched":
      return `${values.stack} belum pernah selesai dibangun mesin, atau sudah dihapus. Lihat yang ada lewat /hosting.`;
    case "stack-is-changing":
      return `${values.stack} sedang diubah mesin, atau perubahan terakhirnya belum selesai. Selesaikan dahulu di tiketnya, contoh: tekan Lanjutkan pembangunan.`;
    case "application-isolated":
      return "Aplikasi itu sedang diisolasi dan dibiarkan apa adanya sebagai bukti, jadi belum dapat diubah. Tunggu sampai pimpinan mencabut isolasinya; pimpinan melakukannya lewat /hosting.";
    case "nothing-to-put-back":
      return `Tidak ada lagi yang berbeda pada ${values.stack}. Tekan Bandingkan sekarang untuk memeriksanya lagi.`;
    case "not-on-duty-or-operator":
      return "Aplikasi diisolasi oleh Data Center, Infrastruktur, atau petugas piket. Contoh: mulai piket lewat /piket, lalu tekan lagi ⛔️ Isolasi sekarang.";
    case "isolated-already":
      return "Aplikasi itu sudah diisolasi. Lihat sejauh mana di Pengawasan.";
    case "nothing-to-isolate":
      return "Aplikasi itu tidak sedang berjalan, jadi tidak ada yang diisolasi. Lihat keadaannya lewat /hosting.";
    case "no-such-isolation":
      return "Isolasi itu tidak ada lagi. Lihat keadaannya lewat /hosting.";
    case "own-isolation":
      return "Isolasi yang Anda lakukan sendiri diputuskan pimpinan lain. Mintalah pimpinan lain atau Plh./Plt.-nya.";
    case "isolation-lifted":
      return "Isolasi itu sudah dicabut. Lihat keadaannya lewat /hosting.";
    case "isolation-confirmed":
      return "Isolasi itu sudah dibenarkan. Bila sudah aman, tekan Cabut isolasi.";
    default:
      return undefined;
  }
}
