import type { Db } from "../../../core/db/tables.ts";
import { searchTickets } from "../../../core/db/ticket/ticket-search.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { procedures } from "../../../core/domain/procedures/index.ts";
import { parseSearch } from "../../../core/domain/ticket/search.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { onePage, openButtons, pageButtons, ticketLine, ticketsOnPage } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { wordsOf } from "../procedure-words.ts";

const longestHeading = 60;

/** What was found, open tickets first; or one sentence with an example. */
export async function renderSearchResults(
  db: Db,
  viewer: Person,
  { text: entered, page }: { text: string; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const sought = parseSearch(entered);
  if (!sought.ok) return undefined;
  const titled = proceduresTitled(entered);
  const { items, hasMore } = await onePage(page, ticketsOnPage, (range) =>
    searchTickets(db, viewer, sought.value, titled, range),
  );
  const rows = items.map((ticket) => ticketLine(ticket, "found", office));
  const none = html`Tidak ada tiket dengan kata "${shorten(entered, longestHeading)}". Coba kata lain atau sebagian kata saja, contoh: /cari server panas, atau nomornya, contoh: /cari T-0042.`;
  const text = lines(
    rows.length === 0
      ? none
      : html`<b>🔎 ${shorten(entered, longestHeading)}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
    ...rows,
  );
  const turn = pageButtons(page, hasMore, (to) => ({ do: "search", text: entered, page: to, turns: true }));
  return { as: "text", html: text.markup, buttons: [...openButtons(items), turn] };
}

/** Procedures by words of their title, which stand on no ticket: "hosting", "kelemahan". */
function proceduresTitled(entered: string): string[] {
  const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const sought = wordsIn(entered);
  return procedures
    .filter((procedure) => {
      const title = wordsIn(wordsOf(procedure).title);
      return sought.every((word) => word.length > 2 && title.some((each) => each.startsWith(word)));
    })
    .map(({ name }) => name);
}
