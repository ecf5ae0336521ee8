import { z } from "zod";
import {
  type CatalogueEntry,
  type QuestionWords,
  reservedQuestions,
  wordsQuestion,
} from "../core/domain/catalogue/catalogue.ts";
import { type Field, longTextLength, shortestDescription } from "../core/domain/form/field.ts";
import { officialDuty } from "../core/domain/procedures/procedure.ts";
import { requestTeams } from "../core/domain/procedures/request-table.ts";
import { maintenanceKeys, vendorProblems } from "./maintenance-schema.ts";
import { shortName, text, unique, unknownKeysOr } from "./schema-messages.ts";

// `profiles/<name>/catalogue.yaml`: the small requests of every day. How to add one: docs/catalogue.md.

const longestLine = 100;

/** Telegram's buttons show no more on a phone. */
const shownOnButton = 40;

/** With eight answers and the person's own words a card stays below Telegram's 4,096 characters. */
const mostQuestions = 8;
const longestQuestion = 300;
const longestHint = 100;

function sentence(example: string, most: number) {
  return text(example).max(most, { error: `must be at most ${most} characters, for example ${example}` });
}

/** What stands on a button, or beside an answer. */
function label(example: string) {
  return sentence(example, shownOnButton);
}

const exampleOf = "must hold an example after contoh:, for example Aplikasi apa? Contoh: SIMPEG.";
/** What is typed is asked with an example. */
const typed = sentence("Aplikasi apa? Contoh: SIMPEG.", longestQuestion).regex(/contoh:/i, { error: exampleOf });
const chosen = sentence("Perangkat apa yang bermasalah?", longestQuestion);
const optional = z.boolean({ error: "must be true or false" }).default(false);
const whole = (example: number) => z.int({ error: `must be a whole number, for example ${example}` });
const asked = { name: shortName("letter-number"), label: label("Nomor surat") };

const kindNames = "line, text, choice, number, day, coming-day, coming-instant, location, files";
const unlikeQuestion = unknownKeysOr(
  `must be a question with name, kind (${kindNames}), label and question; see profiles/labura/catalogue.yaml`,
);

function strictly<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, { error: unlikeQuestion });
}

const kinds = [
  strictly({
    ...asked,
    kind: z.literal("line"),
    question: typed,
    optional,
    suggestions: z.literal("applications", { error: "must be applications, or left out" }).optional(),
    withPhone: z.literal(true, { error: "must be true, or left out" }).optional(),
  }),
  strictly({ ...asked, kind: z.literal("text"), question: typed, optional }),
  strictly({
    ...asked,
    kind: z.literal("choice"),
    question: chosen,
    choices: z
      .record(shortName("new-mailbox"), label("Kotak surat baru"), {
        error: "must list the choices, for example { new: Baru, change: Ubah }",
      })
      .refine((choices) => Object.keys(choices).length > 1, {
        error: "must list at least two, for example { new: Baru, change: Ubah }",
      }),
  }),
  strictly({ ...asked, kind: z.literal("number"), question: typed, optional, min: whole(1), max: whole(100) }).refine(
    ({ min, max }) => min <= max,
    { path: ["max"], error: "must not be less than min, for example 100" },
  ),
  strictly({ ...asked, kind: z.literal("day"), question: typed, optional }),
  strictly({ ...asked, kind: z.literal("coming-day"), question: typed, optional }),
  strictly({ ...asked, kind: z.literal("coming-instant"), question: typed, optional }),
  strictly({ ...asked, kind: z.literal("location"), question: chosen, optional }),
  strictly({ ...asked, kind: z.literal("files"), question: chosen, optional }),
] as const;

const question = z.discriminatedUnion("kind", kinds, { error: unlikeQuestion });
type Question = z.output<typeof question>;

const questions = z
  .array(question, { error: "must be a list of questions, as in profiles/labura/catalogue.yaml" })
  .max(mostQuestions, { error: `must be at most ${mostQuestions} questions: nobody answers more in a chat` })
  .check(unique("question", (each) => each?.name))
  .check(
    z.superRefine<Question[]>((all, context) => {
      for (const [index, { name, kind }] of all.entries()) {
        if (kind === "text" && name !== wordsQuestion) {
          const message = `must be line, for example kind: line; only ${wordsQuestion} is a text, so that the card holds all answers`;
          context.addIssue({ code: "custom", path: [index, "kind"], message });
        }
        if (!reservedQuestions.includes(name)) continue;
        const message = `"${name}" has a meaning of its own; take another name, for example request-${name}`;
        context.addIssue({ code: "custom", path: [index, "name"], message });
      }
      if (all.some(({ name, kind }) => name === wordsQuestion && kind === "text")) return;
      const example = `{ name: ${wordsQuestion}, kind: text, label: Keterangan, question: "Untuk apa? Contoh: …" }`;
      context.addIssue({ code: "custom", message: `must ask ${wordsQuestion}, for example ${example}` });
    }),
  );

const targetUnits = ["minutes", "hours", "working days"] as const;
const targetExample = "{ value: 30, unit: minutes, source: office practice }";
const target = z.strictObject(
  {
    value: whole(30).min(1, { error: "must be at least 1, for example 30" }),
    unit: z.enum(targetUnits, { error: `must be one of ${targetUnits.join(", ")}` }),
    source: text("office practice"),
  },
  { error: unknownKeysOr(`must be a time, for example ${targetExample}`) },
);

const procedures = { short: "short-request", approval: "approved-request" } as const;

const entry = z
  .strictObject(
    {
      name: shortName("password-reset"),
      title: label("Atur ulang kata sandi"),
      hint: sentence("Lupa kata sandi, atau akun terkunci", longestHint),
      procedure: z.enum(["short", "approval"], { error: "must be short or approval" }),
      target,
      ...maintenanceKeys,
      team: z.enum(requestTeams, { error: `must be one of ${requestTeams.join(", ")}` }),
      officialDuty: z.boolean({ error: "must be true or false" }).default(false),
      questions,
      source: text("C 15(1)"),
    },
    { error: unknownKeysOr("must be an entry, as in profiles/labura/catalogue.yaml") },
  )
  .check(vendorProblems)
  .transform(
    ({ procedure, maintainer, vendor, contact, questions, officialDuty: isForDuty, ...entry }): CatalogueEntry => ({
      name: entry.name,
      title: entry.title,
      hint: entry.hint,
      procedure: procedures[procedure],
      team: entry.team,
      target: { value: entry.target.value, unit: entry.target.unit },
      // The team of an entry is the one that does it, whoever maintains what it is about.
      maintenance: { maintainer, vendor, contact, ...(maintainer === "dinas" ? { team: entry.team } : {}) },
      form: [...questions.map(fieldOf), ...(isForDuty ? [officialDuty] : [])],
      words: Object.fromEntries(questions.map((each) => [each.name, wordsOf(each)])),
    }),
  );

export const catalogueFile = z
  .array(entry, { error: "must be a list of entries, as in profiles/labura/catalogue.yaml" })
  .min(1, { error: "must hold an entry, as in profiles/labura/catalogue.yaml" })
  .check(unique("entry", (each) => each?.name))
  .check(unique("title", (each) => each?.title));

function fieldOf(question: Question): Field {
  const { name } = question;
  if (question.kind === "choice") return { name, kind: "choice", choices: Object.keys(question.choices) };
  const skipped = question.optional ? ({ optional: true } as const) : {};
  switch (question.kind) {
    case "line": {
      const suggestions = question.suggestions === undefined ? {} : { suggestions: question.suggestions };
      return { name, kind: "line", maxLength: longestLine, ...suggestions, ...skipped };
    }
    case "text": {
      const shortest = name === wordsQuestion ? { minLength: shortestDescription } : {};
      return { name, kind: "text", maxLength: longTextLength, ...shortest, ...skipped };
    }
    case "number":
      return { name, kind: "number", min: question.min, max: question.max, ...skipped };
    default:
      return { name, kind: question.kind, ...skipped };
  }
}

function wordsOf(question: Question): QuestionWords {
  const { label, question: ask } = question;
  return question.kind === "choice" ? { label, ask, choices: question.choices } : { label, ask };
}
