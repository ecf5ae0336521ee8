import { changeAnnouncement, writeAnnouncement } from "../../../core/actions/announcement/write-announcement.ts";
import { findAnnouncement } from "../../../core/db/announcement/announcements.ts";
import { listOffices } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import {
  type AnnouncementPart,
  announcementFields,
  announcementParts,
} from "../../../core/domain/announcement/announcement.ts";
import { refusalOfWriting } from "../../../core/domain/announcement/announcement-rules.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { accept, type Outcome, refuse } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { kindWords } from "../../replies/announcement/announcements.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, type FormPlan, noSuggestions } from "../form.ts";
import { officeQuestion } from "../people/office-question.ts";

const words: Record<string, FieldWords> = {
  kind: {
    label: "Jenis",
    ask: "Pengumuman tentang apa?",
    choices: Object.fromEntries(Object.entries(kindWords).map(([kind, { icon, label }]) => [kind, `${icon} ${label}`])),
  },
  audience: {
    label: "Sasaran",
    ask: "Untuk siapa pengumuman ini?",
    choices: { all: "Semua perangkat daerah", chosen: "Pilih perangkat daerah" },
  },
  ticket: {
    label: "Tiket",
    ask: "Nomor tiket yang terkait (contoh: T-0042)? Hanya petugas yang melihatnya. Boleh dilewati.",
  },
  title: { label: "Judul", ask: "Apa judulnya? Satu baris (contoh: Internet kantor terputus)." },
  text: {
    label: "Isi",
    ask: "Tuliskan isinya: apa yang terjadi, siapa yang terdampak, apa yang perlu dilakukan, dan sampai kapan (contoh: Internet di Dinkes terputus sejak 08.00. Pakai hotspot dulu; teknisi menargetkan pulih pukul 12.00). Jangan menulis data pribadi.",
  },
  until: {
    label: "Berlaku sampai",
    ask: "Sampai hari apa pengumuman ini berlaku (contoh: 30-11-2026)? Setelah hari itu ia hilang dari daftar. Boleh dilewati: berlaku sampai ditarik.",
  },
};

const longestNames = 300;

/** Writes an announcement. What follows is its preview. */
export const announcementForm: Form = {
  name: "announcement",
  takesNoFiles: true,
  plan: (db, draft) => planOf(db, "📢 Tulis pengumuman", announcementParts, draft.answers),
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const mayWrite = refusalOfWriting(person);
    if (!mayWrite.ok) return mayWrite;
    const officeIds = await chosenOffices(tx, draft.answers);
    if (!officeIds.ok) return officeIds;
    const answers = answersOf(draft.answers, announcementParts);
    const written = await writeAnnouncement(tx, person, setting, { answers, officeIds: officeIds.value });
    if (!written.ok) return written;
    await reply(conversation, { kind: "announcement-page", announcementId: written.value });
    return accept(undefined);
  },
};

/** Changes one part of what waits, or of what was sent. Its subject: `announcementId`, `version`, `part`. */
export const changeForm: Form = {
  name: "announcement-change",
  takesNoFiles: true,
  plan: async (db, draft) => {
    const announcement = await findAnnouncement(db, Number(draft.subject.announcementId));
    const part = partOf(draft.subject.part);
    if (announcement === undefined || part === undefined) return undefined;
    const title = announcement.sentVersion === null ? "✏️ Ubah pengumuman" : "✏️ Ralat pengumuman";
    return planOf(db, title, [part], draft.answers);
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const part = partOf(draft.subject.part);
    if (part === undefined) return refuse("draft-gone");
    const officeIds = part === "audience" ? await chosenOffices(tx, draft.answers) : accept([]);
    if (!officeIds.ok) return officeIds;
    const announcementId = Number(draft.subject.announcementId);
    const changed = await changeAnnouncement(tx, person, setting, {
      ...{ announcementId, version: Number(draft.subject.version), part },
      answers: answersOf(draft.answers, [part]),
      officeIds: officeIds.value === null ? null : [...officeIds.value],
    });
    if (!changed.ok) return changed;
    await reply(conversation, { kind: "announcement-page", announcementId });
    return accept(undefined);
  },
};

function partOf(name: unknown): AnnouncementPart | undefined {
  return announcementParts.find((part) => part === name);
}

async function planOf(db: Db, title: string, parts: readonly AnnouncementPart[], answers: Answers): Promise<FormPlan> {
  const audience = parts.includes("audience") ? await audienceQuestions(db, answers) : { fields: [], words: {} };
  const own: Record<string, FieldWords> = { ...words, ...audience.words };
  return {
    title,
    fields: parts.flatMap((part): Field[] => (part === "audience" ? audience.fields : [announcementFields[part]])),
    wordsFor: (field) => own[field] ?? { label: field, ask: field },
    hasReview: false,
    suggestions: noSuggestions,
  };
}

/** All offices, or one after the other: `office-1`, then `more-1` whether there is another, and so on. */
async function audienceQuestions(
  db: Db,
  answers: Answers,
): Promise<{ fields: Field[]; words: Record<string, FieldWords> }> {
  const fields: Field[] = [{ name: "audience", kind: "choice", choices: ["all", "chosen"] }];
  const own: Record<string, FieldWords> = {};
  if (answers.audience !== "chosen") return { fields, words: own };
  const office = await officeQuestion(db, "Perangkat daerah mana yang menerima?");
  const names = new Map(Object.entries(office.words.choices ?? {}));
  const chosen: string[] = [];
  for (let ordinal = 1; chosen.length < names.size; ordinal += 1) {
    const [name, more] = [`office-${ordinal}`, `more-${ordinal}`];
    const choices = Object.fromEntries([...names].filter(([code]) => !chosen.includes(code)));
    fields.push({ name, kind: "choice", choices: Object.keys(choices), findsByPart: true });
    own[name] = { ...office.words, choices };
    const code = answers[name];
    if (code === undefined || !names.has(code)) break;
    chosen.push(code);
    const listed = shorten(chosen.map((each) => names.get(each)).join(", "), longestNames);
    fields.push({ name: more, kind: "choice", choices: ["add", "done"] });
    own[more] = {
      label: "Kantor lain",
      ask: `Sudah dipilih (${chosen.length}): ${listed}.`,
      choices: { add: "➕ Tambah kantor lagi", done: "✅ Selesai" },
    };
    if (answers[more] !== "add") break;
  }
  return { fields, words: own };
}

/** @returns null for all; what was answered before somebody went back, and is no longer asked, does not count */
async function chosenOffices(db: Db, answers: Answers): Promise<Outcome<number[] | null>> {
  if (answers.audience === "all") return accept(null);
  const { fields } = await audienceQuestions(db, answers);
  const open = fields.find(({ name }) => answers[name] === undefined);
  if (open !== undefined) return refuse("answer-missing", { field: open.name });
  const codes = fields.flatMap(({ name }) => (name.startsWith("office-") ? [answers[name]] : []));
  const offices = await listOffices(db);
  return accept(offices.filter(({ code }) => codes.includes(code)).map(({ id }) => id));
}

function answersOf(answers: Answers, parts: readonly AnnouncementPart[]): Answers {
  const asked = parts.flatMap((part): [string, string][] => {
    const answer = answers[part];
    return part === "audience" || answer === undefined ? [] : [[part, answer]];
  });
  return Object.fromEntries(asked);
}
