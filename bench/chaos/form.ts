import type { FieldWords } from "../../bot/replies/procedure-words.ts";
import type { Answers, Field } from "../../core/domain/form/field.ts";
import { applicationFiles } from "../../core/domain/procedures/hosting-questions.ts";
import type { Message } from "../../telegram-server/server.ts";
import { buttonsOf } from "../../test/crash/person.ts";
import type { Person } from "./book.ts";
import { hasButton } from "./telephone.ts";

/** What somebody knows of a form before they begin it. */
export type Form = {
  /** Stands above each question. */
  title: string;
  fields: readonly Field[];
  wordsFor: (field: string) => FieldWords;
  /** What is to be answered and nothing else, by field. */
  given?: Answers;
};

const send = "📨 Kirim";
const leave = /^(Lewati|Lanjut) ▶️$/;
const cancel = "✖️ Batal";
const goOn = "Lanjut ▶️";
const passed = "Sesuai";
/** Buttons of a question that are no answers. */
const isNavigation = (label: string) => /^(◀️|✖️|🗑|✏️|📨)|▶️$/.test(label);

type Question = { field: Field | "review"; message: Message };

/**
 * Answers each question as it is shown, to the end of the form.
 *
 * @param since what the person has seen before is of no interest
 * @param over what shows that the form was sent, of what was seen since the last answer
 */
export async function fillIn<Over>(
  person: Person,
  form: Form,
  since: number,
  over: (since: number) => Over | undefined,
): Promise<Over> {
  const { telephone } = person;
  const answered = new Set<string>();
  let lastAnswer = since;
  for (;;) {
    const next = await telephone.waitFor(`what follows in "${form.title}" after ${[...answered]}`, () => {
      const end = answered.size === 0 ? undefined : over(lastAnswer);
      if (end !== undefined) return { end };
      return findQuestion(person, form, since, answered) ?? findRefused(person, form, lastAnswer);
    });
    if ("end" in next) return next.end;
    const { field, message } = next;
    lastAnswer = telephone.mark();
    if (field === "review") telephone.press(message, send, timesOf(person));
    else await answerField(person, form, field, message);
    answered.add(field === "review" ? field : field.name);
  }
}

/** Once more than needed, for who is impatient. */
function timesOf({ isImpatient }: Person): number {
  return isImpatient ? 2 : 1;
}

function findQuestion(
  { telephone }: Person,
  form: Form,
  since: number,
  answered: ReadonlySet<string>,
): Question | undefined {
  const newest = telephone
    .since(since)
    .findLast(({ message, isCopy }) => !isCopy && isQuestionOf(form, message))?.message;
  if (newest === undefined) return undefined;
  const field = fieldOf(form, newest);
  const name = field === "review" ? field : field?.name;
  if (field === undefined || name === undefined) throw new Error(`a question that is none of the form: ${newest.text}`);
  return answered.has(name) ? undefined : { field, message: newest };
}

/** What a register offered was somebody else's a moment later: the same question, with another offer. */
function findRefused({ telephone }: Person, form: Form, since: number): Question | undefined {
  const refused = telephone
    .since(since)
    .findLast(
      ({ message, isCopy }) => !isCopy && isQuestionOf(form, message) && message.text?.startsWith("⚠️"),
    )?.message;
  const field = refused && fieldOf(form, refused);
  const isOffered = field !== undefined && field !== "review" && field.kind === "register";
  return refused !== undefined && isOffered ? { field, message: refused } : undefined;
}

function isQuestionOf({ title }: Form, message: Message): boolean {
  return (message.text ?? "").split("\n").includes(title) && hasButton(message, cancel);
}

/** By the words that it is asked with; of several that stand there the longest. */
function fieldOf(form: Form, message: Message): Field | "review" | undefined {
  const { text = "" } = message;
  if (text.includes("Periksa kembali, lalu tekan Kirim.")) return "review";
  const asked = form.fields.filter(({ name }) => text.includes(form.wordsFor(name).ask));
  return asked.toSorted((one, other) => form.wordsFor(other.name).ask.length - form.wordsFor(one.name).ask.length)[0];
}

async function answerField(person: Person, form: Form, field: Field, message: Message): Promise<void> {
  const { telephone, draws } = person;
  const labels = buttonsOf(message).map(({ text }) => text);
  const ready = labels.filter((label) => !isNavigation(label));
  const skip = labels.find((label) => leave.test(label));
  const press = (label: string) => telephone.press(message, label, timesOf(person));
  const given = form.given?.[field.name];
  if (given !== undefined) return ready.includes(given) ? press(given) : telephone.say(given);
  if (field.kind === "files") return answerFiles(person, form, field, message);
  // A wished address or name may be somebody's.
  if (skip !== undefined && (field.kind === "ip-address" || field.kind === "dns-name")) return press(skip);
  if (skip !== undefined && draws.happens(0.5)) return press(skip);
  if (field.kind === "location") return telephone.sendPin();
  if (ready.length > 0 && (!mayBeTyped(field) || draws.happens(0.4))) return press(likely(person, ready));
  telephone.say(typed(person, field));
}

function mayBeTyped({ kind }: Field): boolean {
  return kind === "line" || kind === "text" || kind === "number";
}

/** A check mostly passes: where many fail nothing comes to its end. */
function likely({ draws }: Person, labels: readonly string[]): string {
  return labels.includes(passed) && draws.happens(0.8) ? passed : draws.pick(labels);
}

function typed({ draws }: Person, field: Field): string {
  const number = draws.between(1, 99);
  switch (field.kind) {
    case "line":
      return field.withPhone ? `Ibu Sari 0812-3456-78${number + 100}` : `Isian ${number}`;
    case "number":
      return String(Math.min(field.max, field.min + number));
    case "height-u":
      return "1";
    default:
      return `Keterangan yang ditulis orang, nomor ${number}.`;
  }
}

/** A file now and then, and always where one is needed; then on. */
async function answerFiles(person: Person, form: Form, { name }: Field, message: Message): Promise<void> {
  const { telephone, draws } = person;
  // What a machine checks then needs a verdict, which nobody here gives.
  const isOfApplication = name === applicationFiles.name;
  if (hasButton(message, goOn) && (isOfApplication || !draws.happens(0.3)))
    return telephone.press(message, goOn, timesOf(person));
  const mark = telephone.mark();
  const content = `${name} ${draws.fraction()}`;
  telephone.sendDocument(`${name}.txt`, Buffer.from(content));
  const received = await telephone.waitFor(`the file for "${form.title}"`, () => {
    const isIt = ({ text = "" }: Message) => text.includes("📎") && text.includes("berkas diterima");
    return telephone.since(mark).find((sight) => isQuestionOf(form, sight.message) && isIt(sight.message));
  });
  telephone.press(received.message, goOn, timesOf(person));
}
