import { type RequestTeam, requestTeams } from "../../../core/domain/procedures/request-table.ts";
import type { ProcedureWords, StepWords } from "../procedure-words.ts";

const teamNames: Record<RequestTeam, string> = {
  "it-support": "IT Support",
  "data-center": "Data Center",
  infrastructure: "Infrastruktur",
};

/** The requester reads the note; a secret that stands in a chat can be read for ever. */
const askFulfilled =
  "Apa yang sudah dilakukan? Catatan ini dikirim ke pemohon. Jangan tulis kata sandi di sini; sampaikan lewat telepon atau langsung. Contoh: kotak surat dinkes sudah dibuat.";
const byPhone =
  "Siapa yang dihubungi, lewat apa, kapan, dan apa katanya? Contoh: Bu Siti, telepon, 09.30: sudah bisa dipakai.";

/** What the two procedures of the catalogue say alike; the questions of their forms are the profile's. */
export const requestWords: Omit<ProcedureWords, "title" | "file"> = {
  fields: {},
  states: {
    ...forTeams((team) => [`working-${team}`, `Dikerjakan ${teamNames[team]}`]),
    returned: "Dikembalikan ke help desk",
    ...forTeams((team) => [`awaiting-confirmation-of-${team}`, "Menunggu konfirmasi pemohon"]),
  },
  steps: {
    ...forTeams((team) => [
      `issue-to-${team}`,
      {
        button: `Terbitkan WO ke ${teamNames[team]}`,
        done: `menerbitkan perintah kerja (WO) untuk ${teamNames[team]}`,
        askNote: `Catatan untuk ${teamNames[team]}? Contoh: pemohon ada di tempat sampai pukul 15.00.`,
      },
    ]),
    decline: {
      button: "Tolak permintaan",
      done: "menolak permintaan",
      askNote:
        "Mengapa tidak dapat dipenuhi, dan apa yang sebaiknya dilakukan pemohon? Catatan ini dikirim ke pemohon. Contoh: printer milik sekolah; hubungi dinas pendidikan.",
      told: "Permintaan Anda tidak dapat dipenuhi:",
      outcome: "tidak dipenuhi",
    },
    ...Object.assign({}, ...requestTeams.map(stepsOfTeam)),
    ...forTeams((team) => [
      `forward-to-${team}`,
      {
        button: `Teruskan WO ke ${teamNames[team]}`,
        done: `meneruskan WO ke ${teamNames[team]}`,
        askNote: `Catatan untuk ${teamNames[team]}? Contoh: pemohon ada di tempat sampai pukul 15.00.`,
      },
    ]),
    "confirm-resolved": { button: "Ya, sudah terpenuhi", done: "menyatakan permintaan sudah terpenuhi" },
    "confirm-resolved-by-phone": {
      button: "📞 Sudah terpenuhi (lewat telepon)",
      done: "mencatat jawaban pemohon di luar bot: sudah terpenuhi",
      askNote: byPhone,
      told: "Help desk mencatat jawaban Anda di luar bot: sudah terpenuhi.",
    },
  },
};

function stepsOfTeam(team: RequestTeam): Record<string, StepWords> {
  const forwards = requestTeams
    .filter((other) => other !== team)
    .map((other): [string, StepWords] => [
      `forward-from-${team}-to-${other}`,
      {
        button: `Teruskan WO ke ${teamNames[other]}`,
        done: `meneruskan WO ke ${teamNames[other]}`,
        askNote: `Mengapa diteruskan, dan apa yang perlu dikerjakan ${teamNames[other]}? Contoh: perlu akun VPN sebelum aplikasi dibuka.`,
      },
    ]);
  return {
    [`fulfil-as-${team}`]: {
      button: "Sudah dikerjakan",
      done: "mengerjakan permintaan dan menanyakan kepada pemohon apakah sudah terpenuhi",
      askNote: askFulfilled,
      told: "Apakah permintaan Anda sudah terpenuhi?",
    },
    ...Object.fromEntries(forwards),
    [`return-from-${team}`]: {
      button: "Kembalikan WO ke help desk",
      done: "mengembalikan WO ke help desk",
      askNote: "Mengapa WO dikembalikan? Contoh: alat yang diminta tidak ada.",
    },
    [`report-still-bad-to-${team}`]: {
      button: "Belum terpenuhi",
      done: "menyatakan permintaan belum terpenuhi",
      askNote: "Apa yang belum terpenuhi? Contoh: kata sandi baru ditolak.",
    },
    [`report-still-bad-to-${team}-by-phone`]: {
      button: "📞 Belum terpenuhi (lewat telepon)",
      done: "mencatat jawaban pemohon di luar bot: belum terpenuhi",
      askNote: byPhone,
      told: "Help desk mencatat jawaban Anda di luar bot: belum terpenuhi.",
    },
  };
}

function forTeams<Words>(word: (team: RequestTeam) => [string, Words]): Record<string, Words> {
  return Object.fromEntries(requestTeams.map(word));
}
