import { passQuestion } from "../../core/actions/record-delivery.ts";
import { type IncomingFile, receiveFile } from "../../core/actions/upload/keep-files.ts";
import { forgetHeard, hear } from "../../core/db/heard-messages.ts";
import { countDraftAttachments, countDraftFilesByField, releaseDraftFiles } from "../../core/db/ticket/attachments.ts";
import {
  type Draft,
  deleteDraft,
  findPlaceOfDraft,
  insertDraft,
  listDrafts,
  saveWarnings,
  updateDraft,
} from "../../core/db/ticket/drafts.ts";
import { dayInMilliseconds, minuteInMilliseconds } from "../../core/domain/durations.ts";
import { type Answers, type Field, maySkip, parseAnswer } from "../../core/domain/form/field.ts";
import { choicesLike } from "../../core/domain/form/matching.ts";
import { refit } from "../../core/domain/form/refit.ts";
import { accept, type Outcome, type Refusal, refuse } from "../../core/domain/outcome.ts";
import { applicationFiles } from "../../core/domain/procedures/hosting-questions.ts";
import { type Conversation, reply } from "../conversation.ts";
import type { Saying, Screen } from "../screens/screens.ts";
import { choicesMeant, withExample } from "./choices-meant.ts";
import { answersByFile, placeOfFile } from "./file-question.ts";
import { type Form, type FormPlan, review } from "./form.ts";
import { findForm } from "./index.ts";
import { asksMore, firstMissing, nextQuestion, questionsOf } from "./next-question.ts";

/** Begins a form at its first open question; one that is being filled in about the same thing goes on. */
export async function beginForm(
  conversation: Conversation,
  form: Form,
  subject: Draft["subject"],
  answers: Answers = {},
): Promise<Outcome> {
  const plan = await form.plan(
    conversation.tx,
    { subject, answers, personId: conversation.person.id },
    conversation.office,
  );
  if (plan === undefined) return refuse("draft-gone");
  await resume(conversation, await openDraft(conversation, form, subject, answers));
  return accept();
}

/** The draft of a form about that subject, found or made. One that has rested for too long is left alone. */
export async function openDraft(
  conversation: Conversation,
  form: Form,
  subject: Draft["subject"],
  answers: Answers = {},
): Promise<Draft> {
  const { tx, person, chatId, setting, office, topic } = conversation;
  const known = (await openDrafts(conversation)).find(
    (draft) => draft.form === form.name && isSame(draft.subject, subject) && goesOn(conversation, draft),
  );
  if (known !== undefined) return { ...known, answers: { ...answers, ...known.answers } };
  const plan = await form.plan(tx, { subject, answers, personId: person.id }, office);
  const isOpen = (name: string) => answers[name] === undefined;
  const question = plan?.beginsAtReview ? review : plan && questionsOf(plan).find(isOpen);
  const place = { chatId, topicTicketId: topic?.ticketId ?? null };
  const draft = { ...place, personId: person.id, form: form.name, subject, question: question ?? review, answers };
  const id = await insertDraft(tx, { ...draft, now: setting.now, expiresAt: expiry(conversation) });
  return { ...draft, id, touchedAt: setting.now, questionMessageId: null, returnsToReview: false, warnedOf: [] };
}

/** The form that what a person types now belongs to. */
export async function activeDraft(conversation: Conversation): Promise<Draft | undefined> {
  return (await openDrafts(conversation)).find((draft) => goesOn(conversation, draft));
}

/** A form that is filled in at once or not at all is not what somebody means who writes later. */
function goesOn({ setting }: Conversation, { form, touchedAt }: Draft): boolean {
  const minutes = findForm(form).goesOnForMinutes ?? Number.POSITIVE_INFINITY;
  return setting.now.getTime() - touchedAt.getTime() <= minutes * minuteInMilliseconds;
}

/** A button of a form: the draft, when the button is still about its present question. */
export async function draftAt(conversation: Conversation, draftId: number, question?: string): Promise<Outcome<Draft>> {
  const draft = (await openDrafts(conversation)).find(({ id }) => id === draftId);
  if (draft === undefined)
    return (await isOfAnother(conversation, draftId)) ? refuse("form-of-another") : refuse("draft-gone");
  if (question !== undefined && draft.question !== question) return refuse("question-passed");
  return accept(draft);
}

/** What was typed or chosen for the present question; typed choices may be written as their label. */
export async function answer(conversation: Conversation, draft: Draft, entered: string): Promise<Outcome> {
  const plan = await planOf(conversation, draft);
  if (plan === undefined) return abandon(conversation, draft);
  const field = plan.fields.find(({ name }) => name === draft.question);
  if (field === undefined) return askAgain(conversation, draft, refuse("not-a-choice").refusal);
  const { now, rules } = conversation.setting;
  const meant = choicesMeant(plan, field, entered);
  if (meant.length > 1) {
    await ask(conversation, draft, { search: entered });
    return accept();
  }
  const parsed = parseAnswer(field, meant[0] ?? entered, {
    now,
    zone: rules.zone,
    domain: rules.names.domain,
    answers: draft.answers,
  });
  if (!parsed.ok) return refuseAnswer(conversation, draft, parsed.refusal, { plan, field, entered });
  const answers = { ...draft.answers, [field.name]: parsed.value };
  const checked = (await findForm(draft.form).check?.(conversation, { ...draft, answers })) ?? accept();
  if (!checked.ok && checked.refusal.values.field === field.name) return askAgain(conversation, draft, checked.refusal);
  await hearAnswer(conversation, draft, field.name, parsed.value.length);
  return advance(conversation, { ...draft, answers }, plan);
}

/** Leaves an optional question, also "Lanjut" after files. */
export async function skip(conversation: Conversation, draft: Draft): Promise<Outcome> {
  const plan = await planOf(conversation, draft);
  if (plan === undefined) return abandon(conversation, draft);
  const field = plan.fields.find(({ name }) => name === draft.question);
  if (field === undefined) return refuse("question-passed");
  if (!(await mayLeave(conversation, draft, plan, field)))
    return refuse(field.kind === "files" ? "files-missing" : "text-empty");
  const { [field.name]: skipped, ...answers } = draft.answers;
  // A photo without words goes on to be known: its caption may come by an edit.
  if (skipped !== undefined) await forgetHeard(conversation.tx, draft.id, field.name);
  return advance(conversation, { ...draft, answers }, plan);
}

export async function goBack(conversation: Conversation, draft: Draft): Promise<Outcome> {
  const plan = await planOf(conversation, draft);
  if (plan === undefined) return abandon(conversation, draft);
  const names = questionsOf(plan);
  const before = draft.returnsToReview ? review : names[names.indexOf(draft.question) - 1];
  const back = { ...draft, question: before ?? draft.question, returnsToReview: false };
  await touch(conversation, back);
  await ask(conversation, back);
  return accept();
}

/** From the last look to one question and back to it; without a question it is asked which one. */
export async function changeAnswer(conversation: Conversation, draft: Draft, field?: string): Promise<Outcome> {
  if (field === undefined) {
    await ask(conversation, draft, { choosesAnswer: true });
    return accept();
  }
  const plan = await planOf(conversation, draft);
  if (plan === undefined) return abandon(conversation, draft);
  if (!plan.fields.some(({ name }) => name === field)) return refuse("question-passed");
  await resume(conversation, { ...draft, question: field, returnsToReview: true });
  return accept();
}

/** The files that answer this question are left out; what has come to the store of them goes with the next cleaning. */
export async function dropFiles(conversation: Conversation, draft: Draft): Promise<Outcome> {
  await releaseDraftFiles(conversation.tx, draft.id, draft.question);
  await resume(conversation, draft);
  return accept();
}

/** A file for the present form, whichever question is open: it is fetched at once, and its caption answers a question for words. */
export async function addFile(
  conversation: Conversation,
  draft: Draft,
  file: IncomingFile,
  caption: string | undefined,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const { takesNoFiles, takeDocument } = findForm(draft.form);
  if (takeDocument !== undefined) return submitDocument(conversation, draft, takeDocument(conversation, file));
  if (takesNoFiles) return askAgain(conversation, draft, refuse("no-file-here").refusal);
  const plan = await planOf(conversation, draft);
  if (answersByFile(draft, file)) return answerByFile(conversation, draft, file, caption);
  const kind = plan?.fields.find(({ name }) => name === draft.question)?.kind;
  const { field, isElsewhere, said } = placeOfFile(plan, draft, file);
  await receiveFile(tx, person, setting, { draftId: draft.id, field, file });
  await touch(conversation, draft);
  const takesWords = kind === "line" || kind === "text";
  if (caption !== undefined && takesWords) return answer(conversation, draft, caption);
  // A caption may be added to it later, and more of its album may come.
  if (takesWords) await hearMessage(conversation, draft, draft.question, 0);
  await ask(conversation, draft, {
    gotFile: true,
    ...(isElsewhere && field !== undefined && { gotFor: field }),
    ...(said === undefined ? unread(caption) : { refusal: said }),
  });
  return accept();
}

function unread(caption: string | undefined): { refusal?: Refusal } {
  return caption === undefined ? {} : { refusal: refuse("caption-unread").refusal };
}

/** The image itself, where it might have been named: it is what the next question asks for. */
async function answerByFile(
  conversation: Conversation,
  draft: Draft,
  file: IncomingFile,
  caption: string | undefined,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const { [draft.question]: named, ...answers } = draft.answers;
  if (named !== undefined) await forgetHeard(tx, draft.id, draft.question);
  const moved = { ...draft, answers, question: applicationFiles.name };
  await receiveFile(tx, person, setting, { draftId: draft.id, field: applicationFiles.name, file });
  await touch(conversation, moved);
  await ask(conversation, moved, { gotFile: true, gotFor: applicationFiles.name, ...unread(caption) });
  return accept();
}

async function submitDocument(
  conversation: Conversation,
  draft: Draft,
  taken: Promise<Outcome<Saying>>,
): Promise<Outcome> {
  const done = await taken;
  if (!done.ok) return askAgain(conversation, draft, done.refusal);
  await reply(conversation, { kind: "said", what: done.value });
  await endDraft(conversation, draft);
  return accept();
}

/**
 * Does what the form is for. An answer that is refused is asked again and the rest stays; where the thing itself has
 * become impossible, also by an answer that was given elsewhere, the draft ends.
 */
export async function submit(conversation: Conversation, draft: Draft): Promise<Outcome> {
  if (await warn(conversation, draft)) return accept();
  const done = await findForm(draft.form).submit(conversation, draft);
  if (done.ok) {
    const { isInForm = false } = conversation;
    const what = done.value ?? (isInForm ? "form-done" : undefined);
    if (what !== undefined) await reply(conversation, { kind: "said", what }, { inPlace: isInForm });
    await endDraft(conversation, draft);
    return accept();
  }
  const plan = await planOf(conversation, draft);
  const field = plan?.fields.find(({ name }) => name === done.refusal.values.field)?.name;
  if (field !== undefined) {
    const again = { ...draft, question: field, returnsToReview: plan?.hasReview === true };
    await touch(conversation, again);
    return askAgain(conversation, again, done.refusal);
  }
  await reply(conversation, { kind: "refused", refusal: done.refusal });
  await endDraft(conversation, draft);
  return accept();
}

/** The question stands again below the reason, so that the next message answers it. */
async function askAgain(conversation: Conversation, draft: Draft, refusal: Refusal): Promise<Outcome> {
  await ask(conversation, draft, { refusal });
  return accept();
}

export async function discard(conversation: Conversation, draft: Draft): Promise<void> {
  await reply(conversation, { kind: "said", what: "form-discarded" }, { inPlace: conversation.isInForm ?? false });
  await endDraft(conversation, draft);
}

/** Deletes the draft. The message that shows its question loses its buttons, unless something takes its place. */
export async function removeDraft({ tx, chatId }: Conversation, draft: Pick<Draft, "id">): Promise<void> {
  const messageId = await deleteDraft(tx, draft.id);
  // Not when the update came: the question may have been written since.
  if (messageId !== undefined) await passQuestion(tx, { now: new Date() }, { chatId, messageId });
}

/** Deletes the draft and reminds of another one that waits. */
export async function endDraft(conversation: Conversation, draft: Draft): Promise<void> {
  await removeDraft(conversation, draft);
  const left = (await openDrafts(conversation)).find(({ form }) => findForm(form).goesOnForMinutes === undefined);
  if (left !== undefined) await reply(conversation, { kind: "draft-left", draftId: left.id });
}

/** Makes a draft the one that is being filled in, and asks its present question. */
export async function resume(conversation: Conversation, draft: Draft): Promise<void> {
  await touch(conversation, draft);
  if (!(await warn(conversation, draft))) await ask(conversation, draft);
}

/** What stands in the way is told once, before the question; whoever answers that goes on all the same. */
async function warn(conversation: Conversation, draft: Draft): Promise<boolean> {
  const warning = await findForm(draft.form).warning?.(conversation, draft);
  if (warning === undefined || warning.keys.every((key) => draft.warnedOf.includes(key))) return false;
  await saveWarnings(conversation.tx, draft.id, [...new Set([...draft.warnedOf, ...warning.keys])]);
  await reply(conversation, warning.screen, { inPlace: conversation.isInForm ?? false });
  return true;
}

/** Asks the present question of a draft, with the reason why an answer was not taken. */
export async function ask(
  conversation: Conversation,
  draft: Pick<Draft, "id" | "question">,
  extra: Omit<Extract<Screen, { kind: "question" }>, "kind" | "draftId" | "question"> = {},
): Promise<void> {
  const question = { kind: "question", draftId: draft.id, question: draft.question, ...extra } as const;
  await reply(conversation, question, { inPlace: conversation.isInForm ?? false });
}

/** The answer of that question came in that message, or, chosen by a button, in none. */
async function hearAnswer(conversation: Conversation, draft: Draft, field: string, length: number): Promise<void> {
  await forgetHeard(conversation.tx, draft.id, field);
  await hearMessage(conversation, draft, field, length);
}

/** Keeps for a while of which answer the message is a part, so that an edit of it finds that. */
export async function hearMessage(
  { tx, chatId, messageId, albumId, setting }: Conversation,
  draft: Pick<Draft, "id">,
  field: string,
  length: number,
): Promise<void> {
  if (messageId === undefined) return;
  const source = { chatId, messageId, ...(albumId === undefined ? {} : { albumId }) };
  await hear(tx, source, { draftId: draft.id, field, length, now: setting.now });
}

/**
 * To the next open question, with the answers that still fit to the one that was just given.
 *
 * @param before the plan that the question stood in: what was just answered may have brought up others
 */
async function advance(conversation: Conversation, answered: Draft, before: FormPlan): Promise<Outcome> {
  const plan = await planOf(conversation, answered);
  if (plan === undefined) return abandon(conversation, answered);
  const draft = { ...answered, answers: refit(plan.fields, answered.answers, answered.question) };
  const isBackToReview = draft.returnsToReview && plan.hasReview && !asksMore(plan, before, draft.answers);
  const question = isBackToReview
    ? ((await firstMissing(conversation.tx, draft, plan)) ?? review)
    : nextQuestion(plan, draft);
  if (question === undefined) {
    // The answers are kept even when what they are for is refused.
    await touch(conversation, draft);
    return submit(conversation, draft);
  }
  await resume(conversation, { ...draft, question, returnsToReview: isBackToReview && question !== review });
  return accept();
}

export async function touch(conversation: Conversation, draft: Draft): Promise<void> {
  await updateDraft(conversation.tx, { ...draft, now: conversation.setting.now, expiresAt: expiry(conversation) });
}

function expiry({ setting }: Conversation): Date {
  return new Date(setting.now.getTime() + setting.rules.draftDays * dayInMilliseconds);
}

/** In a group everybody sees the buttons of everybody's forms. */
async function isOfAnother({ tx, person }: Conversation, draftId: number): Promise<boolean> {
  const place = await findPlaceOfDraft(tx, draftId);
  return place !== undefined && place.personId !== person.id;
}

function openDrafts({ tx, chatId, person, setting, topic }: Conversation): Promise<Draft[]> {
  const inTopic = topic === undefined ? {} : { topicTicketId: topic.ticketId };
  return listDrafts(tx, { chatId, personId: person.id, now: setting.now, ...inTopic });
}

export function planOf({ tx, office }: Conversation, draft: Draft): Promise<FormPlan | undefined> {
  return findForm(draft.form).plan(tx, draft, office);
}

async function abandon(conversation: Conversation, draft: Draft): Promise<Outcome> {
  await endDraft(conversation, draft);
  return refuse("draft-gone");
}

/** Whether the question can be left as it is: it may be skipped, or its files have come. */
async function mayLeave({ tx }: Conversation, draft: Draft, plan: FormPlan, field: Field): Promise<boolean> {
  if (maySkip(field, draft.answers)) return true;
  if (plan.filesSuffice) return (await countDraftAttachments(tx, draft.id)) > 0;
  return field.kind === "files" && (await countDraftFilesByField(tx, draft.id)).has(field.name);
}

function isSame(one: Draft["subject"], other: Draft["subject"]): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => one[key] === other[key]);
}

/** Where nothing matches, what was typed may be like some of the choices: these are offered, never taken at once. */
async function refuseAnswer(
  conversation: Conversation,
  draft: Draft,
  refusal: Refusal,
  { plan, field, entered }: { plan: FormPlan; field: Field; entered: string },
): Promise<Outcome> {
  if (refusal.code !== "nothing-matches") return askAgain(conversation, draft, refusal);
  const { choices = {} } = plan.wordsFor(field.name);
  const [likeliest] = choicesLike(entered, choices);
  if (likeliest === undefined) return askAgain(conversation, draft, withExample(refusal, plan, field));
  const values = { ...refusal.values, meant: choices[likeliest] ?? likeliest };
  await ask(conversation, draft, { refusal: { ...refusal, values }, search: entered });
  return accept();
}
