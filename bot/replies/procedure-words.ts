import { findProcedure, procedures } from "../../core/domain/procedures/index.ts";
import type { Procedure } from "../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";

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

/** Found by the procedure's name, `procedures/<name>.ts`, so that a new one is a line in one list only. */
const words = new Map(
  await Promise.all(
    procedures.map(async ({ name }) => {
      const file: { words: ProcedureWords } = await import(`./procedures/${name}.ts`);
      return [name, file.words] as const;
    }),
  ),
);

const byPhone = "Siapa yang dihubungi, lewat apa, kapan, dan apa katanya?";

/** What every procedure has. */
const common: Pick<ProcedureWords, "states" | "steps"> = {
  states: { cancelled: "Dibatalkan", closed: "Selesai" },
  steps: {
    cancel: { button: "Batalkan tiket", done: "membatalkan tiket", askNote: "Mengapa tiket ini dibatalkan?" },
    "confirm-resolved-by-phone": {
      button: "📞 Sudah normal (lewat telepon)",
      done: "mencatat jawaban pemohon di luar bot: sudah normal",
      askNote: byPhone,
    },
    "report-still-bad-by-phone": {
      button: "📞 Masih bermasalah (lewat telepon)",
      done: "mencatat jawaban pemohon di luar bot: masih bermasalah",
      askNote: byPhone,
    },
    "close-unanswered": {
      button: "Ditutup tanpa jawaban",
      done: "menutup WO dan tiket karena pemohon tidak menjawab",
      told: "Tiket ditutup karena pertanyaan kami tidak dijawab. Bila masih bermasalah, tekan Buka kembali. Hasil akhir:",
    },
    reopen: { button: "Buka kembali", done: "membuka kembali tiket", askNote: "Apa yang masih bermasalah?" },
  },
};

export function wordsOf(procedure: Pick<Procedure, "name">): ProcedureWords {
  const own = words.get(procedure.name);
  if (own === undefined) throw new Error(`the procedure ${procedure.name} has no words in bot/replies/procedures`);
  return { ...own, states: { ...common.states, ...own.states }, steps: { ...common.steps, ...own.steps } };
}

/** A name of the table that lacks its word is a defect, found by a test; the name itself is shown then. */
export function fieldWords(of: ProcedureWords, name: string): FieldWords {
  return of.fields[name] ?? { label: name, ask: name };
}

/** A ticket's title as people read it: what was chosen from a list by its label. */
export function subjectOf({ procedure, subject }: Pick<Ticket, "procedure" | "subject">): string {
  const { subject: field } = findProcedure(procedure);
  return fieldWords(wordsOf({ name: procedure }), field).choices?.[subject] ?? subject;
}

export function stepWords(of: ProcedureWords, name: string): StepWords {
  return of.steps[name] ?? { button: name, done: name };
}
