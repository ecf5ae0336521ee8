import { refusalOfReply } from "../../../core/actions/ticket/readers-of-reply.ts";
import type { CardNews } from "../../../core/actions/ticket/ticket-notice.ts";
import { type Account, findAccount } from "../../../core/db/people/accounts.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import { findPerson, getPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { listAttachments } from "../../../core/db/ticket/attachments.ts";
import { type CheckResult, listCheckResults } from "../../../core/db/ticket/check-results.ts";
import { findLastOfKind, listCorrectedFields } from "../../../core/db/ticket/entries.ts";
import { findStepFacts } from "../../../core/db/ticket/step-facts.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { findLatestWorkOrder, type WorkOrder } from "../../../core/db/ticket/work-orders.ts";
import { formOf } from "../../../core/domain/catalogue/catalogue.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { MachineCheckCounts } from "../../../core/domain/hosting/machine-checks.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { findProcedure, hiddenFromOffice } from "../../../core/domain/procedures/index.ts";
import type { Procedure, Step } from "../../../core/domain/procedures/procedure.ts";
import type { ApprovalRules } from "../../../core/domain/ticket/approval-clock.ts";
import { refusalOfResuming } from "../../../core/domain/ticket/pending-rules.ts";
import type { SilenceRules } from "../../../core/domain/ticket/silence-rules.ts";
import { refusalOfTaking, stepsFor } from "../../../core/domain/ticket/step-rules.ts";
import {
  maySee,
  readsInternalNotes,
  speaksForRequester,
  type Ticket,
  ticketNumber,
  workOrderNumber,
  worksAtDesk,
} from "../../../core/domain/ticket/ticket.ts";
import { refusalOfUrgency } from "../../../core/domain/ticket/urgency-rules.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { showFieldAnswer } from "../answer-words.ts";
import { planButtons, planLines } from "../hosting/application-plan.ts";
import { machineCheckLine, machineChecksButton } from "../hosting/machine-check-summary.ts";
import { type Html, html, lines } from "../html.ts";
import { linkedLines } from "../inventory/linked-assets.ts";
import { incidentLines, knownOutageLines } from "../monitoring/incident-lines.ts";
import { maintenanceLine } from "../monitoring/maintenance.ts";
import { type OfficeWords, showDayOf, showTime } from "../office-words.ts";
import { fieldWords, type ProcedureWords, stepWords, subjectOf, wordsOfFiled } from "../procedure-words.ts";
import { replyButton } from "../reply-button.ts";
import { stateInWords, titleInWords } from "../state-words.ts";
import { approvalLines } from "./approvals.ts";
import { checkListOfCard } from "./check-list.ts";
import { holdingLines } from "./holdings.ts";
import { moreButtons } from "./more.ts";
import { pendingLine } from "./pending-words.ts";
import { ratingLine } from "./rating.ts";
import { suggestedStep, targetLine } from "./requests.ts";
import { stepLines } from "./step-lines.ts";

/** Together with the other lines it stays well below Telegram's 4,096 characters, also when every one is escaped. */
const longestText = 700;
const longestReason = 200;
const buttonsInARow = 2;

const newsWords: Record<CardNews, string> = {
  filed: "✅ Tiket Anda sudah diterima. Kartu ini diperbarui setiap ada perkembangan.",
  arrived: "🔔 Tiket untuk tim Anda",
  "handed-over": "🔔 Tiket dialihkan kepada Anda",
  recorded: "✅ Tercatat",
  cancelled: "🚫 Tiket dibatalkan",
  reopened: "🔔 Tiket dibuka kembali",
  "noted-for-you": "📞 Help desk mencatat laporan Anda. Kartu ini diperbarui setiap ada perkembangan.",
  urgent: "🔥 Mendesak: layanan publik berhenti",
  resumed: "⏰ Tiket yang menunggu dilanjutkan",
  "taken-back": "↩️ Langkah terakhir ditarik kembali",
  opened: "",
  "given-back": "🔔 Tiket kembali ke tim Anda: yang mengerjakannya tidak bertugas lagi",
  "office-filed": "🏢 Tiket baru dari kantor Anda",
  "term-ends-soon": "🔔 Segera berakhir",
  "term-ended": "🔔 Masa berlakunya sudah habis",
  restored: "🟢 Menurut pemantauan sudah normal kembali",
  "officer-acted": "ℹ️ Kantor Anda menjawab atau mengubah tiket ini untuk Anda",
};

const channelWords: Record<Ticket["channel"], string> = {
  chat: "bot",
  phone: "telepon",
  letter: "surat",
  counter: "loket",
  monitor: "pemantauan",
};

export type CardContext = {
  office: OfficeWords;
  now: Date;
  reopenWithinDays: number;
  undoWithinHours: number;
  rules: SilenceRules & ApprovalRules & { zone: string };
  /** Read by the whole desk, as one viewer. */
  isInTopic?: true;
  /** It takes the place of what was sent before. */
  isEdit?: true;
};

/** A ticket's one card in a chat: its state for whoever may see it, and the buttons of what this person can do now. */
export async function renderCard(
  db: Db,
  viewer: Person,
  message: { ticketId: number; news?: CardNews },
  context: CardContext,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, message.ticketId);
  if (ticket === undefined) return undefined;
  if (!maySee(viewer, ticket)) return context.isEdit ? renderWithdrawn(ticket) : undefined;
  const procedure = findProcedure(ticket.procedure);
  const words = wordsOfFiled(ticket, context.office.catalogue);
  const checks = await listCheckResults(db, ticket.id);
  const isForDesk = readsInternalNotes(viewer, ticket);
  const files = await listAttachments(db, ticket.id, { withInternalNotes: isForDesk });
  const facts = await findStepFacts(db, ticket, context.office);
  const text = lines(
    newsLine(message.news, ticket, viewer, context),
    html`<b>${ticketNumber(ticket.id)} · ${await titleInWords(db, ticket, words)}</b>`,
    procedure.subject === undefined ? undefined : html`${subjectOf(ticket)}`,
    await urgencyLine(db, ticket),
    await incidentLines(db, ticket, isForDesk, context.office, context.now),
    isForDesk ? await knownOutageLines(db, ticket, context.office, context.now) : undefined,
    html`Keadaan: <b>${await stateInWords(db, ticket, words)}</b>`,
    await approvalLines(db, ticket, context),
    await pendingLine(db, ticket, context.office, longestReason),
    await whoLines(db, ticket, viewer, context.office),
    maintenanceLine(ticket, viewer, context.office),
    isForDesk ? await linkedLines(db, ticket, context.office) : undefined,
    timeLines(ticket, context.office),
    targetLine(ticket, context.office),
    answerLines(procedure, words, ticket, await listCorrectedFields(db, ticket.id), context.office),
    await checkListOfCard(db, procedure, words, ticket, isForDesk),
    isForDesk ? await machineCheckLine(db, ticket, facts.machineChecks) : undefined,
    await holdingLines(db, procedure, ticket),
    isForDesk ? await planLines(db, ticket, context) : undefined,
    isForDesk ? await stepLines(db, words, ticket, context.office) : undefined,
    ticket.resolution === null ? undefined : html`\n<b>Hasil akhir:</b> ${shorten(ticket.resolution, longestText)}`,
    await ratingLine(db, ticket, isForDesk),
  );
  // What a machine has checked is judged in its own list.
  const steps = stepsFor(procedure, ticket, viewer, { ...context, ...facts }).filter(({ judges }) => !judges);
  // What ends everything stands apart from what is pressed every day.
  const [cancelling, others] = [
    steps.filter(({ name }) => name === "cancel"),
    steps.filter(({ name }) => name !== "cancel"),
  ];
  const suggested = suggestedStep(others, procedure, ticket, context.office);
  const buttons = [
    ...takingButtons(ticket, viewer, context.isInTopic === true),
    ...resumeButton(ticket, viewer),
    ...stepButtons(suggested === undefined ? [] : [suggested], words, ticket, checks, "★ "),
    ...stepButtons(
      others.filter((step) => step !== suggested),
      words,
      ticket,
      checks,
    ),
    ...machineCheckButtons(ticket, isForDesk, facts.machineChecks),
    ...(isForDesk ? await planButtons(db, ticket) : []),
    ...talkButtons(ticket, viewer, files.length, await refusalOfReply(db, ticket)),
    ...moreButton(await moreButtons(db, ticket, viewer, context), ticket),
    ...stepButtons(cancelling, words, ticket, checks),
  ];
  const isSilent = message.news === "office-filed";
  return { as: "text", html: text.markup, buttons, ...(isSilent ? { isSilent } : {}) };
}

/** What stands still, and who is affected. */
async function urgencyLine(db: Db, ticket: Ticket): Promise<Html | undefined> {
  if (!ticket.isUrgent || ticket.endedAt !== null) return undefined;
  const { note = "" } = (await findLastOfKind(db, ticket.id, "urgency"))?.answers ?? {};
  return html`🔥 <b>MENDESAK: layanan publik berhenti</b>: ${shorten(note, longestReason)}`;
}

function newsLine(
  news: CardNews | undefined,
  ticket: Ticket,
  viewer: Person,
  { isInTopic, office }: CardContext,
): Html | undefined {
  if (news === undefined || newsWords[news] === "") return undefined;
  const isForTeam = news === "arrived" && ticket.assigneeId === null && ticket.holder !== null;
  if (isInTopic && isForTeam) return html`🔔 Tiket untuk ${office.roles[ticket.holder ?? "help-desk"]}\n`;
  const isTheirs = news === "arrived" && ticket.assigneeId === viewer.id;
  return html`${isTheirs ? "🔔 Tiket untuk Anda" : newsWords[news]}\n`;
}

/** The number to copy: Telegram copies what stands in `code` when it is tapped. */
function numberToCopy(ticketId: number): Html {
  return html`<code>${ticketNumber(ticketId)}</code>`;
}

async function whoLines(db: Db, ticket: Ticket, viewer: Person, office: OfficeWords): Promise<Html> {
  const requester = await getPerson(db, ticket.requesterId);
  const requesterOffice = await findOffice(db, ticket.officeId);
  const assignee = ticket.assigneeId === null ? undefined : await findPerson(db, ticket.assigneeId);
  const order = await findLatestWorkOrder(db, ticket.id);
  const account = await findAccount(db, requester.id);
  const isOther = viewer.id !== requester.id;
  return lines(
    html`Nomor: ${numberToCopy(ticket.id)}`,
    isOther ? html`Pemohon: ${requester.name} (${requesterOffice.code})` : undefined,
    ticket.channel === "chat" ? undefined : html`Dilaporkan lewat: ${channelWords[ticket.channel]}`,
    readsInternalNotes(viewer, ticket) && ticket.answers.contact !== undefined
      ? html`Kontak: ${ticket.answers.contact}`
      : undefined,
    order === undefined ? undefined : workOrderLine(ticket, order, office),
    assignee === undefined ? undefined : html`Dikerjakan oleh: ${assignee.name}`,
    worksAtDesk(viewer) ? contactLine(ticket, requester, account) : undefined,
  );
}

/** Who has lost the right to see the ticket keeps nothing of it on the screen. */
function renderWithdrawn({ id }: Ticket): Rendered {
  return { as: "text", html: html`<b>${ticketNumber(id)}</b>: tiket ini tidak lagi terbuka bagi Anda.`.markup };
}

/** Why the requester cannot be asked in the chat. A machine is not to be asked at all. */
function contactLine(ticket: Ticket, requester: Person, account: Account | undefined): Html | undefined {
  if (ticket.channel === "monitor") return undefined;
  if (!requester.isActive || requester.officeId !== ticket.officeId) {
    return hiddenFromOffice.includes(ticket.procedure)
      ? html`⚠️ Pelapor tidak lagi di kantor ini; kabar tiket ini tidak sampai kepadanya.`
      : html`⚠️ Pemohon tidak lagi di kantor ini; yang mewakili adalah pejabat pengelola sistem kantornya.`;
  }
  const isReachable = account !== undefined && account.unreachableSince === null;
  return isReachable ? undefined : html`⚠️ Pemohon tidak dapat dihubungi lewat bot; gunakan telepon atau surat.`;
}

function workOrderLine(ticket: Ticket, order: WorkOrder, office: OfficeWords): Html {
  const where = order.closedAt === null ? `di ${office.roles[order.holder]}` : "ditutup";
  return html`WO: ${workOrderNumber(ticket.id, order.ordinal)}, ${where}`;
}

function timeLines(ticket: Ticket, office: OfficeWords): Html {
  return lines(
    ticket.occurredAt === null ? undefined : html`Waktu kejadian: ${showTime(ticket.occurredAt, office)}`,
    html`Dilaporkan: ${showTime(ticket.reportedAt, office)}`,
    ticket.dueAt === null || ticket.endedAt !== null
      ? undefined
      : html`Batas waktu: ${showDayOf(lastMomentBefore(ticket.dueAt), office)}`,
    ticket.endedAt === null ? undefined : html`Berakhir: ${showTime(ticket.endedAt, office)}`,
  );
}

/** The long answers of the filed form; the subject and the times stand above. */
function answerLines(
  procedure: Procedure,
  words: ProcedureWords,
  ticket: Ticket,
  corrected: readonly string[],
  office: OfficeWords,
): Html {
  const form = formOf(procedure, ticket.item, office.catalogue);
  // What a machine filed is called otherwise than its form says.
  const isSubject = (name: string) => name === procedure.subject && ticket.answers[name] === ticket.subject;
  const asked = form.filter(({ name, kind }) => !isSubject(name) && kind !== "instant");
  // Of an entry that was taken out of the catalogue the answers are all that is left.
  const isGone = ticket.item !== null && form.length === 0;
  const left = Object.keys(ticket.answers).filter((name) => name !== "contact");
  const shown: Pick<Field, "name" | "kind">[] = isGone ? left.map((name) => ({ name, kind: "text" })) : asked;
  return lines(
    ...shown.map((field) => {
      const answer = ticket.answers[field.name];
      if (answer === undefined) return undefined;
      const { label } = fieldWords(words, field.name);
      const mark = corrected.includes(field.name) ? " (diubah)" : "";
      return html`\n<b>${label}:</b> ${shorten(showFieldAnswer(words, field, answer, office), longestText)}${mark}`;
    }),
  );
}

/** The day that ends then. */
function lastMomentBefore(at: Date): Date {
  return new Date(at.getTime() - 1);
}

/** In a topic also for who has it: colleagues read the same card. */
function takingButtons(ticket: Ticket, viewer: Person, isForAll: boolean): Button[][] {
  const refusal = refusalOfTaking(ticket, viewer);
  if (refusal !== undefined && !(isForAll && refusal.code === "taken-by-you")) return [];
  const label = ticket.assigneeId === null ? "🙋 Saya kerjakan" : "🙋 Ambil alih";
  return [[{ label, press: { do: "take", ticketId: ticket.id, fromPersonId: ticket.assigneeId } }]];
}

function stepButtons(
  steps: readonly Step[],
  words: ProcedureWords,
  ticket: Ticket,
  checks: readonly CheckResult[],
  mark = "",
): Button[][] {
  const press = { do: "step", ticketId: ticket.id, version: ticket.version } as const;
  return steps.flatMap((step): Button[][] => {
    if (step.checks === undefined) {
      return [[{ label: `${mark}${stepWords(words, step.name).button}`, press: { ...press, step: step.name } }]];
    }
    return step.checks.map((check) => {
      const label = fieldWords(words, "check").choices?.[check] ?? check;
      const verb = stepWords(words, step.name).button;
      const isAgain = checks.some((result) => result.check === check);
      return [
        {
          label: `${verb}${isAgain ? " ulang" : ""}: ${label}`,
          press: { ...press, step: step.name, answers: { check } },
        },
      ];
    });
  });
}

function machineCheckButtons(ticket: Ticket, isForDesk: boolean, counts?: MachineCheckCounts): Button[][] {
  const hasSome = isForDesk && counts !== undefined && counts.all > 0;
  return hasSome ? [[machineChecksButton(ticket, counts.open)]] : [];
}

function resumeButton(ticket: Ticket, viewer: Person): Button[][] {
  if (refusalOfResuming(ticket, viewer) !== undefined) return [];
  return [[{ label: "▶️ Lanjutkan sekarang", press: { do: "resume-ticket", ticketId: ticket.id } }]];
}

function moreButton(more: readonly Button[], { id: ticketId }: Ticket): Button[][] {
  return more.length === 0 ? [] : [[{ label: "⋯ Lainnya", press: { do: "more", ticketId } }]];
}

function talkButtons(ticket: Ticket, viewer: Person, fileCount: number, mayNotReply?: Refusal): Button[][] {
  const { id: ticketId } = ticket;
  const isOpen = ticket.holder !== null;
  const buttons: Button[] = [];
  if (isOpen && speaksForRequester(viewer, ticket)) {
    buttons.push({ label: "💬 Tambah keterangan", press: { do: "write", ticketId, kind: "comment" } });
  }
  if (isOpen && readsInternalNotes(viewer, ticket)) {
    if (mayNotReply === undefined) buttons.push(replyButton(ticket));
    buttons.push({ label: "📝 Catatan internal", press: { do: "write", ticketId, kind: "internal-note" } });
  }
  if (isOpen && ticket.requesterId === viewer.id && refusalOfUrgency(ticket, viewer, true) === undefined) {
    buttons.push({ label: "🔥 Layanan publik berhenti", press: { do: "ticket-form", ticketId, form: "urgent" } });
  }
  if (isOpen && ticket.assigneeId === viewer.id) {
    buttons.push({ label: "↪️ Alihkan ke rekan", press: { do: "ticket-form", ticketId, form: "assign" } });
  }
  const isCut = Object.values(ticket.answers).some((answer) => answer.length > longestText);
  if (isCut) buttons.push({ label: "📄 Keluhan lengkap", press: { do: "full-text", ticketId } });
  buttons.push({ label: "🕘 Riwayat", press: { do: "history", ticketId, page: 0 } });
  if (fileCount > 0) buttons.push({ label: `📎 Lampiran (${fileCount})`, press: { do: "files", ticketId } });
  return inRows(buttons);
}

export function inRows(buttons: readonly Button[], width = buttonsInARow): Button[][] {
  const rows: Button[][] = [];
  for (let index = 0; index < buttons.length; index += width) rows.push(buttons.slice(index, index + width));
  return rows;
}
