import { endShift, offerShift } from "../../../core/actions/shift/shifts.ts";
import { listReachable } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { accept } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { deskRoles } from "../../../core/domain/people/roles.ts";
import { note } from "../../../core/domain/procedures/procedure.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";

/** The desk whom the bot can reach, but not who hands over. */
export async function listSuccessors(db: Db, personId: number): Promise<Person[]> {
  return (await listReachable(db, deskRoles)).filter(({ id }) => id !== personId);
}

/** Asks somebody to take over being on duty. Its subject: `shiftId`. */
export const handOverForm: Form = {
  name: "hand-over-shift",
  takesNoFiles: true,
  plan: async (db, draft) => {
    const successors = await listSuccessors(db, draft.personId);
    const choices = Object.fromEntries(successors.map(({ id, name }) => [String(id), name]));
    return {
      title: "🔁 Serahkan piket",
      fields: [{ name: "successor", kind: "choice", choices: Object.keys(choices), findsByPart: true }, note],
      wordsFor: (field) =>
        field === "successor"
          ? { label: "Kepada", ask: "Kepada siapa? Pilih namanya, atau ketik sebagian (contoh: Budi).", choices }
          : {
              label: "Catatan",
              ask: "Apa yang masih terbuka, dan apa yang perlu diperhatikan? Catatan ini dibaca penerus Anda dan petugas lain. Contoh: T-0042 menunggu vendor, telepon pukul 10.00.",
            },
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const offered = await offerShift(tx, person, setting, {
      shiftId: Number(draft.subject.shiftId),
      toPersonId: Number(draft.answers.successor),
      note: draft.answers.note ?? "",
    });
    if (!offered.ok) return offered;
    await reply(conversation, { kind: "duty" });
    return accept(undefined);
  },
};

/** Ends a shift without a successor. Its subject: `shiftId`. */
export const endShiftForm: Form = {
  name: "end-shift",
  takesNoFiles: true,
  plan: async () => ({
    title: "⏹ Akhiri piket",
    fields: [note],
    wordsFor: () => ({
      label: "Catatan",
      ask: "Apa yang masih terbuka, dan apa yang perlu diperhatikan petugas piket berikutnya? Contoh: T-0042 menunggu vendor.",
    }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const ended = await endShift(tx, person, setting, {
      shiftId: Number(draft.subject.shiftId),
      note: draft.answers.note ?? "",
    });
    if (!ended.ok) return ended;
    await reply(conversation, { kind: "duty" });
    return accept(undefined);
  },
};
