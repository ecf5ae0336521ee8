import { maintenanceFields, planMaintenance } from "../../../core/actions/monitoring/maintenance-windows.ts";
import { findTarget } from "../../../core/db/monitoring/monitor-targets.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";

const words: Record<string, FieldWords> = {
  from: {
    label: "Mulai",
    ask: "Mulai kapan? Tekan Sekarang, atau tulis waktunya; sampai kapan ditanyakan sesudahnya (contoh: 22.00, atau besok 22.00)",
  },
  until: {
    label: "Sampai",
    ask: "Berapa lama, atau sampai kapan pemeliharaannya? (contoh: 1 jam, sampai 15.00, atau besok 08.00)",
  },
  reason: { label: "Alasan", ask: "Apa yang dikerjakan? (contoh: Ganti router)" },
};

/** Maintenance of a target, from now on or later. Its subject: `targetId`. */
export const maintenanceForm: Form = {
  name: "target-maintenance",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const target = await findTarget(db, Number(subject.targetId));
    if (target === undefined) return undefined;
    return {
      title: `🛠 Pemeliharaan ${target.name}`,
      fields: maintenanceFields,
      wordsFor: (field) => words[field] ?? { label: field, ask: field },
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const targetId = Number(draft.subject.targetId);
    const planned = await planMaintenance(tx, person, setting, { targetId, answers: draft.answers });
    if (!planned.ok) return planned;
    await reply(conversation, { kind: "target", targetId });
    return accept(undefined);
  },
};
