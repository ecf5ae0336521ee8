import { type ListedRange, searchTaken } from "../../../core/db/ipam/address-lists.ts";
import { listPrefixes, type StoredPrefix } from "../../../core/db/ipam/prefixes.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { parseAddress, showAddress } from "../../../core/domain/ipam/address.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { contains, parsePrefix, showPrefix } from "../../../core/domain/ipam/prefix.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { kindWords, listButton, prefixButton, spanOf, whoHas } from "./address-words.ts";

const foundOnPage = 8;
const longestLabel = 50;

/** What was found by an address, a prefix, a name, an office or the number of a letter. */
export async function renderAddressesFound(
  db: Db,
  viewer: Person,
  { text, page }: { text: string; page: number },
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const networks = page === 0 ? await networkButtons(db, text) : [];
  const { items, hasMore } = await onePage(page, foundOnPage, (part) => searchTaken(db, text, part));
  const isNothing = networks.length === 0 && items.length === 0;
  const empty = html`Tidak ada yang cocok. Cari dengan alamat, prefix, nama, atau kantor, contoh: Dinkes.`;
  return {
    as: "text",
    html: lines(html`🔎 <b>${text}</b>`, isNothing ? empty : html`Pilih untuk membukanya.`).markup,
    buttons: [
      ...networks.map((button) => [button]),
      ...items.map((range) => [rangeButton(range)]),
      pageButtons(page, hasMore, (to) => ({ do: "addresses-found", text, page: to, turns: true })),
      [{ label: "🔎 Cari lagi", press: { do: "find-address" } }, listButton],
    ],
  };
}

/** An address or a prefix may be in several zones; the name of a prefix has the words. */
async function networkButtons(db: Db, text: string): Promise<Button[]> {
  const all = await listPrefixes(db);
  const address = parseAddress(text);
  if (address.ok) {
    const { family, number } = address.value;
    const around = all.filter((prefix) => contains(prefix, { family, first: number, last: number }));
    const zones = new Map(around.map(({ zoneId, zoneName }) => [zoneId, zoneName]));
    const shown = showAddress(address.value);
    return [...zones].map(([zoneId, zoneName]) => ({
      label: `${shown} · zona ${zoneName}`,
      press: { do: "address", zoneId, address: shown, page: 0 },
    }));
  }
  const network = parsePrefix(text);
  const words = text.toLowerCase();
  const isMeant = (prefix: StoredPrefix) => {
    return network.ok ? showPrefix(prefix) === showPrefix(network.value) : prefix.name.toLowerCase().includes(words);
  };
  return all
    .filter(isMeant)
    .slice(0, foundOnPage)
    .map((prefix) =>
      prefixButton(
        prefix.id,
        shorten(`${showPrefix(prefix)} · ${prefix.name} · zona ${prefix.zoneName}`, longestLabel),
      ),
    );
}

function rangeButton(range: ListedRange): Button {
  const { zoneId, first: address } = range;
  const label = `${kindWords[range.kind].icon} ${spanOf(range)} · ${whoHas(range) ?? ""}`;
  return { label: shorten(label, longestLabel), press: { do: "address", zoneId, address, page: 0 } };
}
