import type { Db } from "../../../core/db/tables.ts";
import { findArrival, findLastNotedStep, findLastOfSteps } from "../../../core/db/ticket/done-steps.ts";
import type { Entry } from "../../../core/db/ticket/entries.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { stepsFrom } from "../../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../../core/domain/ticket/ticket.ts";
import { showStepAnswer } from "../answer-words.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, whoDid } from "../office-words.ts";
import { fieldWords, type ProcedureWords, stepWords } from "../procedure-words.ts";

/** With the words of the form and the last step it stays below Telegram's 4,096 characters. */
const longestText = 700;
const longestEarlier = 350;

/** What the colleagues before left for whoever goes on: what the next steps rest on, then the last step with something to read. */
export async function stepLines(
  db: Db,
  words: ProcedureWords,
  ticket: Ticket,
  office: OfficeWords,
): Promise<Html | undefined> {
  const last = await findLastNotedStep(db, ticket.id);
  const earlier = (await entriesToRead(db, ticket)).filter(({ id }) => id !== last?.id);
  const shown = [
    ...earlier.map((entry) => answersOf(entry, words, ticket, office, longestEarlier)),
    ...(last === undefined ? [] : [answersOf(last, words, ticket, office, longestText)]),
  ];
  return shown.length === 0 ? undefined : lines(...shown);
}

/** Of a step that leaves the state, such as an appointment, only what was said since the ticket came to it counts. */
async function entriesToRead(db: Db, ticket: Ticket): Promise<Entry[]> {
  const steps = stepsFrom(findProcedure(ticket.procedure), ticket.state);
  const names = new Set(steps.flatMap(({ readsAnswersOf = [] }) => readsAnswersOf));
  const arrival = (await findArrival(db, ticket.id, ticket.state)) ?? 0;
  const found: Entry[] = [];
  for (const name of names) {
    const entry = await findLastOfSteps(db, ticket.id, [name]);
    const isOfNow = entry !== undefined && (entry.toState !== ticket.state || entry.id > arrival);
    if (isOfNow) found.push(entry);
  }
  return found.sort((one, other) => one.id - other.id);
}

function answersOf(entry: Entry, words: ProcedureWords, ticket: Ticket, office: OfficeWords, longest: number): Html {
  const { step } = entry;
  return lines(
    html`\n<b>${whoDid(entry.personName)}</b> ${stepWords(words, step ?? "").done}`,
    ...Object.entries(entry.answers).map(([field, answer]) => {
      const asked = { procedure: ticket.procedure, step };
      return html`${fieldWords(words, field).label}: ${shorten(showStepAnswer(words, asked, field, answer, office), longest)}`;
    }),
  );
}
