import type { Db } from "../../../core/db/tables.ts";
import { countDraftAttachments, countDraftFilesByField } from "../../../core/db/ticket/attachments.ts";
import type { Draft } from "../../../core/db/ticket/drafts.ts";
import { listOpenTicketsOfRequester } from "../../../core/db/ticket/tickets.ts";
import { type Field, maySkip } from "../../../core/domain/form/field.ts";
import { choicesLike } from "../../../core/domain/form/matching.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { procedures } from "../../../core/domain/procedures/index.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { type FormPlan, review } from "../../forms/form.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { showByKind } from "../answer-words.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showTime, showValue } from "../office-words.ts";
import { subjectOf, wordsOf } from "../procedure-words.ts";
import { daysFrom, instantsAhead } from "../ready-times.ts";
import { largeFileLabel } from "../upload/upload-words.ts";
import { inRows } from "./card.ts";

const choicesOnPage = 8;
const longestLabel = 60;
const longestAnswer = 500;
const ticketsToChoose = 5;
const largestCount = 200;

/** One question a message: the title of the form, what it asks, ready answers, and Back, Skip, Cancel. */
export async function renderQuestion(
  db: Db,
  draft: Draft,
  plan: FormPlan,
  extra: {
    refused: string | undefined;
    gotFile: boolean;
    gotFor: string | undefined;
    choosesAnswer: boolean;
    corrected: string | undefined;
    page: number;
    search: string | undefined;
    now: Date;
  },
  office: OfficeWords,
): Promise<Rendered> {
  if (extra.choosesAnswer) return renderAnswersToChange(draft, plan);
  const field = plan.fields.find(({ name }) => name === draft.question);
  const byField = await countDraftFilesByField(db, draft.id);
  const fileCount =
    field?.kind === "files" ? (byField.get(field.name) ?? 0) : await countDraftAttachments(db, draft.id);
  const body =
    field === undefined ? answersSoFar(draft, plan, byField, office) : html`${plan.wordsFor(field.name).ask}`;
  const matching =
    extra.search === undefined || extra.refused !== undefined
      ? undefined
      : html`Yang cocok dengan "${shorten(extra.search, 40)}":`;
  const place = extra.gotFor === undefined ? "" : ` Yang terakhir menjadi ${plan.wordsFor(extra.gotFor).label}.`;
  const received = extra.gotFile ? html`📎 ${fileCount} berkas diterima.${place}` : undefined;
  return {
    as: "text",
    html: lines(
      refusedLine(plan, extra),
      html`<b>${plan.title}</b>`,
      received,
      extra.refused === undefined ? correctedLine(draft, plan, extra.corrected, office) : undefined,
      body,
      matching,
    ).markup,
    buttons: [
      ...(field === undefined ? [] : await readyAnswers(db, draft, plan, field, extra, office)),
      ...navigation(draft, plan, field, {
        ...{ fileCount, isRefused: extra.refused !== undefined, hasPages: office.hasPages },
      }),
    ],
  };
}

/** At the last look: which answer is to be changed? */
function renderAnswersToChange(draft: Draft, plan: FormPlan): Rendered {
  const { id: draftId } = draft;
  const answers = plan.fields.map(({ name }): Button => {
    const label = shorten(plan.wordsFor(name).label, longestLabel);
    return { label, press: { do: "change-answer", draftId, question: review, field: name } };
  });
  return {
    as: "text",
    html: lines(html`<b>${plan.title}</b>`, html`Jawaban mana yang ingin Anda ubah?`).markup,
    buttons: [
      ...inRows(answers),
      [
        { label: "◀️ Kembali", press: { do: "resume", draftId } },
        { label: "✖️ Batal", press: { do: "discard", draftId } },
      ],
    ],
  };
}

/** Why an answer was not taken; of a correction it says of which answer, since another question stands below. */
function refusedLine(
  plan: FormPlan,
  { refused, corrected }: { refused: string | undefined; corrected: string | undefined },
): Html | undefined {
  if (refused === undefined) return undefined;
  if (corrected === undefined) return html`⚠️ ${refused}\n`;
  return html`⚠️ Perubahan pada ${plan.wordsFor(corrected).label} tidak disimpan: ${refused}\n`;
}

/** What was corrected, to be checked once more. */
function correctedLine(draft: Draft, plan: FormPlan, name: string | undefined, office: OfficeWords): Html | undefined {
  const field = plan.fields.find((each) => each.name === name);
  const answer = field && draft.answers[field.name];
  if (field === undefined || answer === undefined) return undefined;
  const { label } = plan.wordsFor(field.name);
  return html`✏️ ${label} diubah: ${shorten(readable(plan, field, answer, office), longestAnswer)}\n`;
}

function answersSoFar(
  draft: Draft,
  plan: FormPlan,
  filesByField: ReadonlyMap<string, number>,
  office: OfficeWords,
): Html {
  const shown = plan.fields.map((field) => {
    const answer = draft.answers[field.name];
    const { label } = plan.wordsFor(field.name);
    if (field.kind === "files") {
      const count = filesByField.get(field.name) ?? 0;
      return html`\n<b>${label}:</b> ${count === 0 ? "tidak ada" : `${count} berkas`}`;
    }
    if (answer === undefined) return html`\n<b>${label}:</b> ${plan.inherited?.[field.name] ?? "tidak diisi"}`;
    return html`\n<b>${label}:</b> ${shorten(readable(plan, field, answer, office), longestAnswer)}`;
  });
  const consequence = plan.consequence === undefined ? undefined : html`${plan.consequence}\n`;
  return lines(consequence, html`Periksa kembali, lalu tekan Kirim.`, ...shown);
}

function readable(plan: FormPlan, field: Field, answer: string, office: OfficeWords): string {
  if (field.kind === "choice" || field.kind === "person") {
    return plan.wordsFor(field.name).choices?.[answer] ?? answer;
  }
  return showByKind(field, answer, office);
}

async function readyAnswers(
  db: Db,
  draft: Draft,
  plan: FormPlan,
  field: Field,
  { page, search, refused, now }: { page: number; search: string | undefined; refused: string | undefined; now: Date },
  office: OfficeWords,
): Promise<Button[][]> {
  const isRefused = refused !== undefined;
  const button = (label: string, value: string): Button => ({
    label: shorten(label, longestLabel),
    press: { do: "answer", draftId: draft.id, question: field.name, value },
  });
  const given = draft.answers[field.name];
  if (field.kind === "coming-day") {
    const first = draft.answers[field.notBefore ?? ""];
    if (first !== undefined) return daysFrom(new Date(first), button, office);
    const days = ["Besok", "3 hari lagi", "1 minggu lagi"].map((day) => button(day, day));
    return field.isAfterToday ? [days] : [[button("Hari ini", "hari ini")], days];
  }
  if (field.kind === "coming-instant") return instantsAhead(field, button, now, office);
  if (field.kind === "day" && field.mayBeAhead)
    return given === undefined ? [] : [[button(`Tetap ${showValue(given, office)}`, given)]];
  if (field.kind === "day") return [["Hari ini", "Kemarin"].map((day) => button(day, day))];
  const suggested = await plan.suggestions(db, field);
  const present = plan.present?.[field.name];
  if (field.kind === "number" && isCount(field) && suggested.length === 0 && present === undefined) {
    const few = [1, 2, 3, 4, 5].filter((number) => number >= field.min && number <= field.max);
    return [few.map((number) => button(String(number), String(number)))];
  }
  if (field.kind === "person") {
    const { choices = {} } = plan.wordsFor(field.name);
    return Object.entries(choices).map(([id, name]) => [button(name, id)]);
  }
  if (field.kind === "instant") {
    const kept = given === undefined ? [] : [[button(`Tetap ${showTime(new Date(given), office)}`, given)]];
    const times = ["Baru saja", "1 jam lalu", "Kemarin 08.00"].map((time) => button(time, time));
    return [...kept, ...inRows(times, 3)];
  }
  if (field.kind === "choice") {
    const { choices = {} } = plan.wordsFor(field.name);
    const names = search === undefined ? field.choices : choicesLike(search, choices);
    const all = names.map((name) => button(choices[name] ?? name, name));
    const shown = all.slice(page * choicesOnPage, (page + 1) * choicesOnPage);
    const turn = pageButtons(page, all.length > (page + 1) * choicesOnPage, (to) => ({
      do: "choices",
      draftId: draft.id,
      question: field.name,
      page: to,
      turns: true,
      ...(search === undefined ? {} : { search }),
    }));
    return [...inRows(shown, all.length > choicesOnPage ? 1 : 2), turn];
  }
  const kept = present === undefined ? [] : [[button(`Tetap ${present}`, present)]];
  const known = given === undefined || isRefused ? [] : [given];
  const suggestions = new Set([...known, ...suggested]);
  const isLong = field.kind === "text";
  const shown = (text: string) => (field.kind === "percent" ? showByKind(field, text, office) : text);
  const others = [...suggestions].filter((text) => text !== present);
  const buttons = others.map((text) => button(isLong ? `Pakai: ${text}` : shown(text), text));
  return [...kept, ...inRows(buttons, isLong ? 1 : 2)];
}

/** Whether a few are likely: of points or devices, not of ports, watts or minutes. */
function isCount({ max, example }: Extract<Field, { kind: "number" }>): boolean {
  return example === undefined && max <= largestCount;
}

function navigation(
  draft: Draft,
  plan: FormPlan,
  field: Field | undefined,
  { fileCount, isRefused, hasPages }: { fileCount: number; isRefused: boolean; hasPages: boolean },
): Button[][] {
  const at = { draftId: draft.id, question: draft.question };
  const isFirst = plan.fields[0]?.name === draft.question && !draft.returnsToReview;
  const maySend = draft.question === review;
  const hasFiles = fileCount > 0 && (plan.filesSuffice === true || field?.kind === "files");
  const mayGoOn = field !== undefined && (maySkip(field, draft.answers) || hasFiles);
  const isAnswered = field !== undefined && draft.answers[field.name] !== undefined && !isRefused;
  const skip = field !== undefined && beginsNow(field) ? "Sekarang ▶️" : "Lewati ▶️";
  const leave = isAnswered ? "🗑 Hapus jawaban" : skip;
  const goOn = field?.kind === "files" || (fileCount > 0 && !isAnswered) ? "Lanjut ▶️" : leave;
  return [
    maySend ? [{ label: "📨 Kirim", press: { do: "submit", draftId: draft.id } }] : [],
    maySend ? [{ label: "✏️ Ubah", press: { do: "change-answer", draftId: draft.id, question: review } }] : [],
    field?.kind === "files" && hasPages ? [{ label: largeFileLabel, press: { do: "offer-upload", ...at } }] : [],
    field?.kind === "files" && fileCount > 0
      ? [{ label: "🗑 Hapus berkas", press: { do: "drop-files", ...at } } as const]
      : [],
    mayGoOn ? [{ label: plan.filesSuffice ? "📨 Kirim" : goOn, press: { do: "skip", ...at } }] : [],
    [
      ...(isFirst ? [] : [{ label: "◀️ Kembali", press: { do: "back", ...at } } as const]),
      { label: "✖️ Batal", press: { do: "discard", draftId: draft.id } },
    ],
  ];
}

/** An appointment that is left out begins at once. */
function beginsNow(field: Field): boolean {
  return field.kind === "coming-instant" && field.endOf === undefined;
}

/** What to do with words or files that came without a form: a new ticket, or for one of the open ones. */
export async function renderUnsorted(db: Db, viewer: Person, draft: Draft, page = 0): Promise<Rendered> {
  const fileCount = await countDraftAttachments(db, draft.id);
  const text = draft.answers.text;
  const about = draft.subject.ticketId === undefined ? undefined : Number(draft.subject.ticketId);
  const incidents = procedures.filter(({ menu }) => menu === "incident");
  const asTicket = incidents.map((procedure): Button[] => [
    {
      label: `📣 ${wordsOf(procedure).file}`,
      press: { do: "sort-as-ticket", draftId: draft.id, procedure: procedure.name },
    },
  ]);
  const asRequest: Button = {
    label: "📝 Jadikan permintaan …",
    press: { do: "requests", page: 0, draftId: draft.id },
  };
  const open = await onePage(page, ticketsToChoose, (range) => listOpenTicketsOfRequester(db, viewer.id, range));
  const toTicket = open.items.map((ticket): Button[] => [
    {
      label: `💬 Tambahkan ke ${ticketNumber(ticket.id)} · ${shorten(subjectOf(ticket), 30)}`,
      press: { do: "sort-to-ticket", draftId: draft.id, ticketId: ticket.id, kind: "comment" },
    },
  ]);
  const quoted = text === undefined ? undefined : html`<blockquote>${shorten(text, longestAnswer)}</blockquote>`;
  const cancel: Button[] = [{ label: "✖️ Bukan apa-apa", press: { do: "discard", draftId: draft.id } }];
  const heading = lines(quoted, fileCount === 0 ? undefined : html`📎 ${fileCount} berkas diterima.`);
  if (about !== undefined) {
    const press = { do: "sort-to-ticket", draftId: draft.id, ticketId: about } as const;
    return {
      as: "text",
      html: lines(heading, html`<b>${ticketNumber(about)}</b>: untuk siapa pesan ini?`).markup,
      buttons: [
        [{ label: "📝 Catatan internal", press: { ...press, kind: "internal-note" } }],
        [{ label: "✉️ Kirim ke pemohon", press: { ...press, kind: "reply" } }],
        cancel,
      ],
    };
  }
  return {
    as: "text",
    html: lines(heading, html`Pesan ini untuk apa?`).markup,
    buttons: [...asTicket, [asRequest], ...toTicket, otherTickets(draft, page, open.hasMore), cancel],
  };
}

/** More open tickets than fit below one question. */
function otherTickets(draft: Draft, page: number, hasMore: boolean): Button[] {
  const turn = (to: number) =>
    ({ do: "choices", draftId: draft.id, question: draft.question, page: to, turns: true }) as const;
  return [
    ...(page > 0 ? [{ label: "◀️ Tiket sebelumnya", press: turn(page - 1) }] : []),
    ...(hasMore ? [{ label: "Tiket lain …", press: turn(page + 1) }] : []),
  ];
}
