import { findNamesOfAddress } from "../../../core/actions/names/find-released-names.ts";
import { findListedRange, type ListedRange, listHistory } from "../../../core/db/ipam/address-lists.ts";
import { findRangeAt, type StoredRange } from "../../../core/db/ipam/address-ranges.ts";
import { findSeen } from "../../../core/db/ipam/address-sightings.ts";
import { findPrefix, listPrefixes, type StoredPrefix } from "../../../core/db/ipam/prefixes.ts";
import { listNamesAt } from "../../../core/db/names/names.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { type Address, parseAddress, showAddress } from "../../../core/domain/ipam/address.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { parentOf } from "../../../core/domain/ipam/nesting.ts";
import { prefixAround, showPrefix } from "../../../core/domain/ipam/prefix.ts";
import { showRange } from "../../../core/domain/ipam/range-text.ts";
import type { NameAddress } from "../../../core/domain/names/name.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showDayOf, showTime, whoDid } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { seenLine } from "./address-scan-words.ts";
import { basisOf, kindWords, listButton, prefixButton, spanOf, whoHas } from "./address-words.ts";

const historyOnPage = 6;
const longestName = 60;

/** An address: what it is now, who had it before, and what can be done with it. */
export async function renderAddress(
  db: Db,
  viewer: Person,
  { zoneId, address, page }: { zoneId: number; address: string; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const parsed = parseAddress(address);
  if (!parsed.ok || !mayManageAddresses(viewer)) return undefined;
  const range = await findRangeAt(db, zoneId, parsed.value);
  const prefix =
    range === undefined ? await prefixOfEdge(db, zoneId, parsed.value) : await findPrefix(db, range.prefixId);
  const about = { zoneId, address: parsed.value };
  const { items, hasMore } = await onePage(page, historyOnPage, (part) => listHistory(db, about, part));
  const seen = await findSeen(db, zoneId, parsed.value);
  const present = range && range.kind !== "free" ? await findListedRange(db, range.id) : undefined;
  return {
    as: "text",
    html: lines(
      html`<b>${range === undefined || range.kind === "free" ? showAddress(parsed.value) : showRange(range)}</b>`,
      prefix === undefined
        ? undefined
        : html`Zona ${prefix.zoneName}, prefix ${showPrefix(prefix)} ${shorten(prefix.name, longestName)}`,
      ...(present === undefined ? [unusedLine(range)] : presentLines(present, office)),
      seen === undefined ? undefined : seenLine(seen, office),
      ...(await nameLines(db, { zoneId, address: showAddress(parsed.value) })),
      html`\n<b>Riwayat${page > 0 ? `, halaman ${page + 1}` : ""}</b>`,
      ...(items.length === 0 ? [html`Belum pernah diberikan.`] : items.map((each) => historyLine(each, office))),
    ).markup,
    buttons: [
      ...(range === undefined ? [] : actionButtons(range, showAddress(parsed.value))),
      pageButtons(page, hasMore, (to) => ({ do: "address", zoneId, address, page: to, turns: true })),
      present?.ticketId == null ? [] : [openButton(present.ticketId)],
      [
        ...(prefix === undefined || prefix.isRemoved ? [] : [prefixButton(prefix.id, `⬆️ ${showPrefix(prefix)}`)]),
        listButton,
      ],
    ],
  };
}

/** Of a network's own address, which is in no range. */
async function prefixOfEdge(db: Db, zoneId: number, address: Address): Promise<StoredPrefix | undefined> {
  const itself = prefixAround(address, address.family === 4 ? 32 : 128);
  return parentOf(itself, await listPrefixes(db, zoneId));
}

function unusedLine(range: StoredRange | undefined): Html {
  if (range !== undefined) return html`${kindWords.free.icon} ${kindWords.free.label}`;
  return html`Alamat jaringan atau broadcast: tidak diberikan kepada siapa pun.`;
}

function presentLines(range: ListedRange, office: OfficeWords): Html[] {
  const { icon, label } = kindWords[range.kind];
  const basis = basisOf(range);
  return [
    html`${icon} <b>${label}</b>${range.name === null ? "" : `: ${range.name}`}`,
    ...(range.officeName === null ? [] : [html`Perangkat daerah: ${range.officeName}`]),
    ...(basis === undefined ? [] : [html`Dasar: ${basis}`]),
    html`Sejak: ${showTime(range.since, office)}, oleh ${shorten(range.begunByName, longestName)}`,
    ...(range.until === null ? [] : [html`Sampai: ${showTime(range.until, office)}`]),
  ];
}

/** The names that lead to it. */
async function nameLines(db: Db, place: NameAddress): Promise<Html[]> {
  const names = (await listNamesAt(db, place)).map(({ name }) => name);
  return names.length === 0 ? [] : [html`Nama: ${names.join(", ")}`];
}

/** "1 Mar 2026 sampai 5 Apr 2026: Dipakai, Server SIMPEG (Dinkes)" */
function historyLine(range: ListedRange, office: OfficeWords): Html {
  const { icon, label } = kindWords[range.kind];
  const who = whoHas(range);
  const basis = basisOf(range);
  const end = range.endedAt === null ? "sekarang" : showDayOf(range.endedAt, office);
  const ender = range.endedAt === null ? "" : `, diakhiri ${whoDid(range.endedByName)}`;
  return html`${icon} ${showDayOf(range.since, office)} sampai ${end}: ${label}${who === undefined ? "" : `, ${who}`}${basis === undefined ? "" : `, ${basis}`}${ender}`;
}

function actionButtons(range: StoredRange, address: string): Button[][] {
  const { id: rangeId, prefixId } = range;
  switch (range.kind) {
    case "free":
      return [
        [
          { label: "➕ Berikan alamat ini", press: { do: "give-address", prefixId, as: "assigned", address } },
          { label: "🔖 Pesan alamat ini", press: { do: "give-address", prefixId, as: "reserved", address } },
        ],
      ];
    case "assigned":
      return [
        [{ label: "↩️ Lepaskan alamat", press: { do: "ask-releasing-address", rangeId } }, correctButton(rangeId)],
      ];
    case "reserved":
      return [
        [{ label: "✅ Pakai sekarang", press: { do: "use-reservation", rangeId } }],
        [{ label: "✖️ Batalkan pesanan", press: { do: "free-range", rangeId } }, correctButton(rangeId)],
      ];
    case "quarantined":
      return [[{ label: "🔓 Akhiri karantina", press: { do: "free-range", rangeId } }]];
    case "kept-free":
      return [[{ label: "🔓 Bebaskan rentang", press: { do: "free-range", rangeId } }]];
  }
}

function correctButton(rangeId: number): Button {
  return { label: "✏️ Perbaiki keterangan", press: { do: "correct-address", rangeId } };
}

/** Asks once more: somebody may still use it, and names lead to it. */
export async function renderAddressReleasing(
  db: Db,
  viewer: Person,
  { rangeId }: { rangeId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const range = await findListedRange(db, rangeId);
  if (range === undefined || !mayManageAddresses(viewer)) return undefined;
  const { zoneId, first: address } = range;
  const found = await findNamesOfAddress(db, office, { zoneId, address });
  const { released, kept } = found.ok ? found.value : { released: [], kept: [] };
  return askOnceMore(
    lines(
      html`↩️ Lepaskan <b>${spanOf(range)}</b>, ${whoHas(range)}? Alamat itu dikarantina ${office.addressQuarantineDays} hari, lalu bebas.`,
      released.length === 0 ? undefined : html`Nama yang ikut dilepaskan: <b>${listOf(released)}</b>.`,
      kept.length === 0 ? undefined : html`Nama yang kehilangan alamat ini saja: <b>${listOf(kept)}</b>.`,
    ),
    { label: "Ya, lepaskan alamat", press: { do: "release-address", rangeId } },
    { do: "address", zoneId, address, page: 0 },
  );
}

const namesShown = 30;

function listOf(names: readonly { name: string }[]): string {
  const shown = names.slice(0, namesShown).map(({ name }) => name);
  return [...shown, ...(names.length > namesShown ? [`dan ${names.length - namesShown} lagi`] : [])].join(", ");
}
