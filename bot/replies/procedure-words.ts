import type { Procedure } from "../../core/domain/procedures/procedure.ts";
import { applicationTroubleWords } from "./application-trouble.ts";

/** The words of one procedure, by the names in its table. */
export type ProcedureWords = {
  /** "Gangguan aplikasi" */
  title: string;
  /** The button and the command text that begin it. */
  file: string;
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
};

export type StepWords = {
  button: string;
  /** In the history, after the name of the person. */
  done: string;
  /** The question for its note, where it differs from the field's own. */
  askNote?: string;
  /** What the requester is told, above the note. */
  told?: string;
};

const words: Record<string, ProcedureWords> = {
  "application-trouble": applicationTroubleWords,
};

/** What every procedure has. */
const common: Pick<ProcedureWords, "states" | "steps"> = {
  states: { cancelled: "Dibatalkan", closed: "Selesai" },
  steps: {
    cancel: { button: "Batalkan tiket", done: "membatalkan tiket", askNote: "Mengapa tiket ini dibatalkan?" },
    reopen: { button: "Buka kembali", done: "membuka kembali tiket", askNote: "Apa yang masih bermasalah?" },
  },
};

export function wordsOf(procedure: Pick<Procedure, "name">): ProcedureWords {
  const own = words[procedure.name];
  if (own === undefined) throw new Error(`the procedure ${procedure.name} has no words in bot/replies`);
  return { ...own, states: { ...common.states, ...own.states }, steps: { ...common.steps, ...own.steps } };
}

/** A name of the table that lacks its word is a defect, found by a test; the name itself is shown then. */
export function fieldWords(of: ProcedureWords, name: string): FieldWords {
  return of.fields[name] ?? { label: name, ask: name };
}

export function stepWords(of: ProcedureWords, name: string): StepWords {
  return of.steps[name] ?? { button: name, done: name };
}
