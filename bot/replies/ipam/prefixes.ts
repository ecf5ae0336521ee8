import { utilisations } from "../../../core/db/ipam/address-lists.ts";
import { listPrefixes, type StoredPrefix } from "../../../core/db/ipam/prefixes.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { nestedIn, parentOf } from "../../../core/domain/ipam/nesting.ts";
import { isPublic, showPrefix } from "../../../core/domain/ipam/prefix.ts";
import { freeOf, percentTaken, type Utilisation } from "../../../core/domain/ipam/utilisation.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import { prefixButton, showCount } from "./address-words.ts";

const prefixesOnPage = 8;
const longestName = 40;

/** All prefixes with their utilisation, those that are nested below the one around them. */
export async function renderPrefixes(
  db: Db,
  viewer: Person,
  { page }: { page: number },
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const all = await listPrefixes(db);
  const used = await utilisations(db, all);
  const shown = all.slice(page * prefixesOnPage, (page + 1) * prefixesOnPage);
  const rows = shown.flatMap((prefix, index): Html[] => {
    const utilisation = used.get(prefix.id);
    const isFirstOfZone = prefix.zoneId !== shown[index - 1]?.zoneId;
    return [
      ...(isFirstOfZone ? [html`\n<b>Zona ${prefix.zoneName}</b>`] : []),
      ...(utilisation === undefined ? [] : [prefixLine(prefix, all, utilisation)]),
    ];
  });
  const empty = html`Belum ada prefix. Tambahkan satu, contoh: 10.10.0.0/16.`;
  return {
    as: "text",
    html: lines(html`<b>Alamat IP</b>${page > 0 ? `, halaman ${page + 1}` : ""}`, ...(rows.length > 0 ? rows : [empty]))
      .markup,
    buttons: [
      ...shown.map((prefix) => [
        prefixButton(prefix.id, `${kindIcon(prefix)} ${showPrefix(prefix)} · ${shorten(prefix.name, longestName)}`),
      ]),
      pageButtons(page, all.length > (page + 1) * prefixesOnPage, (to) => ({ do: "prefixes", page: to, turns: true })),
      [
        { label: "🔎 Cari alamat", press: { do: "find-address" } },
        { label: "➕ Tambah prefix", press: { do: "add-prefix" } },
      ],
      [{ label: "⚖️ Catatan dan kenyataan", press: { do: "address-differences", page: 0 } }],
      [
        { label: "📥 Impor CSV", press: { do: "send-address-file" } },
        { label: "📤 Ekspor CSV", press: { do: "export-addresses" } },
      ],
    ],
  };
}

/** Public or local. */
export function kindIcon(prefix: StoredPrefix): string {
  return isPublic(prefix) ? "🌐" : "🏠";
}

function prefixLine(prefix: StoredPrefix, all: readonly StoredPrefix[], utilisation: Utilisation): Html {
  const zone = all.filter(({ zoneId }) => zoneId === prefix.zoneId);
  const nested = nestedIn(prefix, zone).length;
  const name = shorten(prefix.name, longestName);
  return html`${"   ".repeat(depthOf(prefix, zone))}${kindIcon(prefix)} <code>${showPrefix(prefix)}</code> ${name}: ${shares(utilisation)}${nested > 0 ? `, ${nested} prefix di dalamnya` : ""}`;
}

/** "12% terpakai, 220 bebas" */
export function shares(utilisation: Utilisation): string {
  if (utilisation.all === 0n) return "terbagi habis";
  return `${percentTaken(utilisation)}% terpakai, ${showCount(freeOf(utilisation))} bebas`;
}

function depthOf(prefix: StoredPrefix, zone: readonly StoredPrefix[]): number {
  const parent = parentOf(prefix, zone);
  return parent === undefined ? 0 : 1 + depthOf(parent, zone);
}
