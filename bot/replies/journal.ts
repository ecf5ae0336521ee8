import { findPin } from "../../core/db/journal/journal-pins.ts";
import type { Db } from "../../core/db/tables.ts";
import { hasRole, type Person } from "../../core/domain/people/person.ts";
import type { Rendered } from "../rendered.ts";
import { html, lines } from "./html.ts";
import { type OfficeWords, showTime } from "./office-words.ts";

const figures = new Intl.NumberFormat("id-ID");

/** The head of the journal's chain on that day, for who keeps it outside the desk. */
export async function renderJournalHead(
  db: Db,
  { pinId }: { pinId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const pin = await findPin(db, pinId);
  if (pin === undefined) return undefined;
  const text = lines(
    html`🔏 <b>Jurnal meja layanan Diskominfo ${office.regency}</b>`,
    html`${showTime(pin.at, office)} · ${figures.format(pin.number)} baris`,
    html`<code>${pin.hash}</code>`,
    html`Dengan kode ini kelak dapat dibuktikan bahwa catatan sampai saat ini tidak diubah dan tidak dipotong; jangan hapus pesan ini.`,
  );
  return { as: "text", html: text.markup };
}

export async function renderPin(db: Db, { pinId }: { pinId: number }): Promise<Rendered | undefined> {
  const messageId = (await findPin(db, pinId))?.messageId ?? undefined;
  return messageId === undefined ? undefined : { as: "pin", messageId };
}

const troubles = {
  "not-sent":
    "🛑 Kode jurnal hari ini tidak terkirim ke grup jurnal. Masukkan lagi bot ke grup itu, dan periksa nomor grup di TELEGRAM_JOURNAL_CHAT, contoh: -1001234567890.",
  "not-pinned":
    "⚠️ Kode jurnal hari ini sudah terkirim ke grup jurnal, tetapi tidak dapat disematkan. Jadikan bot admin grup itu dengan izin menyematkan pesan; pesan hari ini dapat Anda sematkan sendiri.",
};

export function renderJournalTrouble(viewer: Person, { what }: { what: keyof typeof troubles }): Rendered | undefined {
  return hasRole(viewer, "administrator") ? { as: "text", html: html`${troubles[what]}`.markup } : undefined;
}
