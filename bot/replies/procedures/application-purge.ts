import { machineWords, seenWords } from "../hosting/machine-words.ts";
import type { ProcedureWords } from "../procedure-words.ts";

// Infrastructure is of the chain that approves, and looks at nothing before.
const { "accepting-plan": _accepting, ...states } = machineWords.states;
const { "accept-plan": _accept, "refuse-plan": _refuse, ...steps } = machineWords.steps;

export const words: ProcedureWords = {
  title: "Pemusnahan data aplikasi",
  file: "Ajukan pemusnahan data aplikasi",
  hint: "Memusnahkan data aplikasi yang sudah dihapus dan lewat masa simpannya, dengan dua persetujuan",
  fields: {
    ...machineWords.fields,
    ...seenWords,
    "hosted-application": {
      label: "Aplikasi",
      ask: "Data aplikasi mana yang dimusnahkan? Pilih satu.",
      askWithoutOffer: "Tidak ada aplikasi terhapus yang masa simpannya sudah lewat.",
    },
    description: {
      label: "Alasan",
      ask: "Mengapa datanya dimusnahkan? (contoh: aplikasi diganti SIPD, arsipnya sudah diserahkan).",
    },
    "dns-name": { label: "Nama domain", ask: "Nama domain" },
    size: { label: "Ukuran", ask: "Ukuran" },
    "application-file": { label: "Berkas", ask: "Berkas" },
  },
  states: {
    ...states,
    filed: "Baru, permintaan diperiksa Data Center",
    "planning-application": "Rencana pemusnahan sedang dibuat mesin",
    "awaiting-plan-approval": "Menunggu persetujuan atas rencana pemusnahan",
    "building-application": "Disetujui, data sedang dimusnahkan mesin",
    "building-stopped": "Pemusnahan terhenti, di Data Center",
    "reporting-application": "Data sudah dimusnahkan, laporan di Data Center",
  },
  steps: {
    ...steps,
    "plan-purge": {
      button: "Rencanakan pemusnahan",
      done: "meminta mesin membuat rencana pemusnahan",
      askNote: "Catatan untuk yang menyetujui? Contoh: kantor sudah menerima salinan datanya.",
    },
    "refuse-purge": {
      button: "Tolak permintaan",
      done: "menolak permintaan pemusnahan",
      askNote: "Mengapa ditolak? Catatan ini dikirim ke pemohon. Contoh: datanya masih diperlukan inspektorat.",
      told: "Permintaan pemusnahan data ditolak, karena:",
      outcome: "ditolak",
    },
    "approve-plan": {
      button: "✅ Setujui",
      done: "menyetujui pemusnahan data",
      askNote: "Catatan? Contoh: salinan datanya sudah diserahkan.",
    },
    "reject-plan": {
      button: "🚫 Tolak dengan alasan",
      done: "menolak pemusnahan data",
      askNote: "Mengapa ditolak? Alasan ini dikirim ke pemohon. Contoh: datanya masih diperlukan inspektorat.",
      told: "Pemusnahan data tidak disetujui, karena:",
      outcome: "tidak disetujui",
    },
    "application-built": { button: "Data dimusnahkan", done: "memusnahkan data aplikasi" },
    "report-purge": {
      button: "Laporkan ke pemohon",
      done: "melaporkan bahwa data sudah dimusnahkan",
      askNote: "Apa hasilnya? Catatan ini dikirim ke pemohon. Contoh: semua volume data sudah dimusnahkan.",
      told: "Data aplikasi Anda sudah dimusnahkan:",
    },
  },
};
