import type { ProcedureWords } from "../procedure-words.ts";

/** R37, a weakness reported to leadership. */
export const words: ProcedureWords = {
  title: "Kelemahan",
  file: "Laporkan kelemahan",
  fields: {
    description: {
      label: "Kelemahan",
      ask: "Kelemahan apa yang Anda lihat, dan di mana? Tuliskan, atau kirim foto dengan keterangannya (contoh: pintu ruang server tidak terkunci sejak Senin). Begitu Anda kirim, laporan ini langsung sampai ke pimpinan.",
    },
  },
  states: {
    reported: "Dilaporkan, menunggu pimpinan",
    acting: "Ditindaklanjuti pimpinan",
    "following-up": "Ditindaklanjuti help desk",
  },
  steps: {
    acknowledge: {
      button: "Catat dan tindak lanjuti",
      done: "mencatat kelemahan ini untuk ditindaklanjuti",
      askNote: "Catatan untuk pelapor? Ikut dikirim kepadanya. Contoh: terima kasih, kuncinya diganti hari ini.",
      told: "Laporan kelemahan Anda sudah dicatat dan ditindaklanjuti pimpinan.",
    },
    "ask-help-desk": {
      button: "Minta help desk menindaklanjuti",
      done: "meminta help desk menindaklanjuti",
      askNote: "Apa yang diminta dari help desk? Contoh: pastikan pintu ruang server terkunci setiap sore.",
    },
    "report-follow-up": {
      button: "Laporkan hasil ke pimpinan",
      done: "melaporkan hasil tindak lanjut ke pimpinan",
      askNote: "Apa yang sudah dilakukan, dan apa hasilnya? Contoh: kunci diganti, pintu diperiksa tiap sore.",
    },
    close: {
      button: "Tutup",
      done: "menutup laporan kelemahan",
      askNote: "Tuliskan hasil akhirnya. Hasil ini dikirim ke pelapor. Contoh: kunci sudah diganti.",
      told: "Laporan kelemahan Anda telah selesai ditangani. Hasil akhir:",
    },
  },
};
