import type { Db } from "../../../core/db/tables.ts";
import { findApproval } from "../../../core/db/ticket/approvals.ts";
import { findArrival } from "../../../core/db/ticket/done-steps.ts";
import { findEntry } from "../../../core/db/ticket/entries.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import type { OutdatedReason } from "../../../core/domain/hosting/outdated-plan.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { isOfChain } from "../../../core/domain/ticket/approval-rules.ts";
import { maySee, type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { subjectOf } from "../procedure-words.ts";
import { machineWords } from "./machine-words.ts";

/** What differs, as a sentence. */
export function outdatedWords(why: OutdatedReason | string): string | undefined {
  return machineWords.fields["why-outdated"]?.choices?.[why];
}

/** "Rencana 3 batal. Keadaan di host sudah berubah, …" */
function voidedLine({ plan, "why-outdated": why = "" }: Answers): Html | undefined {
  return plan === undefined ? undefined : html`♻️ <b>Rencana ${plan} batal.</b> ${outdatedWords(why) ?? ""}`;
}

/** While a plan is made, accepted and approved in the place of one that counts no more: which, and why. */
export async function outdatedLine(
  db: Db,
  { id, procedure, state }: Pick<Ticket, "id" | "procedure" | "state">,
): Promise<Html | undefined> {
  if (!findProcedure(procedure).states[state]?.isPlanned) return undefined;
  const arrival = await findArrival(db, id, "planning-application");
  const entry = arrival === undefined ? undefined : await findEntry(db, arrival);
  return entry?.step === "plan-outdated" ? voidedLine(entry.answers) : undefined;
}

/** For who approved that plan, or asked for it. */
export async function renderPlanOutdated(
  db: Db,
  viewer: Person,
  { ticketId, entryId }: { ticketId: number; entryId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  const entry = await findEntry(db, entryId);
  if (ticket === undefined || entry === undefined) return undefined;
  const sees = maySee(viewer, ticket);
  if (!sees && !isOfChain(viewer, await findApproval(db, ticket, office))) return undefined;
  return {
    as: "text",
    html: lines(
      html`<b>${ticketNumber(ticketId)}</b> · ${subjectOf(ticket)}`,
      voidedLine(entry.answers),
      html`Persetujuan atas rencana itu tidak berlaku. Mesin membuat rencana baru, yang perlu disetujui lagi.`,
    ).markup,
    buttons: sees ? [[openButton(ticketId)]] : [],
  };
}
