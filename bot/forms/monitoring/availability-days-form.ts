import { daysBetween } from "../../../core/domain/calendar/report-days.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import { accept, refuse } from "../../../core/domain/outcome.ts";
import { dayAfter } from "../../../core/domain/shift/roster.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";

/** A quarter: what is shown at once is read at once. */
const mostDays = 92;

const fields = [
  { name: "from", kind: "day" },
  { name: "until", kind: "day" },
] as const satisfies Field[];

const words: Record<string, FieldWords> = {
  from: { label: "Mulai", ask: "Mulai tanggal berapa? (contoh: 1 November 2026)" },
  until: { label: "Sampai", ask: "Sampai dan termasuk tanggal berapa? (contoh: 15 November 2026, atau hari ini)" },
};

/** Availability of other days than those of a month. */
export const availabilityDaysForm: Form = {
  name: "availability-days",
  takesNoFiles: true,
  goesOnForMinutes: 15,
  plan: async () => ({
    ...{ title: "🗓 Ketersediaan rentang lain", fields, hasReview: false, suggestions: noSuggestions },
    wordsFor: (field) => words[field] ?? { label: field, ask: field },
  }),
  submit: async (conversation, { answers }) => {
    const { from = "", until = "" } = answers;
    const days = daysBetween(from, until);
    if (days < 1) return refuse("days-backwards", { field: "until" });
    if (days > mostDays) {
      const latest = dayAfter(from, mostDays - 1);
      return refuse("days-too-many", { days, longest: mostDays, latest, field: "until" });
    }
    await reply(conversation, { kind: "availability", by: "link", month: `${from}_${until}`, page: 0 });
    return accept(undefined);
  },
};
