import { findListedRange, type ListedRange } from "../../../core/db/ipam/address-lists.ts";
import type { Db } from "../../../core/db/tables.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { html } from "../html.ts";
import { type OfficeWords, showDayOf } from "../office-words.ts";
import { spanOf, whoHas } from "./address-words.ts";

/** Tells before the clock frees it; one that was used or given up meanwhile needs no word. */
export async function renderReservationEndsSoon(
  db: Db,
  viewer: Person,
  { rangeId }: { rangeId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const range = await findListedRange(db, rangeId);
  if (range === undefined || range.endedAt !== null || !mayManageAddresses(viewer)) return undefined;
  const text = html`⏰ <b>${spanOf(range)}</b> dipesan untuk ${whoHas(range)} sampai ${lastDay(range, office)}. Bila jadi dipakai, buka alamatnya dan tekan ✅ Pakai sekarang; bila tidak, alamat itu bebas sendiri sesudah hari itu.`;
  return { as: "text", html: text.markup, buttons: [[addressButton(range)]] };
}

/** Without a sound: it ended at midnight. */
export async function renderReservationEnded(
  db: Db,
  viewer: Person,
  { rangeId }: { rangeId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const range = await findListedRange(db, rangeId);
  if (range === undefined || !mayManageAddresses(viewer)) return undefined;
  const text = html`⌛ Pesanan <b>${spanOf(range)}</b> untuk ${whoHas(range)} berakhir ${lastDay(range, office)}. Alamat itu tidak disimpan lagi untuknya.`;
  return { as: "text", html: text.markup, buttons: [[addressButton(range)]], isSilent: true };
}

/** The last day that counts. */
function lastDay({ until }: ListedRange, office: OfficeWords): string {
  return until === null ? "" : showDayOf(new Date(until.getTime() - 1), office);
}

function addressButton({ zoneId, first: address }: ListedRange): Button {
  return { label: "🌐 Buka alamat", press: { do: "address", zoneId, address, page: 0 } };
}
