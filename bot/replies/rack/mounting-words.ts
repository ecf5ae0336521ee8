import type { ProcedureWords } from "../procedure-words.ts";

/** The words of a server that is placed in a rack (R04). */
export const mountingWords: Pick<ProcedureWords, "fields" | "states" | "steps"> = {
  fields: {
    "device-height": {
      label: "Tinggi",
      ask: "Berapa unit tinggi perangkatnya? Boleh setengah unit (contoh: 2 atau 1,5).",
    },
    "rack-face": {
      label: "Sisi rak",
      ask: "Memakai seluruh kedalaman rak, atau satu sisi saja?",
      choices: { full: "Seluruh kedalaman", front: "Depan", back: "Belakang" },
    },
    watts: { label: "Daya (watt)", ask: "Berapa watt dayanya, menurut pelat nama atau hasil ukur? (contoh: 350)" },
    "power-feeds": {
      label: "Jalur daya",
      ask: "Pada berapa jalur daya? Bila satu mati, yang lain menanggung semuanya.",
      choices: { "2": "Dua (A dan B)", "1": "Satu", "0": "Tanpa daya" },
    },
    "rack-place": {
      label: "Tempat di rak",
      ask: "Tempat yang cocok, yang paling tepat lebih dahulu. Pilih satu:",
      askWithoutOffer:
        "Tidak ada tempat yang cukup tinggi dan cukup dayanya. Tekan Kembali untuk mengubah ukurannya, atau kosongkan tempat lewat /rak.",
    },
    "switch-port": {
      label: "Port switch",
      ask: "Port switch mana yang disiapkan untuknya? Pilih, atau tekan Lewati.",
      askWithoutOffer: "Tidak ada port switch yang bebas dalam daftar perangkat. Tekan Lewati.",
    },
    "device-name": {
      label: "Nama perangkat",
      ask: "Perangkat ini akan disebut apa? Nama ini dipakai di rak, label kabel, dan daftar perangkat (contoh: SRV-SIAK-1).",
    },
    model: { label: "Merek dan tipe", ask: "Apa merek dan tipenya? (contoh: Dell PowerEdge R740)" },
    "serial-number": { label: "Nomor seri", ask: "Apa nomor serinya? (contoh: 7XK2A93)" },
    "network-ports": {
      label: "Port jaringan",
      ask: "Berapa port jaringannya? Kabel dan labelnya memakai nomor port itu (contoh: 4).",
    },
    "server-description": {
      label: "Kelengkapan",
      ask: "Apa kelengkapan dan keadaannya? Contoh: 2 kabel daya, 1 rel, kunci bezel. Bila tidak ada, tekan Lewati.",
    },
    "handed-by": {
      label: "Diserahkan oleh",
      ask: "Siapa yang menyerahkan? Tekan Lewati bila pemohon sendiri (contoh: Bapak Anwar Lubis).",
    },
    cable: { label: "Kabel", ask: "Kabel yang dipasang" },
  },
  states: {
    "receiving-server": "Disetujui, server akan diterima Data Center",
    "mounting-server": "Server dipasang IT Support",
    "setting-server-address": "Alamat IP diatur Infrastruktur",
    "reporting-mounting": "Laporan pemasangan di Data Center",
  },
  steps: {
    "reserve-place": { button: "Pesan tempat di rak", done: "memesan tempat di rak" },
    "reserve-another-place": { button: "Ganti tempat di rak", done: "memesan tempat lain di rak" },
    "receive-server": { button: "Terima server (BAST)", done: "menerima server dan menerbitkan WO pemasangan" },
    "mount-server": {
      button: "Server terpasang: teruskan WO",
      done: "memasang server dan kabel jaringan, dan meneruskan WO ke Infrastruktur",
      askNote: "Apa yang dipasang? Contoh: rak A2 U20-21, port switch 14, kabel jaringan dua.",
    },
    "set-server-address": {
      button: "Alamat IP diatur: kembalikan WO",
      done: "mengatur alamat IP server dan mengembalikan WO ke Data Center",
      askNote: "Catatan tentang alamatnya? Contoh: hanya untuk intranet.",
    },
    "mounting-is-incomplete": {
      button: "Belum lengkap: teruskan ke IT Support",
      done: "meneruskan WO ke IT Support: pemasangan belum lengkap",
      askNote: "Apa yang belum lengkap? Contoh: kabel jaringan kedua belum terpasang.",
    },
    "report-mounting": {
      button: "Laporkan pemasangan selesai",
      done: "melaporkan bahwa server terpasang dan menutup WO",
      askNote: "Bagaimana hasil tes aksesnya? Contoh: ping dan SSH dari intranet berhasil.",
    },
  },
};
