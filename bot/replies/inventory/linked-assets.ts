import { searchAssets } from "../../../core/db/inventory/asset-lists.ts";
import { listAssetsOfTicket } from "../../../core/db/inventory/ticket-assets.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Asset } from "../../../core/domain/inventory/asset.ts";
import { refusalOfLinking } from "../../../core/domain/inventory/link-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { maintainerOfAsset } from "../monitoring/maintenance.ts";
import type { OfficeWords } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { assetKindWords, assetLabel } from "./asset-words.ts";

const shownOnCard = 5;
const choicesOnPage = 8;
const longestLabel = 60;

/** What the ticket is about, for the desk: "🔗 SW-DINKES-1 (Switch), dipelihara Diskominfo". */
export async function linkedLines(db: Db, { id }: Ticket, office: OfficeWords): Promise<Html | undefined> {
  const assets = await listAssetsOfTicket(db, id);
  if (assets.length === 0) return undefined;
  const left = assets.length - shownOnCard;
  return lines(
    ...assets.slice(0, shownOnCard).map((asset) => linkedLine(asset, office)),
    left > 0 ? html`🔗 … dan ${left} lagi` : undefined,
  );
}

function linkedLine(asset: Asset, office: OfficeWords): Html {
  const by = shorten(maintainerOfAsset(asset, office, { withContact: true }), longestLabel);
  return html`🔗 ${asset.name} (${assetKindWords[asset.kind]}), dipelihara ${by}`;
}

/** What the ticket is tied to, and what else it could be: what its office has, or what the words find, its office first. */
export async function renderTicketAssets(
  db: Db,
  viewer: Person,
  { ticketId, text, page }: { ticketId: number; text?: string; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined || refusalOfLinking(ticket, viewer) !== undefined) return undefined;
  const linked = await listAssetsOfTicket(db, ticketId);
  const { officeId } = ticket;
  const { items, hasMore } = await onePage(page, choicesOnPage, (part) =>
    searchAssets(db, text ?? "", part, {
      ...{ officeId, isPresent: true, exceptTicketId: ticketId },
      ...(text === undefined ? { isOfOffice: true } : {}),
    }),
  );
  return {
    as: "text",
    html: lines(
      html`<b>🔗 ${ticketNumber(ticketId)}: perangkat</b>`,
      ...linked.map((asset) => linkedLine(asset, office)),
      await askLine(db, ticket, { text, isNothing: items.length === 0 }),
    ).markup,
    buttons: [
      ...items.map((asset) => [linkButton(ticketId, asset)]),
      pageButtons(page, hasMore, (to) =>
        text === undefined
          ? { do: "ticket-assets", ticketId, page: to, turns: true }
          : { do: "assets-to-link", ticketId, text, page: to, turns: true },
      ),
      [{ label: "🔎 Cari perangkat", press: { do: "find-asset-to-link", ticketId } }],
      ...linked.map((asset) => [unlinkButton(ticketId, asset)]),
      [openButton(ticketId)],
    ],
  };
}

function linkButton(ticketId: number, asset: Asset): Button {
  const label = shorten(`🔗 ${assetLabel(asset)}`, longestLabel);
  return { label, press: { do: "link-asset", ticketId, assetId: asset.id } };
}

function unlinkButton(ticketId: number, { id: assetId, name }: Asset): Button {
  return { label: shorten(`✂️ Lepas kaitan ${name}`, longestLabel), press: { do: "unlink-asset", ticketId, assetId } };
}

async function askLine(
  db: Db,
  { officeId }: Ticket,
  { text, isNothing }: { text: string | undefined; isNothing: boolean },
): Promise<Html> {
  if (text !== undefined) {
    return isNothing
      ? html`\nTidak ada yang cocok dengan "${text}". Cari dengan nama, nomor seri, atau lokasi, contoh: SW-DINKES-1.`
      : html`\nYang cocok dengan "${text}". Perangkat mana yang dimaksud tiket ini?`;
  }
  const { code } = await findOffice(db, officeId);
  return isNothing
    ? html`\nTidak ada perangkat lain dari ${code} yang tercatat. Tekan 🔎 Cari perangkat.`
    : html`\nPerangkat mana dari ${code} yang dimaksud tiket ini?`;
}
