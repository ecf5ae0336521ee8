import { listZoneProblems } from "../../../core/db/names/dns-zones.ts";
import { listFlagged } from "../../../core/db/names/name-checks.ts";
import { countNames, type ListedName, listNames } from "../../../core/db/names/name-lists.ts";
import { findNameNow } from "../../../core/db/names/names.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { isBelow } from "../../../core/domain/names/domain-name.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { nameButton, nameStateLabels, ownerOf, targetOf } from "./name-words.ts";

const namesOnPage = 8;
const longestLine = 60;
const longestLabel = 50;

/** All names that are not free, and what stands in their way. */
export async function renderNames(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, namesOnPage, (part) => listNames(db, part));
  const counts = await countNames(db);
  const flagged = await listFlagged(db);
  const { domain } = office.names;
  return {
    as: "text",
    html: lines(
      html`<b>Nama domain</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      html`${counts["in-use"]} dipakai, ${counts.reserved} dipesan, ${counts.quarantined} karantina`,
      ...(page === 0 ? await zoneLines(db, office) : []),
      items.length === 0 ? html`Belum ada nama. Berikan satu, contoh: simpeg.${domain}.` : html``,
      ...items.map(nameLine),
    ).markup,
    buttons: [
      ...items.map((each) => [nameButton(each.name, labelOf(each))]),
      pageButtons(page, hasMore, (to) => ({ do: "names", page: to, turns: true })),
      ...actionButtons(flagged.length),
    ],
  };
}

/** What keeps the zone files from being what the register says. */
async function zoneLines(db: Db, { names: { domain, nameServers } }: OfficeWords): Promise<Html[]> {
  const refused = (await listZoneProblems(db)).map(
    ({ name, problem }) => html`🛑 Zona ${name} tidak diperbarui: <code>${problem ?? ""}</code>`,
  );
  const own = nameServers.filter((name) => isBelow(name, domain));
  const found = await Promise.all(own.map((name) => findNameNow(db, name)));
  const lost = own.filter((_, index) => found[index]?.state !== "in-use" || found[index]?.addresses.length === 0);
  return [
    ...refused,
    ...lost.map(
      (name) => html`ℹ️ Berkas zona baru ditulis setelah server nama <code>${name}</code> didaftarkan dengan alamatnya.`,
    ),
  ];
}

function nameLine(name: ListedName): Html {
  const { icon, label } = nameStateLabels[name.state];
  const owner = ownerOf(name);
  const target = targetOf(name);
  const says = [owner ?? label, ...(target === undefined ? [] : [`→ ${target}`])].join(" ");
  return html`${icon} <code>${name.name}</code> ${shorten(says, longestLine)}`;
}

export function labelOf(name: ListedName): string {
  return shorten(`${nameStateLabels[name.state].icon} ${name.name}`, longestLabel);
}

function actionButtons(flagged: number): Button[][] {
  return [
    [
      { label: "➕ Berikan nama", press: { do: "give-name", as: "in-use" } },
      { label: "🔖 Pesan nama", press: { do: "give-name", as: "reserved" } },
    ],
    [
      { label: "🔎 Cari nama", press: { do: "find-name" } },
      { label: "🏡 Daftar desa", press: { do: "villages", page: 0 } },
    ],
    [
      { label: `🚩 Pemeriksaan (${flagged})`, press: { do: "name-checks", page: 0 } },
      { label: "📧 MX dan TXT", press: { do: "dns-records", page: 0 } },
    ],
    [
      { label: "📥 Impor CSV", press: { do: "send-name-file" } },
      { label: "📤 Ekspor CSV", press: { do: "export-names" } },
    ],
  ];
}
