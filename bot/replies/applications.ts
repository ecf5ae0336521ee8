import { listHosted } from "../../core/db/applications.ts";
import type { Db } from "../../core/db/tables.ts";
import { shorten } from "../../core/domain/form/text.ts";
import { mayReadHosting } from "../../core/domain/hosting/hosting-access.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Rendered } from "../rendered.ts";
import { applicationStateWords, titleOf } from "./application-plan.ts";
import { html, lines } from "./html.ts";
import { pageButtons } from "./lists.ts";
import type { OfficeWords } from "./office-words.ts";

const applicationsOnPage = 10;
const longestTitle = 60;

/** All that a machine hosts or has begun, office by office. */
export async function renderApplications(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!mayReadHosting(viewer)) return undefined;
  const found = await listHosted(db, { offset: page * applicationsOnPage, limit: applicationsOnPage + 1 });
  const shown = found.slice(0, applicationsOnPage);
  const { targets, sizes } = office.hosting ?? { targets: [], sizes: [] };
  return {
    as: "text",
    html: lines(
      html`🏗 <b>Aplikasi yang dihosting mesin</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      shown.length === 0 ? html`\nBelum ada. Bangun dari tiket penitipan aplikasi: Bangun dengan mesin.` : undefined,
      ...shown.flatMap((each, index) => [
        ...(each.officeCode === shown[index - 1]?.officeCode ? [] : [html`\n<b>${each.officeCode}</b>`]),
        html`${applicationStateWords[each.state]} · ${shorten(each.title, longestTitle)} (${ticketNumber(each.ticketId)})`,
        html`   <code>${each.domainName}</code> · ${each.address} · ${titleOf(sizes, each.size)} · ${titleOf(targets, each.target)}`,
      ]),
    ).markup,
    buttons: [
      pageButtons(page, found.length > applicationsOnPage, (to) => ({ do: "applications", page: to, turns: true })),
      [{ label: "🏠 Menu", press: { do: "menu" } }],
    ],
  };
}
