import { listFormerLabels } from "../../../core/db/cable/cable-labels.ts";
import { type CableEnd, findCable, type StoredCable } from "../../../core/db/cable/cables.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { cableNumber } from "../../../core/domain/cable/cable.ts";
import { cableCode } from "../../../core/domain/cable/cable-code.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { maySee, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showDayOf, showTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { endWords, listButton, mediumWords, portsButton, whereIs } from "./cable-words.ts";

const formerShown = 5;
const longestName = 40;

/** A cable: where both of its ends are, its ticket, what its labels say and said, and what can be done with it. */
export async function renderCable(
  db: Db,
  viewer: Person,
  { cableId }: { cableId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const cable = await findCable(db, cableId);
  if (cable === undefined || !mayManageCables(viewer)) return undefined;
  const { label, medium, ticketId, laidAt, laidByName, removedAt, removedByName } = cable;
  const ticket = ticketId === null ? undefined : await findTicket(db, ticketId);
  const former = await listFormerLabels(db, cableId, label.id, formerShown);
  return {
    as: "text",
    html: lines(
      html`🔌 <b>${cableNumber(cableId)}</b> <code>${label.code}</code>`,
      removedAt === null
        ? undefined
        : html`✂️ <b>Dilepas</b> ${showTime(removedAt, office)} oleh ${shorten(removedByName ?? "", longestName)}`,
      ...cable.ends.map((end, index) => endLine(end, index + 1)),
      html`Jenis: ${mediumWords[medium]}`,
      ticketId === null ? undefined : html`Tiket: ${ticketNumber(ticketId)}`,
      html`Dipasang: ${showTime(laidAt, office)}, oleh ${shorten(laidByName, longestName)}`,
      removedAt === null ? labelLine(cable, office) : undefined,
      former.length === 0 ? undefined : html`\n<b>Label lama</b>`,
      ...former.map(({ code, endedAt }) => html`${code}, sampai ${showDayOf(endedAt, office)}`),
    ).markup,
    buttons: [
      ...(removedAt === null ? actionButtons(cable) : []),
      ...cable.ends.map(({ node }) => [portsButton(node)]).slice(0, isOneDevice(cable) ? 1 : 2),
      ticket === undefined || !maySee(viewer, ticket) ? [] : [openButton(ticket.id)],
      [listButton],
    ],
  };
}

function isOneDevice({ ends: [a, b] }: StoredCable): boolean {
  return a.node.id === b.node.id;
}

function endLine({ node, port }: CableEnd, number: number): Html {
  const where = whereIs(node);
  return html`Ujung ${number}: <b>${shorten(node.name, longestName)}</b> port ${port} (${node.officeCode})${where === undefined ? "" : `, ${shorten(where, longestName)}`}`;
}

function labelLine({ label, ends: [a, b] }: StoredCable, office: OfficeWords): Html {
  const printed =
    label.printedAt === null
      ? html`🏷 Label: <b>Belum dicetak</b>`
      : html`🏷 Label: dicetak ${showTime(label.printedAt, office)}`;
  const code = cableCode(a, b);
  if (code === label.code) return printed;
  return lines(
    printed,
    html`⚠️ Kode barunya ${code}, tetapi kode itu ada pada kabel lain. Isi nomor inventaris perangkatnya agar kodenya berbeda.`,
  );
}

function actionButtons({ id: cableId, label, ticketId, ends }: StoredCable): Button[][] {
  return [
    ...ends.map((end): Button[] => [
      { label: `↔️ Pindahkan ujung ${endWords(end)}`, press: { do: "move-cable-end", cableId, useId: end.useId } },
    ]),
    [
      { label: "🖨 Cetak label", press: { do: "print-cable-label", cableId } },
      { label: "✂️ Lepas kabel", press: { do: "ask-removing-cable", cableId, labelId: label.id } },
    ],
    ticketId === null
      ? []
      : [{ label: `🎫 Kabel ${ticketNumber(ticketId)}`, press: { do: "cables-of-ticket", ticketId, page: 0 } }],
  ];
}

/** Asks once more: somebody may still work over it. */
export async function renderCableRemoving(
  db: Db,
  viewer: Person,
  { cableId, labelId }: { cableId: number; labelId: number },
): Promise<Rendered | undefined> {
  const cable = await findCable(db, cableId);
  if (cable === undefined || !mayManageCables(viewer)) return undefined;
  const [a, b] = cable.ends;
  return askOnceMore(
    html`✂️ Lepas kabel <b>${cableNumber(cableId)}</b> dari ${endWords(a)} dan ${endWords(b)}? Kedua portnya menjadi bebas. Riwayatnya tersimpan.`,
    { label: "Ya, lepas kabel", press: { do: "remove-cable", cableId, labelId } },
    { do: "cable", cableId },
  );
}
