import type { Db } from "../../../core/db/tables.ts";
import { cableNumber } from "../../../core/domain/cable/cable.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";

const longestNear = 120;

/** Refusals about cables, their labels and ports. */
export function explainCables(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "cables-of-others":
      return "Data kabel hanya untuk petugas jaringan dan pusat data Diskominfo. Ada gangguan? Laporkan lewat /lapor.";
    case "cable-device-unknown":
      return "Perangkat itu tidak ada dalam inventaris. Pilih yang lain, contoh: SW-A2.";
    case "cable-without-devices":
      return "Belum ada perangkat dengan port dalam inventaris. Daftarkan dahulu perangkatnya, contoh: SW-A2 dengan 24 port.";
    case "cable-device-retired":
      return `${values.name} sudah dihapus dari pemakaian. Pilih perangkat yang masih dipakai, contoh: SW-A2.`;
    case "cable-device-without-ports":
      return `${values.name} tidak punya port menurut inventaris. Isi dahulu jumlah portnya, contoh: 24.`;
    case "cable-port-outside":
      return `${values.name} tidak punya port ${values.port}. Portnya dari 1 sampai ${values.ports}, contoh: ${values.ports}.`;
    case "cable-port-taken":
      return `Port ${values.port} ${values.name} sudah dipakai kabel ${cableNumber(Number(values.cableId))}. Pilih port lain, atau cari kabel itu: /kabel ${cableNumber(Number(values.cableId))}.`;
    case "cable-port-reserved":
      return `Port ${values.port} ${values.name} dipesan untuk ${values.reservedFor}. Pilih port lain, atau sambungkan ke perangkat itu.`;
    case "cable-to-itself":
      return `Kedua ujung tidak boleh di port yang sama (${values.name} port ${values.port}). Pilih port lain untuk ujung kedua.`;
    case "cable-end-there":
      return `Ujung itu memang sudah di ${values.name} port ${values.port}. Pilih port yang lain.`;
    case "cable-code-taken":
      return `Kode ${values.code} sudah ada pada kabel ${cableNumber(Number(values.cableId))}: dua perangkat di luar rak beralamat sama. Isi nomor inventaris salah satunya, contoh: INV-0042.`;
    case "cable-ticket-unknown":
      return `Tiket ${ticketNumber(Number(values.ticketId))} tidak ada. Periksa nomornya di kartu tiketnya, atau tekan Lewati.`;
    case "cable-ticket-unreadable":
      return "Nomor tiket itu tidak terbaca. Tulis seperti T-0042, atau tekan Lewati.";
    case "cable-changed":
      return `Kabel ${cableNumber(Number(values.cableId))} sudah dipindahkan atau dilepas sejak tombol ini dibuat. Buka lagi: /kabel ${cableNumber(Number(values.cableId))}.`;
    case "no-such-cable":
      return `Kabel ${values.number} tidak ada. Periksa nomornya pada label, contoh: /kabel K-0042.`;
    case "no-cable-found":
      return values.near === ""
        ? "Tidak ada kabel atau perangkat yang cocok. Cari dengan kode, nomor, atau perangkat, contoh: DC.A2.20, K-0042, atau SW-A2."
        : `Tidak ada kabel dengan kode itu. Mungkin maksud Anda: ${shorten(String(values.near), longestNear)}.`;
    case "no-labels-to-print":
      return "Tidak ada label yang dapat dicetak di sini. Lihat daftarnya: /kabel.";
    default:
      return undefined;
  }
}
