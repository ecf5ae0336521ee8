import { type Catalogue, findEntry } from "../../core/domain/catalogue/catalogue.ts";
import { findProcedure, procedures } from "../../core/domain/procedures/index.ts";
import type { Procedure } from "../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import { commonWords } from "./common-words.ts";
import { pendingWords } from "./ticket/pending-words.ts";

/** The words of one procedure, by the names in its table; those of `common-words.ts` need not be repeated. */
export type ProcedureWords = {
  /** "Gangguan aplikasi" */
  title: string;
  /** The button and the command text that begin it. */
  file: string;
  /** In the list of requests: for what it is. */
  hint?: string;
  fields: Record<string, FieldWords>;
  states: Record<string, string>;
  steps: Record<string, StepWords>;
};

export type FieldWords = {
  /** How it is shown with its answer. */
  label: string;
  /** The question. */
  ask: string;
  choices?: Record<string, string>;
  /** The question where it has to be answered. */
  askWithoutSkip?: string;
  /** The question where the register has nothing to offer. */
  askWithoutOffer?: string;
};

export type StepWords = {
  button: string;
  /** In the history, after the name of the person. */
  done: string;
  /** The question for its note, where it differs from the field's own. */
  askNote?: string;
  /** What the requester is told, above the note. */
  told?: string;
  /** What the ticket is called from then on, where that was found out by the step. */
  title?: string;
  /** How the ticket has ended, once it has, where this was said: "tidak disetujui". */
  outcome?: string;
};

/** Found by the procedure's name, `procedures/<name>.ts`, so that a new one is a line in one list only. */
const words = new Map(
  await Promise.all(
    procedures.map(async ({ name }) => {
      const file: { words: ProcedureWords } = await import(`./procedures/${name}.ts`);
      return [name, file.words] as const;
    }),
  ),
);

const titles = Object.fromEntries([...words].map(([name, { title }]) => [name, title]));

/** The answers of what is no step of a procedure: waiting, moving to another procedure. */
const deskFields: Record<string, FieldWords> = {
  ...pendingWords,
  "from-procedure": { label: "Dari", ask: "", choices: titles },
  "to-procedure": { label: "Ke", ask: "", choices: titles },
};

export function wordsOf(procedure: Pick<Procedure, "name">): ProcedureWords {
  const own = words.get(procedure.name);
  if (own === undefined) throw new Error(`the procedure ${procedure.name} has no words in bot/replies/procedures`);
  return {
    ...own,
    fields: { ...commonWords.fields, ...own.fields },
    states: { ...commonWords.states, ...own.states },
    steps: { ...commonWords.steps, ...own.steps },
  };
}

/** The same with the questions of the catalogue's entry, which are data of the profile. */
export function wordsOfFiled(
  { procedure, item }: { procedure: string; item: string | null },
  catalogue: Catalogue,
): ProcedureWords {
  const words = wordsOf({ name: procedure });
  return { ...words, fields: { ...words.fields, ...findEntry(item, catalogue)?.words } };
}

/**
 * A name of the table that lacks its word is a defect, found by a test; the name itself is shown then. A ticket that was
 * moved keeps what was done under the other procedure, so the words of all are known.
 */
export function fieldWords(of: ProcedureWords, name: string): FieldWords {
  return of.fields[name] ?? deskFields[name] ?? elsewhere((each) => each.fields[name]) ?? { label: name, ask: name };
}

function elsewhere<Words>(find: (of: ProcedureWords) => Words | undefined): Words | undefined {
  return [...words.values()].map(find).find((found) => found !== undefined);
}

/** A ticket's title as people read it: what was chosen from a list by its label. */
export function subjectOf({ procedure, subject }: Pick<Ticket, "procedure" | "subject">): string {
  const { subject: field } = findProcedure(procedure);
  if (field === undefined) return wordsOf({ name: procedure }).title;
  return fieldWords(wordsOf({ name: procedure }), field).choices?.[subject] ?? subject;
}

export function stepWords(of: ProcedureWords, name: string): StepWords {
  return of.steps[name] ?? elsewhere((each) => each.steps[name]) ?? { button: name, done: name };
}
