import type { Db } from "../../../core/db/tables.ts";
import { findApproval } from "../../../core/db/ticket/approvals.ts";
import { type CheckResult, listCheckResults, listResultsOf } from "../../../core/db/ticket/check-results.ts";
import { hasDone } from "../../../core/db/ticket/done-steps.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { findStep, type Procedure, type Step, stepsFrom } from "../../../core/domain/procedures/procedure.ts";
import { isOfChain } from "../../../core/domain/ticket/approval-rules.ts";
import { maySee, readsInternalNotes, type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Rendered } from "../../rendered.ts";
import { machineResults } from "../hosting/machine-check-summary.ts";
import { type Html, html, lines } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { fieldWords, type ProcedureWords, subjectOf, wordsOf } from "../procedure-words.ts";

/** Behind its item, on a card. */
export const longestNoteInList = 100;
/** In a message of its own; six of them stay well below Telegram's 4,096 characters. */
const longestNoteAlone = 500;
const marks: Record<string, string> = { passed: "✅", failed: "❌", "not-applicable": "➖" };

/** The check list that stands on a card: the one that is ticked in this state, or the one on which its steps rest. */
export async function checkListOfCard(
  db: Db,
  procedure: Procedure,
  words: ProcedureWords,
  ticket: Ticket,
  withNotes: boolean,
): Promise<Html | undefined> {
  const steps = stepsFrom(procedure, ticket.state);
  const ticked = steps.find(({ checks }) => checks !== undefined);
  // What leadership has to decide on is told to the requester with the decision.
  const isToldLater = procedure.steps.some(({ readsChecksOf }) => readsChecksOf === ticked?.name);
  if (ticked !== undefined && isToldLater && !withNotes) return undefined;
  if (ticked !== undefined) return checkList(ticked, await listCheckResults(db, ticket.id), words, withNotes);
  const read = steps.find(({ readsChecksOf, takes }) => readsChecksOf !== undefined || takes === "plan");
  return withNotes && read !== undefined ? resultsFor(db, procedure, read, ticket, words) : undefined;
}

/** The results that go with a step, e.g. with a rejection to who asked; of a plan without a list, what a machine has found. */
export async function resultsFor(
  db: Db,
  procedure: Procedure,
  { readsChecksOf, takes }: Pick<Step, "readsChecksOf" | "takes">,
  ticket: Pick<Ticket, "id">,
  words: ProcedureWords,
): Promise<Html | undefined> {
  const list = readsChecksOf === undefined ? undefined : findStep(procedure, readsChecksOf);
  if (list === undefined) return takes === "plan" ? machineResults(db, ticket.id) : undefined;
  const results = checkList(list, await listResultsOf(db, ticket.id, list.name), words, true);
  return lines(results, await machineResults(db, ticket.id));
}

/** All results of one list, for the desk, for who approves, and for the requester once they were told. */
export async function renderChecks(
  db: Db,
  viewer: Person,
  { ticketId, list }: { ticketId: number; list: string },
  office: Pick<OfficeWords, "zone">,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  const step = ticket && findStep(findProcedure(ticket.procedure), list);
  if (ticket === undefined || step === undefined || !(await mayReadChecks(db, viewer, ticket, list, office))) {
    return undefined;
  }
  const words = wordsOf({ name: ticket.procedure });
  const heading = html`<b>${ticketNumber(ticket.id)}</b> · ${subjectOf(ticket)}`;
  const results = checkList(step, await listResultsOf(db, ticket.id, list), words, true, longestNoteAlone);
  return { as: "text", html: lines(heading, results).markup };
}

/** Also after the requester was told of them. */
export async function mayReadChecks(
  db: Db,
  viewer: Person,
  ticket: Ticket,
  list: string,
  office: Pick<OfficeWords, "zone">,
): Promise<boolean> {
  if (readsInternalNotes(viewer, ticket) || isOfChain(viewer, await findApproval(db, ticket, office))) return true;
  const telling = findProcedure(ticket.procedure).steps.filter(
    ({ readsChecksOf, tellsRequester }) => readsChecksOf === list && tellsRequester,
  );
  if (!maySee(viewer, ticket)) return false;
  return hasDone(
    db,
    ticket.id,
    telling.map(({ name }) => name),
  );
}

function checkList(
  { checks = [] }: Pick<Step, "checks">,
  results: readonly CheckResult[],
  words: ProcedureWords,
  withNotes: boolean,
  longest = longestNoteInList,
): Html {
  const items = checks.map((check) => {
    const result = results.find((each) => each.check === check);
    const label = fieldWords(words, "check").choices?.[check] ?? check;
    const note = result?.note === undefined || !withNotes ? "" : `: ${shorten(result.note, longest)}`;
    return html`${marks[result?.result ?? ""] ?? "▫️"} ${label}${note}`;
  });
  return lines(html`\n<b>Daftar periksa</b> (${results.length} dari ${checks.length})`, ...items);
}
