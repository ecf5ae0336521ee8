import { checkWishes } from "../../../core/actions/hosting/check-wishes.ts";
import { contact, fileTicket, type OnBehalf, reporterName } from "../../../core/actions/ticket/file-ticket.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import { getPerson } from "../../../core/db/people/people.ts";
import {
  type Catalogue,
  findFiling,
  isRequestProcedure,
  type Wanted,
} from "../../../core/domain/catalogue/catalogue.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { accept, refuse } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { procedures } from "../../../core/domain/procedures/index.ts";
import type { Procedure } from "../../../core/domain/procedures/procedure.ts";
import { channelsToFileFor } from "../../../core/domain/ticket/filing-rules.ts";
import { reply } from "../../conversation.ts";
import { type FieldWords, wordsOf } from "../../replies/procedure-words.ts";
import type { Form } from "../form.ts";
import { officeQuestion } from "../people/office-question.ts";
import { questionsOfFiling } from "./filed-questions.ts";
import { listNamesakes, somebodyElse } from "./namesakes.ts";
import { warnOfTrouble } from "./warn-of-trouble.ts";

/** Before the name of an entry of the catalogue, among the names of procedures. */
const request = "request:";

/** What this person may write down for others. */
export function proceduresToFileFor(person: Person): Procedure[] {
  return procedures.filter((procedure) => channelsToFileFor(person, procedure).length > 0);
}

const ownWords: Record<string, FieldWords> = {
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
  plan: async (db, { answers, personId }, words) => {
    const { applications, catalogue } = words;
    const person = await getPerson(db, personId);
    const allowed = proceduresToFileFor(person);
    const kinds = kindsOf(allowed, catalogue);
    const office = await officeQuestion(db, "Pelapor dari perangkat daerah mana?");
    const namesakes = await listNamesakes(db, answers);
    const wanted = wantedBy(answers);
    const filing = wanted && findFiling(wanted, catalogue);
    const asked = filing && (await questionsOfFiling(filing, { db, personId, answers, office: words }));
    const ways = new Set(allowed.flatMap((each) => channelsToFileFor(person, each)));
    const own: Record<string, FieldWords> = {
      ...ownWords,
      procedure: { label: "Jenis", ask: "Laporan atau permintaan tentang apa?", choices: kinds },
      office: office.words,
      match: {
        label: "Dalam daftar orang",
        ask: "Apakah pelapor salah satu dari mereka?",
        choices: { ...Object.fromEntries(namesakes.map(labelled)), [somebodyElse]: "Bukan, orang lain" },
      },
    };
    const fields: Field[] = [
      { name: "procedure", kind: "choice", choices: Object.keys(kinds), findsByPart: true },
      { name: "channel", kind: "choice", choices: [...ways] },
      office.field,
      reporterName,
      ...(namesakes.length === 0 ? [] : [matchField(namesakes)]),
      contact,
      ...(asked?.fields ?? []),
    ];
    return {
      title: ways.has("phone") ? "📞 Catat laporan orang lain" : "✉️ Catat surat masuk",
      fields,
      wordsFor: (field) => own[field] ?? asked?.wordsFor(field) ?? { label: field, ask: field },
      hasReview: true,
      suggestions: async (_db, field) =>
        field.kind === "line" && field.suggestions === "applications" ? applications : [],
    };
  },
  warning: warnOfTrouble,
  check: async ({ tx, setting }, { answers }) => {
    const wanted = wantedBy(answers);
    const filing = wanted && findFiling(wanted, setting.rules.catalogue);
    return filing === undefined ? accept() : checkWishes(tx, setting, { procedure: filing.procedure.name, answers });
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { answers } = draft;
    const wanted = wantedBy(answers);
    const filing = wanted && findFiling(wanted, setting.rules.catalogue);
    if (wanted === undefined || filing === undefined) return refuse("no-longer-offered", { field: "procedure" });
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
    const asked = filing.form.flatMap(({ name }) => (answers[name] === undefined ? [] : [[name, answers[name]]]));
    const filed = await fileTicket(tx, person, setting, {
      ...wanted,
      answers: Object.fromEntries(asked) as Answers,
      draftId: draft.id,
      onBehalf,
    });
    if (!filed.ok) return filed;
    await reply(conversation, { kind: "ticket-card", ticketId: filed.value, news: "recorded" });
    return accept(undefined);
  },
};

/** What can be written down, by the answer of `procedure`: complaints, regulated requests, entries of the catalogue. */
function kindsOf(allowed: readonly Procedure[], catalogue: Catalogue): Record<string, string> {
  const regulated = allowed.filter((procedure) => !isRequestProcedure(procedure));
  const entries = catalogue.filter(({ procedure }) => allowed.some(({ name }) => name === procedure));
  return Object.fromEntries([
    ...regulated.map((procedure) => [procedure.name, wordsOf(procedure).title]),
    ...entries.map(({ name, title }) => [`${request}${name}`, title]),
  ]);
}

function wantedBy({ procedure }: Answers): Wanted | undefined {
  if (procedure === undefined) return undefined;
  return procedure.startsWith(request) ? { item: procedure.slice(request.length) } : { procedure };
}

function matchField(namesakes: readonly Person[]) {
  const choices = [...namesakes.map(({ id }) => String(id)), somebodyElse];
  return { name: "match", kind: "choice", choices, dependsOn: ["office", reporterName.name] } as const;
}

/** Two of one name are told apart by the end of their NIP. */
function labelled({ id, name, nip, isProvisional }: Person): [string, string] {
  const mark = isProvisional ? " (pernah dicatat)" : nip === null ? "" : ` (NIP …${nip.slice(-4)})`;
  return [String(id), `${name}${mark}`];
}
