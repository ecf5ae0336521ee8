import type { Field, Register } from "../../core/domain/form/field.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { findStep } from "../../core/domain/procedures/procedure.ts";
import { titleOfOffered } from "./hosting/hosting-titles.ts";
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
  field: Pick<Field, "name" | "kind"> & { register?: Register },
  answer: string,
  office: OfficeWords,
): string {
  const { name, register } = field;
  const choice = fieldWords(words, name).choices?.[answer];
  const offered = register && titleOfOffered(register, answer, office.hosting);
  return choice ?? offered ?? showByKind(field, answer, office);
}

/** As people read it: a day to come is the whole day, heights in racks and percents have a comma. */
export function showByKind({ kind }: Pick<Field, "kind">, answer: string, office: OfficeWords): string {
  if (kind === "coming-day") return showDayOf(new Date(answer), office);
  if (kind === "height-u") return `${answer.replace(".", ",")}U`;
  if (kind === "rack-unit") return `U${answer.replace(".", ",")}`;
  if (kind === "percent") return `${answer.replace(".", ",")}%`;
  return showValue(answer, office);
}

/** What a step was answered, by the kind of its question where the table still knows it. */
export function showStepAnswer(
  words: ProcedureWords,
  asked: { procedure: string; step: string | null },
  name: string,
  answer: string,
  office: OfficeWords,
): string {
  const { asks = [] } = findStep(findProcedure(asked.procedure), asked.step ?? "") ?? {};
  const field = asks.find((each) => each.name === name);
  return field === undefined ? showAnswer(words, name, answer, office) : showFieldAnswer(words, field, answer, office);
}
