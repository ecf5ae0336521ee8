import { countCables, listCableIds } from "../../../core/db/cable/cable-lists.ts";
import { findCables, type StoredCable } from "../../../core/db/cable/cables.ts";
import type { Db } from "../../../core/db/tables.ts";
import { cableNumber } from "../../../core/domain/cable/cable.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { openButton } from "../open-button.ts";
import { cableButton, listButton, searchButton } from "./cable-words.ts";

const cablesOnPage = 8;

/** All cables that lie, the newest first, or only those whose labels nobody has printed. */
export async function renderCables(
  db: Db,
  viewer: Person,
  { page, unprinted }: { page: number; unprinted?: true },
): Promise<Rendered | undefined> {
  if (!mayManageCables(viewer)) return undefined;
  const counts = await countCables(db);
  const which = unprinted === undefined ? {} : { unprinted };
  const { items, hasMore } = await pageOf(db, which, page);
  const title = unprinted === undefined ? html`🔌 <b>Kabel</b>` : html`🏷 <b>Belum dicetak</b>`;
  const empty =
    unprinted === undefined
      ? html`Belum ada kabel. Tekan Pasang kabel, lalu pilih kedua perangkatnya, contoh: SW-A2 dan SRV-SIMPEG.`
      : html`Semua label sudah dicetak.`;
  return {
    as: "text",
    html: lines(
      html`${title}${page > 0 ? `, halaman ${page + 1}` : ""}`,
      html`${counts.all} kabel, label belum dicetak: ${counts.unprinted}\n`,
      ...(items.length === 0 ? [empty] : items.map(cableLine)),
    ).markup,
    buttons: [
      ...items.map((cable) => [cableButton(cable)]),
      pageButtons(page, hasMore, (to) => ({ do: "cables", page: to, turns: true, ...which })),
      ...(unprinted === undefined ? listActions(counts.unprinted) : [printUnprinted(counts.unprinted), [listButton]]),
    ],
  };
}

function pageOf(db: Db, which: { unprinted?: true; ticketId?: number }, page: number) {
  return onePage(page, cablesOnPage, async (part) => findCables(db, await listCableIds(db, which, part)));
}

function listActions(unprinted: number): Button[][] {
  return [
    [searchButton, { label: "➕ Pasang kabel", press: { do: "lay-cable" } }],
    [
      ...(unprinted === 0
        ? []
        : [
            {
              label: `🏷 Belum dicetak (${unprinted})`,
              press: { do: "cables", page: 0, unprinted: true },
            } as const satisfies Button,
          ]),
      { label: "📤 Ekspor CSV", press: { do: "export-cables" } },
    ],
  ];
}

function printUnprinted(unprinted: number): Button[] {
  if (unprinted === 0) return [];
  return [{ label: `🖨 Cetak semua (${unprinted})`, press: { do: "print-unprinted-labels" } }];
}

/** "K-0042 DC.A2.20:1/DC.A2.42:14" */
export function cableLine({ id, label, removedAt }: StoredCable): Html {
  const mark = removedAt === null ? "" : ", dilepas";
  const printed = removedAt === null && label.printedAt === null ? ", belum dicetak" : "";
  return html`${cableNumber(id)} <code>${label.code}</code>${mark}${printed}`;
}

/** The cables that were laid because of a ticket. */
export async function renderCablesOfTicket(
  db: Db,
  viewer: Person,
  { ticketId, page }: { ticketId: number; page: number },
): Promise<Rendered | undefined> {
  if (!mayManageCables(viewer)) return undefined;
  const { items, hasMore } = await pageOf(db, { ticketId }, page);
  const empty = html`Tidak ada kabel yang dipasang untuk tiket ini.`;
  return {
    as: "text",
    html: lines(
      html`🔌 <b>Kabel ${ticketNumber(ticketId)}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      ...(items.length === 0 ? [empty] : items.map(cableLine)),
    ).markup,
    buttons: [
      ...items.map((cable) => [cableButton(cable)]),
      pageButtons(page, hasMore, (to) => ({ do: "cables-of-ticket", ticketId, page: to, turns: true })),
      items.length === 0
        ? []
        : [
            { label: "🖨 Cetak label tiket ini", press: { do: "print-labels-of-ticket", ticketId } },
            openButton(ticketId),
          ],
      [listButton],
    ],
  };
}
