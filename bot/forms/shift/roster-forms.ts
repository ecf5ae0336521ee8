import { changeRosterDay, fillRoster } from "../../../core/actions/shift/keep-roster.ts";
import { listReachable } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { deskRoles } from "../../../core/domain/people/roles.ts";
import { rosterFields } from "../../../core/domain/shift/roster.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { rosterPageOf, showRosterDay } from "../../replies/shift/roster.ts";
import { type Form, noSuggestions } from "../form.ts";

const dayWords: Record<string, FieldWords> = {
  "from-day": { label: "Mulai", ask: "Mulai hari apa? Pilih, atau ketik (contoh: Senin, atau 30-11-2026)." },
  "until-day": {
    label: "Sampai",
    ask: "Sampai dan termasuk hari apa? Pilih, atau ketik (contoh: Jumat, atau 4-12-2026).",
  },
};

/** Somebody of the desk is on duty for a day, or for several. */
export const rosterForm: Form = {
  name: "roster",
  takesNoFiles: true,
  plan: async (db) => {
    const { field, words } = await askWho(db);
    return {
      title: "📅 Isi jadwal piket",
      fields: [...rosterFields, field],
      wordsFor: (name) => dayWords[name] ?? words,
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting, office } = conversation;
    const { who, ...answers } = draft.answers;
    const filled = await fillRoster(tx, person, setting, { personId: Number(who), answers });
    if (!filled.ok) return filled;
    await reply(conversation, { kind: "roster", page: rosterPageOf(filled.value, setting.now, office) });
    return accept(undefined);
  },
};

/** Somebody else has that day. Its subject: `day`, and who had it, `formerId`. */
export const rosterChangeForm: Form = {
  name: "roster-change",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const { field, words } = await askWho(db);
    return {
      title: `📅 Ubah piket ${showRosterDay(String(subject.day))}`,
      fields: [field],
      wordsFor: () => words,
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting, office } = conversation;
    const day = String(draft.subject.day);
    const personId = Number(draft.answers.who);
    const input = { day, personId, formerId: Number(draft.subject.formerId) };
    const changed = await changeRosterDay(tx, person, setting, input);
    if (!changed.ok) return changed;
    await reply(conversation, { kind: "roster", page: rosterPageOf(day, setting.now, office) });
    return accept(undefined);
  },
};

/** The desk whom the bot can reach: whose day it is must be told so. */
async function askWho(db: Db) {
  const desk = await listReachable(db, deskRoles);
  const choices = Object.fromEntries(desk.map(({ id, name }) => [String(id), name]));
  const field = { name: "who", kind: "choice", choices: Object.keys(choices), findsByPart: true } as const;
  const ask = "Siapa yang piket? Pilih namanya, atau ketik sebagian (contoh: Budi).";
  return { field, words: { label: "Petugas", ask, choices } satisfies FieldWords };
}
