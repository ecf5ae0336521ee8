import { changeHeardLength, type HeardMessage, listHeardWith } from "../../core/db/heard-messages.ts";
import type { Draft } from "../../core/db/ticket/drafts.ts";
import { parseAnswer } from "../../core/domain/form/field.ts";
import { replacePart } from "../../core/domain/form/parts.ts";
import { refit } from "../../core/domain/form/refit.ts";
import { cleanText } from "../../core/domain/form/text.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { note } from "../../core/domain/procedures/procedure.ts";
import type { Conversation } from "../conversation.ts";
import { choicesMeant, withExample } from "./choices-meant.ts";
import { ask, planOf, touch } from "./fill-in.ts";
import { review } from "./form.ts";
import { firstMissing } from "./next-question.ts";
import { unsortedForm } from "./ticket/unsorted-form.ts";

/** Somebody edited a message that answers a question of a form which is still open: the answer is what it says now. */
export async function correctAnswer(
  conversation: Conversation,
  draft: Draft,
  heard: HeardMessage,
  entered: string,
): Promise<Outcome> {
  const { tx, setting } = conversation;
  const plan = await planOf(conversation, draft);
  const asked = plan?.fields.find(({ name }) => name === heard.field);
  const field = draft.form === unsortedForm.name ? note : asked;
  const before = draft.answers[heard.field] ?? "";
  if (plan === undefined || field === undefined) return refuse("edit-not-traced");
  const parts = await listHeardWith(tx, heard);
  const index = parts.findIndex(({ messageId }) => messageId === heard.messageId);
  const isWhole = parts.length === 1 && heard.length === before.length;
  const words = isWhole ? entered : cleanText(entered);
  const lengths = parts.map(({ length }) => length);
  const whole = isWhole ? words : replacePart(before, lengths, index, words);
  if (whole === undefined) return refuse("edit-not-traced");
  const meant = choicesMeant(plan, field, whole);
  const parsed = parseAnswer(field, meant.length === 1 ? (meant[0] ?? whole) : whole, {
    now: setting.now,
    zone: setting.rules.zone,
    domain: setting.rules.names.domain,
    answers: draft.answers,
  });
  if (!parsed.ok) {
    await ask(conversation, draft, { refusal: withExample(parsed.refusal, plan, field), corrected: heard.field });
    return accept();
  }
  await changeHeardLength(tx, heard, isWhole ? parsed.value.length : words.length);
  const answers = { ...draft.answers, [heard.field]: parsed.value };
  const corrected = await refitted(conversation, { ...draft, answers }, heard.field);
  await touch(conversation, corrected);
  await ask(conversation, corrected, { corrected: heard.field });
  return accept();
}

/** With the answers that still fit; where the last look stood and one is missing now, that one is asked. */
async function refitted(conversation: Conversation, draft: Draft, changed: string): Promise<Draft> {
  const plan = await planOf(conversation, draft);
  if (plan === undefined) return draft;
  const fitting = { ...draft, answers: refit(plan.fields, draft.answers, changed) };
  if (draft.question !== review) return fitting;
  const missing = await firstMissing(conversation.tx, fitting, plan);
  return missing === undefined ? fitting : { ...fitting, question: missing, returnsToReview: true };
}
