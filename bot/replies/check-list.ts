import { type CheckResult, listCheckResults, listResultsOf } from "../../core/db/entries.ts";
import type { Db } from "../../core/db/tables.ts";
import { shorten } from "../../core/domain/form/text.ts";
import { findStep, type Procedure, type Step, stepsFrom } from "../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import { type Html, html, lines } from "./html.ts";
import { fieldWords, type ProcedureWords } from "./procedure-words.ts";

const longestNote = 100;
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
  if (ticked !== undefined) return checkList(ticked, await listCheckResults(db, ticket.id), words, withNotes);
  const read = steps.find(({ readsChecksOf }) => readsChecksOf !== undefined);
  return withNotes && read !== undefined ? resultsFor(db, procedure, read, ticket, words) : undefined;
}

/** The results that go with a step, e.g. with a rejection to who asked. */
export async function resultsFor(
  db: Db,
  procedure: Procedure,
  { readsChecksOf }: Pick<Step, "readsChecksOf">,
  ticket: Pick<Ticket, "id">,
  words: ProcedureWords,
): Promise<Html | undefined> {
  const list = readsChecksOf === undefined ? undefined : findStep(procedure, readsChecksOf);
  return list && checkList(list, await listResultsOf(db, ticket.id, list.name), words, true);
}

function checkList(
  { checks = [] }: Pick<Step, "checks">,
  results: readonly CheckResult[],
  words: ProcedureWords,
  withNotes: boolean,
): Html {
  const items = checks.map((check) => {
    const result = results.find((each) => each.check === check);
    const label = fieldWords(words, "check").choices?.[check] ?? check;
    const note = result?.note === undefined || !withNotes ? "" : `: ${shorten(result.note, longestNote)}`;
    return html`${marks[result?.result ?? ""] ?? "▫️"} ${label}${note}`;
  });
  return lines(html`\n<b>Daftar periksa</b> (${results.length} dari ${checks.length})`, ...items);
}
