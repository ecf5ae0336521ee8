import { type ListedDifference, listDifferences } from "../../../core/db/ipam/address-differences.ts";
import { listScans } from "../../../core/db/ipam/address-scans.ts";
import { findPrefix, listPrefixes } from "../../../core/db/ipam/prefixes.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { showPrefix } from "../../../core/domain/ipam/prefix.ts";
import type { Difference } from "../../../core/domain/ipam/scan.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showDayOf } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { differencesButton, differencesIn, differenceWords, scanWords } from "./address-scan-words.ts";
import { kindWords, listButton, prefixButton, whoHas } from "./address-words.ts";

const differencesOnPage = 10;
const silentShown = 5;
const longestName = 40;

/** Where the register says something else than what was seen, of one prefix or of all. */
export async function renderAddressDifferences(
  db: Db,
  viewer: Person,
  { prefixId, page }: { prefixId?: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const prefix = prefixId === undefined ? undefined : await findPrefix(db, prefixId);
  const about = { silentDays: office.addressSilentDays, ...(prefixId === undefined ? {} : { prefixId }) };
  const { items, hasMore } = await onePage(page, differencesOnPage, (part) => listDifferences(db, about, part));
  const where = prefix === undefined ? "" : ` ${showPrefix(prefix)}`;
  return {
    as: "text",
    html: lines(
      html`⚖️ <b>Catatan dan kenyataan${where}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      ...(await scanLines(db, prefixId, { isNothing: items.length === 0 }, office)),
      ...items.map((each) => differenceLine(each, office)),
    ).markup,
    buttons: [
      ...inRows(
        items.map(({ difference, zoneId, address }) => ({
          label: `${differenceWords[difference].icon} ${address}`,
          press: { do: "address" as const, zoneId, address, page: 0 },
        })),
      ),
      pageButtons(page, hasMore, (to) => ({ do: "address-differences", page: to, turns: true, ...idOf(prefixId) })),
      [...(prefix === undefined ? [] : [prefixButton(prefix.id, `⬆️ ${showPrefix(prefix)}`)]), listButton],
    ],
  };
}

/** How far the list can be trusted: what is scanned at all, and which scans said nothing. */
async function scanLines(
  db: Db,
  prefixId: number | undefined,
  { isNothing }: { isNothing: boolean },
  office: OfficeWords,
): Promise<Html[]> {
  const scans = (await listScans(db)).filter((scan) => prefixId === undefined || scan.prefixId === prefixId);
  if (scans.length === 0) {
    return [html`Belum ada yang dipindai. Buka sebuah prefix lewat /ip, lalu tekan 📡 Pindai tiap hari.`];
  }
  const names = new Map((await listPrefixes(db)).map((prefix) => [prefix.id, showPrefix(prefix)]));
  const silent = scans.filter(({ scannedAt, problem }) => scannedAt === null || problem !== null);
  const left = silent.length - silentShown;
  return [
    ...(isNothing && silent.length < scans.length ? [html`Yang berhasil dipindai sesuai catatan.`] : []),
    ...silent.slice(0, silentShown).map((scan) => {
      return html`⚠️ ${names.get(scan.prefixId) ?? ""}: pindaian ${scanWords(scan, office)}`;
    }),
    ...(left > 0 ? [html`⚠️ … dan ${left} prefix lagi tanpa hasil`] : []),
  ];
}

function idOf(prefixId: number | undefined) {
  return prefixId === undefined ? {} : { prefixId };
}

function differenceLine(each: ListedDifference, office: OfficeWords): Html {
  const { icon, label } = differenceWords[each.difference];
  const who = whoHas(each);
  const of = who === undefined ? kindWords[each.kind].label.toLowerCase() : shorten(who, longestName);
  if (each.difference === "unregistered")
    return html`${icon} <code>${each.address}</code> ${of}: ${label.toLowerCase()}`;
  const seen = each.answeredAt === null ? "belum pernah menjawab" : `terakhir ${showDayOf(each.answeredAt, office)}`;
  return html`${icon} <code>${each.address}</code> ${of}: diam ${each.silentDays} hari, ${seen}`;
}

/** What a scan has found of which infrastructure did not know. */
export async function renderAddressDifferencesFound(
  db: Db,
  viewer: Person,
  { prefixId, unregistered, silent }: { prefixId: number } & Record<Difference, number>,
): Promise<Rendered | undefined> {
  const prefix = await findPrefix(db, prefixId);
  if (prefix === undefined || !mayManageAddresses(viewer)) return undefined;
  return {
    as: "text",
    html: lines(
      html`⚖️ Pindaian <b>${showPrefix(prefix)}</b> ${shorten(prefix.name, longestName)} menemukan yang berbeda dari catatan:`,
      ...differencesIn({ unregistered, silent }).map(({ icon, label, count }) => html`${icon} ${label}: ${count}`),
    ).markup,
    buttons: [[differencesButton(prefixId)]],
  };
}
