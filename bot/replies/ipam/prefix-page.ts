import { type ListedRange, listTaken, utilisations } from "../../../core/db/ipam/address-lists.ts";
import { findPrefix, listPrefixes, type StoredPrefix } from "../../../core/db/ipam/prefixes.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { nestedIn, parentOf } from "../../../core/domain/ipam/nesting.ts";
import { isPublic, showPrefix } from "../../../core/domain/ipam/prefix.ts";
import type { Utilisation } from "../../../core/domain/ipam/utilisation.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showDayOf } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { scanPart } from "./address-scan-words.ts";
import { kindWords, listButton, prefixButton, showCount, spanOf, whoHas } from "./address-words.ts";
import { kindIcon, shares } from "./prefixes.ts";

const rangesOnPage = 8;
const nestedShown = 10;
const longestName = 40;

/** A prefix: how full it is, what lies in it, and what can be done with it. */
export async function renderPrefix(
  db: Db,
  viewer: Person,
  { prefixId, page }: { prefixId: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const prefix = await findPrefix(db, prefixId);
  if (prefix === undefined || !mayManageAddresses(viewer)) return undefined;
  if (prefix.isRemoved) {
    const text = html`Prefix <b>${showPrefix(prefix)}</b> sudah dihapus. Riwayat alamatnya tetap ada.`;
    return { as: "text", html: text.markup, buttons: [[listButton]] };
  }
  const zone = await listPrefixes(db, prefix.zoneId);
  const utilisation = (await utilisations(db, zone)).get(prefixId);
  const nested = nestedIn(prefix, zone);
  const parent = parentOf(prefix, zone);
  const scan = await scanPart(db, prefixId, office);
  const { items, hasMore } = await onePage(page, rangesOnPage, (part) => listTaken(db, prefixId, part));
  return {
    as: "text",
    html: lines(
      html`${kindIcon(prefix)} <b>${showPrefix(prefix)}</b> ${prefix.name}`,
      html`Zona ${prefix.zoneName} · ${isPublic(prefix) ? "publik" : "lokal"} · IPv${prefix.family}`,
      parent === undefined ? undefined : html`Di dalam ${showPrefix(parent)} ${shorten(parent.name, longestName)}`,
      ...(utilisation === undefined ? [] : utilisationLines(utilisation)),
      ...scan.lines,
      ...nestedLines(nested),
      items.length === 0 ? undefined : html`\n<b>Isinya${page > 0 ? `, halaman ${page + 1}` : ""}</b>`,
      ...items.map((range) => rangeLine(range, office)),
    ).markup,
    buttons: [
      ...inRows(items.map(openButton)),
      pageButtons(page, hasMore, (to) => ({ do: "prefix", prefixId, page: to, turns: true })),
      ...inRows(nested.slice(0, nestedShown).map((each) => prefixButton(each.id, `↳ ${showPrefix(each)}`))),
      ...actionButtons(prefixId),
      ...scan.buttons,
      [...(parent === undefined ? [] : [prefixButton(parent.id, `⬆️ ${showPrefix(parent)}`)]), listButton],
    ],
  };
}

function utilisationLines(utilisation: Utilisation): Html[] {
  const { all, assigned, reserved, quarantined, keptFree } = utilisation;
  const counts = [
    [kindWords.assigned.label, assigned],
    [kindWords.reserved.label, reserved],
    [kindWords.quarantined.label, quarantined],
    [kindWords["kept-free"].label, keptFree],
  ] as const;
  const shown = counts
    .filter(([, count]) => count > 0n)
    .map(([label, count]) => `${label.toLowerCase()} ${showCount(count)}`);
  return [
    html`\n<b>${shares(utilisation)}</b> dari ${showCount(all)} alamat`,
    ...(shown.length === 0 ? [] : [html`${shown.join(", ")}`]),
  ];
}

function nestedLines(nested: readonly StoredPrefix[]): Html[] {
  if (nested.length === 0) return [];
  const left = nested.length - nestedShown;
  return [
    html`\n<b>Prefix di dalamnya (${nested.length})</b>`,
    ...nested
      .slice(0, nestedShown)
      .map((each) => html`${kindIcon(each)} ${showPrefix(each)} ${shorten(each.name, longestName)}`),
    ...(left > 0 ? [html`… dan ${left} lagi, lihat daftar prefix.`] : []),
  ];
}

function rangeLine(range: ListedRange, office: OfficeWords): Html {
  const { icon, label } = kindWords[range.kind];
  const who = whoHas(range);
  const until = range.until === null ? "" : `, sampai ${showDayOf(new Date(range.until.getTime() - 1), office)}`;
  return html`${icon} <code>${spanOf(range)}</code> ${who === undefined ? label : shorten(who, longestName)}${until}`;
}

function openButton(range: ListedRange): Button {
  const { zoneId, first: address } = range;
  return {
    label: `${kindWords[range.kind].icon} ${spanOf(range)}`,
    press: { do: "address", zoneId, address, page: 0 },
  };
}

function actionButtons(prefixId: number): Button[][] {
  return [
    [
      { label: "➕ Berikan alamat", press: { do: "give-address", prefixId, as: "assigned" } },
      { label: "🔖 Pesan alamat", press: { do: "give-address", prefixId, as: "reserved" } },
    ],
    [
      { label: "🟣 Sisihkan rentang", press: { do: "keep-range-free", prefixId } },
      { label: "🖼 Gambar prefix", press: { do: "draw-prefix", prefixId } },
    ],
    [
      { label: "✏️ Ubah nama", press: { do: "rename-prefix", prefixId } },
      { label: "🗑 Hapus prefix", press: { do: "ask-removing-prefix", prefixId } },
    ],
  ];
}

/** Asks once more. */
export async function renderPrefixRemoving(
  db: Db,
  viewer: Person,
  { prefixId }: { prefixId: number },
): Promise<Rendered | undefined> {
  const prefix = await findPrefix(db, prefixId);
  if (prefix === undefined || !mayManageAddresses(viewer)) return undefined;
  return askOnceMore(
    html`🗑 Hapus prefix <b>${showPrefix(prefix)}</b> ${prefix.name}? Prefix di dalamnya tetap ada, dan riwayat alamatnya tersimpan.`,
    { label: "Ya, hapus prefix", press: { do: "remove-prefix", prefixId } },
    { do: "prefix", prefixId, page: 0 },
  );
}
