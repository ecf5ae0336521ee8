import { findOffice } from "../../core/db/people/offices.ts";
import { findPerson } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import { findAttachment } from "../../core/db/ticket/attachments.ts";
import { findAnswer, findTakenBack } from "../../core/db/ticket/done-steps.ts";
import { type Entry, findEntry, findLastOfKind } from "../../core/db/ticket/entries.ts";
import { findOpenQuestion } from "../../core/db/ticket/questions.ts";
import { findStepFacts } from "../../core/db/ticket/step-facts.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { asksRequester, isAnswer, type Procedure, type Step } from "../../core/domain/procedures/procedure.ts";
import { closingTime } from "../../core/domain/ticket/silence-rules.ts";
import { stepsFor } from "../../core/domain/ticket/step-rules.ts";
import { isColleague, maySee, readsInternalNotes, type Ticket, ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../rendered.ts";
import { showStepAnswer } from "./answer-words.ts";
import { failureWords } from "./hosting/failure-words.ts";
import { reachedLines } from "./hosting/reached.ts";
import { type Html, html, lines } from "./html.ts";
import { showTime, whoDid } from "./office-words.ts";
import { openButton } from "./open-button.ts";
import { fieldWords, type ProcedureWords, stepWords, subjectOf, wordsOf } from "./procedure-words.ts";
import { stateInWords } from "./state-words.ts";
import type { CardContext } from "./ticket/card.ts";
import { ratingPart } from "./ticket/rating.ts";
import { renderRemade } from "./ticket/topic.ts";

/** Which ticket a message is about: number and subject. */
export function heading(ticket: Ticket): Html {
  return html`<b>${ticketNumber(ticket.id)}</b> · ${subjectOf(ticket)}`;
}

/** A step that the requester is told of. A question has the answers as buttons until one is given. */
export async function renderStepTold(
  db: Db,
  viewer: Person,
  message: { ticketId: number; entryId: number; isReminder?: true },
  context: CardContext,
): Promise<Rendered | undefined> {
  const { ticketId, entryId } = message;
  const [ticket, entry] = [await findTicket(db, ticketId), await findEntry(db, entryId)];
  if (ticket === undefined || entry?.step == null) return undefined;
  const procedure = findProcedure(ticket.procedure);
  const isQuestion = asksRequester(procedure, entry.toState ?? "");
  if (!maySee(viewer, ticket)) return isQuestion ? renderForColleague(db, viewer, ticket, entry, context) : undefined;
  const words = wordsOf(procedure);
  const told = html`<b>${stepWords(words, entry.step).told ?? ""}</b>`;
  const quoted = whatIsTold(procedure, entry, context);
  if (isQuestion) {
    const { hint, given, answers } = await stateOfQuestion(db, viewer, ticket, entry, context);
    const text = lines(heading(ticket), message.isReminder ? hint : undefined, quoted, told, given);
    return { as: "text", html: text.markup, buttons: [...answers, [openButton(ticketId)]] };
  }
  const takenBack = await findTakenBack(db, entry.id);
  const gone = takenBack && html`↩️ Ditarik kembali, ${showTime(takenBack.at, context.office)}`;
  const isEnd = procedure.states[entry.toState ?? ""]?.holder === undefined;
  const own = isEnd && ticket.state === entry.toState ? await ownSteps(db, viewer, ticket, context) : [];
  const end =
    isEnd && stepWords(words, entry.step).outcome === undefined ? await endLine(db, ticket, entry, words) : undefined;
  const reached =
    isEnd && ticket.state === entry.toState ? await reachedLines(db, ticket.id, context.office) : undefined;
  const rating = isEnd ? await ratingPart(db, viewer, ticket, entry.id, context) : undefined;
  const buttons = [
    ...(rating === undefined ? [] : [rating.buttons]),
    ...own.map((step) => stepButton(ticket, step)),
    [openButton(ticketId)],
  ];
  return { as: "text", html: lines(heading(ticket), told, quoted, reached, end, gone, rating?.text).markup, buttons };
}

/** What was said on the way to the end, where the step that ended it does not say it. */
async function endLine(db: Db, ticket: Ticket, entry: Entry, words: ProcedureWords): Promise<Html | undefined> {
  if (ticket.state !== entry.toState) return undefined;
  const state = await stateInWords(db, ticket, words);
  return state === words.states[ticket.state] ? undefined : html`Keadaan: <b>${state}</b>`;
}

/** The answers of the step, its note last and in full. */
function whatIsTold(procedure: Procedure, entry: Entry, { office }: CardContext): Html | undefined {
  const words = wordsOf(procedure);
  const { note, ...others } = entry.answers;
  const parts = [
    ...Object.entries(others).map(([field, answer]) => {
      const asked = { procedure: procedure.name, step: entry.step };
      return html`${fieldWords(words, field).label}: ${showStepAnswer(words, asked, field, answer, office)}`;
    }),
    note === undefined ? undefined : html`<blockquote>${note}</blockquote>`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : lines(...parts);
}

/** What a colleague of a silent requester must see to answer, and nothing else: no note, no name, no way to the ticket. */
async function renderForColleague(
  db: Db,
  viewer: Person,
  ticket: Ticket,
  entry: Entry,
  context: CardContext,
): Promise<Rendered | undefined> {
  if (!isColleague(viewer, ticket) || !(await findStepFacts(db, ticket, context.office)).isReminded) return undefined;
  const { name } = await findOffice(db, ticket.officeId);
  const told = stepWords(wordsOf(findProcedure(ticket.procedure)), entry.step ?? "").told ?? "";
  const { hint, given, answers } = await stateOfQuestion(db, viewer, ticket, entry, context);
  const text = lines(heading(ticket), html`Pemohon: ${name}`, hint, html`<b>${told}</b>`, given);
  return { as: "text", html: text.markup, buttons: answers };
}

/** The question of that entry for this person: what may be answered and until when, or what was answered. */
async function stateOfQuestion(
  db: Db,
  viewer: Person,
  ticket: Ticket,
  entry: Entry,
  context: CardContext,
): Promise<{ hint: Html | undefined; given: Html | undefined; answers: Button[][] }> {
  const question = await findOpenQuestion(db, ticket);
  if (question?.entryId !== entry.id) {
    return { hint: undefined, given: await givenAnswer(db, viewer, ticket, entry, context), answers: [] };
  }
  const procedure = findProcedure(ticket.procedure);
  const steps = (await ownSteps(db, viewer, ticket, context)).filter((step) => isAnswer(procedure, step));
  const until = showTime(closingTime(question, context.rules), context.office);
  const end = html`Tanpa jawaban, tiket ditutup otomatis pada ${until}.`;
  const hint =
    viewer.id === ticket.requesterId
      ? html`🔔 Pertanyaan ini belum Anda jawab. Bila Anda berhalangan, rekan satu perangkat daerah dapat menjawab dengan mengirim <code>${ticketNumber(ticket.id)}</code> ke bot ini. ${end}\n`
      : html`🔔 Pemohon belum menjawab. Sebagai rekan satu perangkat daerah, Anda dapat menjawab bila tahu keadaannya. ${end}\n`;
  return { hint, given: undefined, answers: steps.map((step) => stepButton(ticket, step)) };
}

/** What was answered, and by whom where it was not the reader; or that it is no longer asked. */
async function givenAnswer(
  db: Db,
  viewer: Person,
  ticket: Ticket,
  entry: Entry,
  { office }: CardContext,
): Promise<Html | undefined> {
  const takenBack = await findTakenBack(db, entry.id);
  if (takenBack !== undefined) return html`↩️ Ditarik kembali, ${showTime(takenBack.at, office)}`;
  const answer = await findAnswer(db, entry);
  const moved = await findLastOfKind(db, ticket.id, "reclassified");
  if (moved !== undefined && moved.id > entry.id && !(answer !== undefined && answer.id < moved.id)) {
    return html`🔀 Tiket dipindahkan, ${showTime(moved.at, office)}`;
  }
  if (answer === undefined) return undefined;
  const who = answer.personId === viewer.id ? "" : `, ${whoDid(answer.personName)}`;
  const what = stepWords(wordsOf(findProcedure(ticket.procedure)), answer.step ?? "").button;
  return html`➡️ ${what}${who}, ${showTime(answer.at, office)}`;
}

async function ownSteps(db: Db, viewer: Person, ticket: Ticket, context: CardContext): Promise<Step[]> {
  const facts = await findStepFacts(db, ticket, context.office);
  const steps = stepsFor(findProcedure(ticket.procedure), ticket, viewer, { ...context, ...facts });
  return steps.filter(({ role }) => role === "user");
}

function stepButton(ticket: Ticket, { name }: Step): Button[] {
  const { button } = stepWords(wordsOf(findProcedure(ticket.procedure)), name);
  const press = { do: "step", ticketId: ticket.id, version: ticket.version, step: name } as const;
  return [{ label: button, press }];
}

/** What happened to a ticket without a step, to whom it matters, with the words that were given for it. */
export async function renderEntryTold(
  db: Db,
  viewer: Person,
  { kind, ticketId, entryId }: { kind: keyof typeof entryWords | "misuse-recorded"; ticketId: number; entryId: number },
): Promise<Rendered | undefined> {
  const [ticket, entry] = [await findTicket(db, ticketId), await findEntry(db, entryId)];
  if (ticket === undefined || entry === undefined || !maySee(viewer, ticket)) return undefined;
  if (kind === "misuse-recorded" && !readsInternalNotes(viewer, ticket)) return undefined;
  const isForReader = kind !== "reclassified" || readsInternalNotes(viewer, ticket);
  const quoted = isForReader ? html`<blockquote>${entry.answers.note ?? ""}</blockquote>` : undefined;
  const answer: Button = { label: "💬 Jawab", press: { do: "write", ticketId, kind: "comment" } };
  const saidBy =
    kind === "misuse-recorded"
      ? html`🚩 <b>${whoDid(entry.personName)}</b> mencatat penyalahgunaan:`
      : html`${entryWords[kind]}`;
  return {
    as: "text",
    html: lines(heading(ticket), saidBy, quoted).markup,
    buttons: [kind === "pending-on-you" ? [answer, openButton(ticketId)] : [openButton(ticketId)]],
  };
}

const entryWords = {
  "step-taken-back": "↩️ Pemberitahuan sebelumnya ditarik kembali oleh petugas:",
  "pending-on-you": "⏳ Petugas menunggu jawaban Anda:",
  reclassified: "🔀 Tiket ini dipindahkan ke prosedur lain oleh help desk. Nomornya tetap.",
};

export async function renderAboutTicket(
  db: Db,
  viewer: Person,
  notice:
    | { kind: "taken-over"; ticketId: number; byPersonId: number }
    | { kind: "requester-unreachable" | "card-moved" | "question-repeated"; ticketId: number }
    | { kind: "phone-requester"; ticketId: number; isNews?: true }
    | { kind: "topic-remade"; ticketId: number }
    | { kind: "file-not-stored"; ticketId: number; attachmentId: number },
  { office, rules }: CardContext,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, notice.ticketId);
  if (ticket === undefined || !maySee(viewer, ticket)) return undefined;
  const buttons = [[openButton(ticket.id)]];
  switch (notice.kind) {
    case "taken-over": {
      const by = await findPerson(db, notice.byPersonId);
      const text = html`↪️ Sekarang dikerjakan ${by?.name}.`;
      return { as: "text", html: lines(heading(ticket), text).markup, buttons };
    }
    case "requester-unreachable": {
      const text = html`⚠️ Pemohon memblokir bot. Hubungi lewat telepon atau surat.`;
      return { as: "text", html: lines(heading(ticket), text).markup, buttons };
    }
    case "phone-requester": {
      if (notice.isNews) {
        const news = html`📞 Ada kabar untuk pemohon, yang tidak dapat dihubungi lewat bot. Sampaikan lewat telepon atau surat; isinya ada di kartu dan riwayat tiket.`;
        return { as: "text", html: lines(heading(ticket), news).markup, buttons };
      }
      const question = await findOpenQuestion(db, ticket);
      if (question === undefined) return undefined;
      const why =
        ticket.channel === "monitor"
          ? "Tiket ini dibuka pemantauan, yang belum melihatnya normal kembali. Tanyakan ke kantornya"
          : "Ada pertanyaan untuk pemohon, yang tidak dapat dihubungi lewat bot. Hubungi lewat telepon atau surat";
      const text = html`📞 ${why}, lalu catat jawabannya pada kartu tiket. Tanpa jawaban, tiket ditutup otomatis pada ${showTime(closingTime(question, rules), office)}.`;
      return { as: "text", html: lines(heading(ticket), text).markup, buttons };
    }
    case "topic-remade":
      return renderRemade(ticket);
    case "question-repeated":
      return { as: "text", html: lines(heading(ticket), html`⬇️ Pertanyaan ini diulang di bawah.`).markup };
    case "card-moved":
      return { as: "text", html: lines(heading(ticket), html`⬇️ Kartu terbaru ada di bawah.`).markup };
    case "file-not-stored": {
      const file = await findAttachment(db, notice.attachmentId);
      const { imageReference = null, trouble = null } = file ?? {};
      if (imageReference !== null) {
        const why = trouble === null ? "" : ` ${failureWords(trouble)}`;
        const lost = html`⚠️ Image <code>${imageReference}</code> belum didapat.${why}`;
        return { as: "text", html: lines(heading(ticket), lost).markup, buttons };
      }
      const text = html`⚠️ Berkas "${file?.name}" tidak berhasil diambil dari Telegram. Mohon kirim ulang.`;
      return { as: "text", html: lines(heading(ticket), text).markup, buttons };
    }
  }
}
