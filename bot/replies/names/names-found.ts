import { searchNames } from "../../../core/db/names/name-lists.ts";
import type { Db } from "../../../core/db/tables.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { nameButton, namesButton } from "./name-words.ts";
import { labelOf } from "./names.ts";

const foundOnPage = 8;

/** What was found by a name, an address, an office, a village or the number of a letter. */
export async function renderNamesFound(
  db: Db,
  viewer: Person,
  { text, page }: { text: string; page: number },
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, foundOnPage, (part) => searchNames(db, text, part));
  const empty = html`Tidak ada yang cocok. Cari dengan nama, alamat, kantor, atau desa, contoh: Dinkes.`;
  return {
    as: "text",
    html: lines(html`🔎 <b>${text}</b>`, items.length === 0 ? empty : html`Pilih untuk membukanya.`).markup,
    buttons: [
      ...items.map((each) => [nameButton(each.name, labelOf(each))]),
      pageButtons(page, hasMore, (to) => ({ do: "names-found", text, page: to, turns: true })),
      [{ label: "🔎 Cari lagi", press: { do: "find-name" } }, namesButton],
    ],
  };
}
