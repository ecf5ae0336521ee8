import type { Db } from "../../../core/db/tables.ts";
import { findLastOfKind } from "../../../core/db/ticket/entries.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { PendingOn, Ticket } from "../../../core/domain/ticket/ticket.ts";
import { type Html, html } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import type { FieldWords } from "../procedure-words.ts";

const choices: Record<PendingOn, string> = {
  requester: "Pemohon",
  vendor: "Vendor/ISP",
  "spare-part": "Suku cadang",
  budget: "Anggaran",
  "site-access": "Akses lokasi",
};

export const pendingWords = {
  "pending-on": { label: "Menunggu", ask: "Menunggu siapa atau apa?", choices },
  "pending-until": {
    label: "Paling lambat",
    ask: "Sampai kapan paling lambat? Pada pagi hari itu tiket muncul kembali. Pilih, atau ketik harinya (contoh: Senin, 3 hari lagi, atau 30-11-2026).",
  },
  note: {
    label: "Alasan",
    ask: "Mengapa menunggu? Pemohon ikut membaca alasan ini. Contoh: menunggu switch pengganti dari vendor.",
  },
} satisfies Record<string, FieldWords>;

/** On whom or what the ticket waits, until when, and why. */
export async function pendingLine(
  db: Db,
  ticket: Ticket,
  office: OfficeWords,
  longestNote: number,
): Promise<Html | undefined> {
  if (ticket.pendingOn === null || ticket.pendingUntil === null) return undefined;
  const entry = await findLastOfKind(db, ticket.id, "pending");
  const until = showTime(ticket.pendingUntil, office);
  return html`⏳ <b>Menunggu ${withinSentence(choices[ticket.pendingOn])}</b>, paling lambat ${until}: ${shorten(entry?.answers.note ?? "", longestNote)}`;
}

/** "Vendor/ISP" stays an abbreviation. */
function withinSentence(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}
