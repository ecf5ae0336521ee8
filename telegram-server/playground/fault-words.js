/** How the faults are named on the page. */

/** @import { FaultHit, FaultKind } from "./types.d.ts" */

/** @typedef {{ name: string, says: string, parameter?: string }} FaultWords */

/** In the order of the page. @type {{ title: string, kinds: Record<string, FaultWords> }[]} */
export const faultGroups = [
  {
    title: "Telegram menjawab lain",
    kinds: {
      "too-many-requests": {
        name: "Terlalu banyak kiriman (429)",
        says: "Telegram meminta bot menunggu.",
        parameter: "Menunggu (detik)",
      },
      "server-error": { name: "Server Telegram rusak", says: "Jawabannya hanya kode galat.", parameter: "Kode" },
      "token-changed": {
        name: "Token diganti (401)",
        says: "Bot tidak dikenali lagi. Sesudah ini dimatikan ia mencoba lagi dalam semenit.",
      },
    },
  },
  {
    title: "Sambungan",
    kinds: {
      "dropped-before": { name: "Putus sebelum dikerjakan", says: "Permintaan bot tidak sampai." },
      "dropped-after": { name: "Putus sesudah dikerjakan", says: "Permintaan sampai, jawabannya hilang." },
      slow: { name: "Lambat", says: "Dikerjakan, tetapi jawabannya terlambat.", parameter: "Terlambat (detik)" },
      "half-open": { name: "Tidak pernah dijawab", says: "Sambungan tetap terbuka sampai bot menyerah." },
    },
  },
  {
    title: "Kabar untuk bot",
    kinds: {
      duplicate: { name: "Datang dua kali", says: "Kabar yang sama datang lagi kemudian." },
      reorder: { name: "Urutan tertukar", says: "Kabar yang datang bersamaan tidak berurutan." },
      late: { name: "Terlambat", says: "Kabar ditahan, yang lain mendahului.", parameter: "Ditahan (detik)" },
      "double-delivery": { name: "Webhook digandakan", says: "Hanya bila bot memakai webhook." },
      gap: {
        name: "Bot mati berhari-hari",
        says: "Yang menunggu hilang, nomor kabar mulai acak, dan jam server maju.",
        parameter: "Lamanya (hari)",
      },
    },
  },
  {
    title: "Orang dan grup",
    kinds: {
      block: { name: "Orang memblokir bot", says: "Tepat sebelum bot mengirim. Dibuka lagi bila ini dimatikan." },
      "delete-message": { name: "Pesan dihapus", says: "Tepat sebelum bot mengubah atau membalasnya." },
      "delete-topic": { name: "Topik dihapus", says: "Tepat sebelum bot menulis di dalamnya." },
      "migrate-group": { name: "Grup menjadi supergrup", says: "Id grup biasa berganti saat bot menulis ke sana." },
    },
  },
  {
    title: "Jam",
    kinds: {
      "clock-skew": {
        name: "Jam server salah",
        says: "Tanggal pesan ikut salah. Negatif berarti terlambat.",
        parameter: "Selisih (detik)",
      },
    },
  },
];

/** @param {FaultKind} kind @returns {FaultWords} */
export function wordsOf(kind) {
  for (const { kinds } of faultGroups) if (kinds[kind]) return kinds[kind];
  return { name: kind, says: "" };
}

/** How often a fault happens, as the page offers it. */
export const frequencies = [
  { name: "setiap kali", limits: {} },
  { name: "1 dari 2", limits: { probability: 0.5 } },
  { name: "1 dari 10", limits: { probability: 0.1 } },
  { name: "sekali saja", limits: { next: 1 } },
];

const timeWords = new Intl.DateTimeFormat("id-ID", { timeStyle: "medium" });

/** @param {FaultHit} hit */
export const timeOf = ({ at }) => timeWords.format(new Date(at));

/** The call, or nothing where it was none. @param {FaultHit} hit */
export function callOf({ place }) {
  if (place === "download") return "mengambil berkas";
  return /[A-Z]/.test(place) ? place : "";
}
