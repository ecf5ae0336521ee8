import type { Db } from "../../core/db/tables.ts";
import { countDraftFilesByField } from "../../core/db/ticket/attachments.ts";
import type { Draft } from "../../core/db/ticket/drafts.ts";
import { type Answers, type Field, maySkip } from "../../core/domain/form/field.ts";
import { type FormPlan, review } from "./form.ts";

export function questionsOf(plan: FormPlan): string[] {
  return [...plan.fields.map(({ name }) => name), ...(plan.hasReview ? [review] : [])];
}

/** The next one without an answer. */
export function nextQuestion(plan: FormPlan, { question, answers }: Draft): string | undefined {
  const names = questionsOf(plan);
  return names.slice(names.indexOf(question) + 1).find((name) => answers[name] === undefined);
}

/** Whether there are questions that nobody has seen yet and nobody has to answer: they are asked in their turn, as at first. */
export function asksMore(plan: FormPlan, before: FormPlan, answers: Answers): boolean {
  const known = new Set(before.fields.map(({ name }) => name));
  return plan.fields.some((field) => !known.has(field.name) && (field.kind === "files" || maySkip(field, answers)));
}

/** The first question that has to be answered and is not. */
export async function firstMissing(db: Db, { id, answers }: Draft, { fields }: FormPlan): Promise<string | undefined> {
  const files = await countDraftFilesByField(db, id);
  const isMissing = ({ name, kind }: Field) => (kind === "files" ? !files.has(name) : answers[name] === undefined);
  return fields.find((field) => isMissing(field) && !maySkip(field, answers))?.name;
}
