import { noteMinistryStep } from "../../../core/actions/names/note-ministry-step.ts";
import { ministryFieldsOf, ministryStates } from "../../../core/domain/names/ministry-steps.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { ministryWords } from "../../replies/names/name-words.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import type { Form } from "../form.ts";

const words: Record<string, FieldWords> = {
  day: { label: "Tanggal", ask: "Tanggal berapa? (contoh: hari ini atau 20-11-2026)" },
  letter: { label: "Nomor surat", ask: "Apa nomor suratnya? (contoh: 555/210/2026) Boleh dilewati." },
  reason: { label: "Alasan", ask: "Apa alasan penolakannya? (contoh: Surat kuasa kepala desa belum ada)" },
};

/** What became of an application to the ministry. Its subject: `name`, `villageId`, `state`. What follows is the name's page. */
export const ministryForm: Form = {
  name: "ministry-step",
  takesNoFiles: true,
  plan: async (_db, { subject }) => {
    const state = ministryStates.find((each) => each === subject.state);
    if (state === undefined) return undefined;
    return {
      title: `🏛 ${subject.name}: ${ministryWords[state].label}`,
      fields: ministryFieldsOf(state),
      wordsFor: (field) => words[field] ?? { label: field, ask: field },
      hasReview: false,
      suggestions: async (_, field) => (field.name === "day" ? ["Hari ini"] : []),
    };
  },
  submit: async (conversation, { subject, answers }) => {
    const { tx, person, setting } = conversation;
    const state = ministryStates.find((each) => each === subject.state) ?? "preparing";
    const [name, villageId] = [String(subject.name), Number(subject.villageId)];
    const noted = await noteMinistryStep(tx, person, setting, { name, villageId, state, answers });
    if (!noted.ok) return noted;
    await reply(conversation, { kind: "name", name, page: 0 });
    return accept(undefined);
  },
};
