import type { Field } from "../../core/domain/form/field.ts";
import { type OfficeWords, showDayOf, showValue } from "./office-words.ts";
import { fieldWords, type ProcedureWords } from "./procedure-words.ts";

/** An answer as people read it: choices by their label, instants in local time. */
export function showAnswer(words: ProcedureWords, field: string, answer: string, office: OfficeWords): string {
  const choice = fieldWords(words, field).choices?.[answer];
  return choice ?? showValue(answer, office);
}

/** Of a question that is known: a day to come is the whole day. */
export function showFieldAnswer(
  words: ProcedureWords,
  field: Pick<Field, "name" | "kind">,
  answer: string,
  office: OfficeWords,
): string {
  return field.kind === "coming-day"
    ? showDayOf(new Date(answer), office)
    : showAnswer(words, field.name, answer, office);
}
