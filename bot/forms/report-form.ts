import { contact, fileTicket, type OnBehalf, reporterName } from "../../core/actions/file-ticket.ts";
import { findOfficeByCode } from "../../core/db/offices.ts";
import { getPerson, listPeopleOfOffice } from "../../core/db/people.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Answers, Field } from "../../core/domain/form/field.ts";
import { accept, refuse } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { findProcedure, procedures } from "../../core/domain/procedures/index.ts";
import type { Procedure } from "../../core/domain/procedures/procedure.ts";
import { channelsToFileFor } from "../../core/domain/ticket/filing-rules.ts";
import { reply } from "../conversation.ts";
import { type FieldWords, fieldWords, wordsOf } from "../replies/procedure-words.ts";
import type { Form } from "./form.ts";
import { officeQuestion } from "./office-question.ts";

const namesakesShown = 6;
/** The answer of `match` for somebody whom the register does not know. */
const somebodyElse = "new";

/** What this person may write down for others. */
export function proceduresToFileFor(person: Person): Procedure[] {
  return procedures.filter((procedure) => channelsToFileFor(person, procedure).length > 0);
}

const words: Record<string, FieldWords> = {
  procedure: {
    label: "Jenis",
    ask: "Laporan tentang apa?",
    choices: Object.fromEntries(procedures.map((procedure) => [procedure.name, wordsOf(procedure).title])),
  },
  channel: {
    label: "Lewat",
    ask: "Laporan datang lewat apa?",
    choices: { phone: "Telepon", letter: "Surat", counter: "Loket" },
  },
  reporter: { label: "Pelapor", ask: "Siapa nama pelapor? Contoh: Siti Aminah." },
  contact: {
    label: "Kontak",
    ask: "Nomor telepon atau cara lain menghubungi pelapor? Contoh: 0812-3456-7890. Hanya petugas yang membacanya.",
  },
};

/** The help desk writes down what somebody said by phone, by letter or at the counter; the secretariat a letter. */
export const reportForm: Form = {
  name: "report",
  plan: async (db, { answers, personId }, { applications }) => {
    const person = await getPerson(db, personId);
    const allowed = proceduresToFileFor(person);
    const office = await officeQuestion(db, "Pelapor dari perangkat daerah mana?");
    const namesakes = await listNamesakes(db, answers);
    const procedure = allowed.find(({ name }) => name === answers.procedure);
    const ways = new Set(allowed.flatMap((each) => channelsToFileFor(person, each)));
    const own: Record<string, FieldWords> = {
      ...words,
      office: office.words,
      match: {
        label: "Dalam daftar orang",
        ask: "Apakah pelapor salah satu dari mereka?",
        choices: { ...Object.fromEntries(namesakes.map(labelled)), [somebodyElse]: "Bukan, orang lain" },
      },
    };
    const fields: Field[] = [
      { name: "procedure", kind: "choice", choices: allowed.map(({ name }) => name) },
      { name: "channel", kind: "choice", choices: [...ways] },
      office.field,
      reporterName,
      ...(namesakes.length === 0 ? [] : [matchField(namesakes)]),
      contact,
      ...(procedure?.form ?? []),
    ];
    return {
      title: ways.has("phone") ? "📞 Catat laporan orang lain" : "✉️ Catat surat masuk",
      fields,
      wordsFor: (field) =>
        own[field] ?? (procedure ? fieldWords(wordsOf(procedure), field) : { label: field, ask: field }),
      hasReview: true,
      suggestions: async (_db, field) =>
        field.kind === "line" && field.suggestions === "applications" ? applications : [],
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { answers } = draft;
    const procedure = findProcedure(answers.procedure ?? "");
    const namesakes = await listNamesakes(tx, answers);
    if (namesakes.length > 0 && !matchField(namesakes).choices.includes(answers.match ?? "")) {
      return refuse("not-a-choice", { field: "match" });
    }
    const { id: officeId } = await findOfficeByCode(tx, answers.office ?? "");
    const isKnown = namesakes.length > 0 && answers.match !== somebodyElse;
    const onBehalf: OnBehalf = {
      channel: answers.channel as OnBehalf["channel"],
      reporter: isKnown ? { personId: Number(answers.match) } : { name: answers.reporter ?? "", officeId },
      contact: answers.contact,
    };
    const asked = procedure.form.flatMap(({ name }) => (answers[name] === undefined ? [] : [[name, answers[name]]]));
    const filed = await fileTicket(tx, person, setting, {
      procedure: procedure.name,
      answers: Object.fromEntries(asked) as Answers,
      draftId: draft.id,
      onBehalf,
    });
    if (!filed.ok) return filed;
    await reply(conversation, { kind: "ticket-card", ticketId: filed.value, news: "recorded" });
    return accept(undefined);
  },
};

/** Whom the register has under such a name in that office; without both answers nobody. */
async function listNamesakes(db: Db, { office, reporter }: Answers): Promise<Person[]> {
  if (office === undefined || reporter === undefined) return [];
  const { id } = await findOfficeByCode(db, office);
  return listPeopleOfOffice(db, id, reporter, namesakesShown);
}

function matchField(namesakes: readonly Person[]) {
  const choices = [...namesakes.map(({ id }) => String(id)), somebodyElse];
  return { name: "match", kind: "choice", choices } as const;
}

/** Two of one name are told apart by the end of their NIP. */
function labelled({ id, name, nip, isProvisional }: Person): [string, string] {
  const mark = isProvisional ? " (pernah dicatat)" : nip === null ? "" : ` (NIP …${nip.slice(-4)})`;
  return [String(id), `${name}${mark}`];
}
