import { type CatalogueEntry, findEntry, type Target, type Wanted } from "../../../core/domain/catalogue/catalogue.ts";
import { procedures } from "../../../core/domain/procedures/index.ts";
import { asksOfHosted, type Procedure, type Step } from "../../../core/domain/procedures/procedure.ts";
import { vendorAccess } from "../../../core/domain/procedures/vendor-access.ts";
import type { Ticket } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { wordsOf } from "../procedure-words.ts";

const requestsOnPage = 6;

/** What can be asked for, as the list shows it. */
type Offer = { wanted: Wanted; title: string; hint?: string; target?: Target };

function offersOf({ catalogue, hosting }: OfficeWords): Offer[] {
  const regulated = procedures
    .filter(({ menu }) => menu === "request")
    // What is hosted by a machine is changed by one, too.
    .filter((procedure) => hosting !== undefined || !asksOfHosted(procedure))
    .filter((procedure) => hosting?.access !== undefined || procedure !== vendorAccess)
    .map((procedure): Offer => {
      const { title, hint } = wordsOf(procedure);
      return { wanted: { procedure: procedure.name }, title, ...(hint && { hint }) };
    });
  return [...regulated, ...catalogue.map(offerOf)];
}

function offerOf({ name, title, hint, target }: CatalogueEntry): Offer {
  return { wanted: { item: name }, title, hint, target };
}

/**
 * The regulated requests and the entries of the catalogue, page by page, each with what it is and how long it takes.
 *
 * @param draftId words or files that came without a form, and go with what is chosen
 */
export function renderRequests({ page, draftId }: { page: number; draftId?: number }, office: OfficeWords): Rendered {
  const all = offersOf(office);
  const shown = all.slice(page * requestsOnPage, (page + 1) * requestsOnPage);
  const text = lines(
    html`<b>📝 Ajukan permintaan</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
    html`Apa yang Anda perlukan?`,
    ...shown.map(({ title, hint, target }) =>
      lines(
        html`\n<b>${title}</b>${target === undefined ? "" : `, target ${showTarget(target)}`}`,
        hint === undefined ? undefined : html`${hint}`,
      ),
    ),
  );
  const buttons = shown.map(({ wanted, title }): Button[] => [
    {
      label: `📝 ${title}`,
      press: draftId === undefined ? { do: "file", ...wanted } : { do: "sort-as-ticket", draftId, ...wanted },
    },
  ]);
  const hasMore = all.length > (page + 1) * requestsOnPage;
  const turn = pageButtons(page, hasMore, (to) => ({
    do: "requests",
    page: to,
    turns: true,
    ...(draftId === undefined ? {} : { draftId }),
  }));
  return { as: "text", html: text.markup, buttons: [...buttons, turn] };
}

const unitWords: Record<Target["unit"], string> = { minutes: "menit", hours: "jam", "working days": "hari kerja" };

/** "30 menit" */
function showTarget({ value, unit }: Target): string {
  return `${value} ${unitWords[unit]}`;
}

export function targetLine({ item }: Pick<Ticket, "item">, { catalogue }: OfficeWords): Html | undefined {
  const target = findEntry(item, catalogue)?.target;
  return target === undefined ? undefined : html`Target: ${showTarget(target)}`;
}

/** The step that gives the work to the entry's team stands before the others. */
export function suggestedStep(
  steps: readonly Step[],
  procedure: Procedure,
  { item }: Pick<Ticket, "item">,
  { catalogue }: OfficeWords,
): Step | undefined {
  const team = findEntry(item, catalogue)?.team;
  if (team === undefined) return undefined;
  return steps.find(({ workOrder, to }) => workOrder === "issue" && procedure.states[to]?.holder === team);
}
