import type { Db } from "../../../core/db/tables.ts";
import { listInState } from "../../../core/db/ticket/tickets.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { exception } from "../../../core/domain/procedures/exception.ts";
import { termEnd } from "../../../core/domain/ticket/term-rules.ts";
import { ticketNumber, worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showDayOf } from "../office-words.ts";

const exceptionsOnPage = 6;

/** The exceptions in force (R38), for the desk: what is excepted for whom, and until when. */
export async function renderExceptions(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  now: Date,
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!worksAtDesk(viewer)) return undefined;
  const state = { procedure: exception.name, state: "in-force" };
  const { items, hasMore } = await onePage(page, exceptionsOnPage, (range) => listInState(db, state, range));
  const inForce = items.filter(({ answers }) => (termEnd(exception, answers, office.zone) ?? now) > now);
  const rows = inForce.map(({ id, subject, officeCode, answers }) => {
    const until = showDayOf(new Date(answers.until ?? now), office);
    return html`\n<b>${ticketNumber(id)}</b> ${subject} (${officeCode})\nBerlaku sampai: ${until}`;
  });
  const open = inForce.map(({ id, subject }): Button[] => [
    { label: `${ticketNumber(id)} · ${shorten(subject, 40)}`, press: { do: "open-ticket", ticketId: id } },
  ]);
  return {
    as: "text",
    html: lines(
      html`<b>Pengecualian yang berlaku</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      ...(rows.length > 0 ? rows : [html`Tidak ada pengecualian yang berlaku.`]),
    ).markup,
    buttons: [...open, pageButtons(page, hasMore, (to) => ({ do: "exceptions", page: to, turns: true }))],
  };
}
