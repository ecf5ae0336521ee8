import { findPresentApproval, listApprovers } from "../../../core/actions/ticket/approvals.ts";
import { countMachineChecks } from "../../../core/db/hosting/machine-checks.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import { findPerson, getPerson, listLinkedWithRole } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findApproval, listShownDecisions, type ShownDecision } from "../../../core/db/ticket/approvals.ts";
import { findEntry } from "../../../core/db/ticket/entries.ts";
import { readFreeze } from "../../../core/db/ticket/freeze.ts";
import { findStepFacts } from "../../../core/db/ticket/step-facts.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { formOf } from "../../../core/domain/catalogue/catalogue.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import type { Role } from "../../../core/domain/people/roles.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { asksApproval, grantedStates, stepsFrom } from "../../../core/domain/procedures/procedure.ts";
import { lapseTime } from "../../../core/domain/ticket/approval-clock.ts";
import { type Approval, approverRole, isOfChain, presentLink } from "../../../core/domain/ticket/approval-rules.ts";
import { stepsFor } from "../../../core/domain/ticket/step-rules.ts";
import { maySee, type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { showAnswer, showFieldAnswer } from "../answer-words.ts";
import { expiredPlanLine, planButtons, planLines } from "../hosting/application-plan.ts";
import { machineChecksButton } from "../hosting/machine-check-summary.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showShortTime, showTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { titleOf } from "../people/substitutions.ts";
import { fieldWords, type ProcedureWords, subjectOf, wordsOfFiled } from "../procedure-words.ts";
import { titleInWords } from "../state-words.ts";
import { isShortened, longestAnswer, longestNote, readInFullButton } from "./approval-in-full.ts";
import type { CardContext } from "./card.ts";
import { resultsFor } from "./check-list.ts";
import { holdingLines } from "./holdings.ts";

const mostNames = 5;

/** On every card: whether approval is still needed, by whom, and until when; then who decided what, and when. */
export async function approvalLines(db: Db, ticket: Ticket, context: CardContext): Promise<Html | undefined> {
  const shown = await listShownDecisions(db, ticket.id);
  const approval = await findPresentApproval(db, ticket, context);
  const waiting = approval && (await waitingLines(db, ticket, approval, context));
  if (shown.length === 0 && waiting === undefined) return undefined;
  return lines(undefined, ...decisionLines(shown, ticket, context.office), waiting);
}

/** Who decided what in a request, and that it counts no more where the ticket has gone back behind it. */
function decisionLines(decisions: readonly ShownDecision[], ticket: Ticket, office: OfficeWords): Html[] {
  const counts = !isVoid(decisions, ticket);
  return decisions.map((decision) => {
    const line = decisionLine(decision, office);
    return counts ? line : html`${line} (tidak berlaku lagi)`;
  });
}

/** Also of a change that was taken back: its machine plans what is approved anew. */
function isVoid(decisions: readonly ShownDecision[], { procedure: name, state, holder }: Ticket): boolean {
  const procedure = findProcedure(name);
  if (holder === null || asksApproval(procedure, state)) return false;
  const isGranted = grantedStates(procedure).has(state) && !procedure.states[state]?.isPlanned;
  return !isGranted && decisions.every(({ decision }) => decision === "approved");
}

async function waitingLines(db: Db, ticket: Ticket, approval: Approval, context: CardContext): Promise<Html> {
  const { office, now, rules } = context;
  const role = approverRole(approval);
  if (role === undefined) {
    return html`⚠️ Belum ditetapkan siapa yang menyetujui permintaan ini. ${await administratorsToAsk(db)}`;
  }
  const approvers = await listApprovers(db, ticket, approval, now);
  const freeze = await readFreeze(db);
  const place = approval.chain.length > 1 ? ` (${presentLink(approval) + 1} dari ${approval.chain.length})` : "";
  const until = lapseTime(approval, freeze.state === "lifted" ? freeze.at : null, rules);
  const who = approvers.length === 0 ? "" : `: ${namesOf(approvers)}`;
  return lines(
    html`⏳ Menunggu persetujuan <b>${office.roles[role]}</b>${place}${who}`,
    freeze.state === "lifted" ? html`Paling lambat: ${showTime(until, office)}` : undefined,
    freeze.state === "lifted" && approval.planExpiresAt?.getTime() === until.getTime()
      ? html`Sesudah itu rencananya kedaluwarsa, dan Infrastruktur menekan Buat rencana baru.`
      : undefined,
    freeze.state === "set" ? html`🧊 Persetujuan sedang dibekukan; batas waktunya ikut berhenti.` : undefined,
    freeze.state === "unreadable"
      ? html`🧊 Status pembekuan tidak dapat dibaca, jadi tidak ada yang disetujui (rujukan ${freeze.reference}).`
      : undefined,
    approvers.length === 0 ? await nobodyLine(db, role, office) : undefined,
  );
}

async function nobodyLine(db: Db, role: Role, office: OfficeWords): Promise<Html> {
  const ask = await administratorsToAsk(db);
  return html`⚠️ Saat ini tidak ada yang dapat memutuskannya sebagai ${office.roles[role]}. ${ask}`;
}

/** Who can give the role to somebody. */
async function administratorsToAsk(db: Db): Promise<string> {
  const administrators = await listLinkedWithRole(db, "administrator");
  return administrators.length === 0 ? "" : `Hubungi administrator: ${namesOf(administrators)}.`;
}

function namesOf(people: readonly Person[]): string {
  const names = people.slice(0, mostNames).map(({ name }) => shorten(name, 60));
  return people.length > mostNames ? `${names.join(", ")} dan ${people.length - mostNames} lainnya` : names.join(", ");
}

const decisionWords = { approved: "✅ Disetujui", rejected: "🚫 Ditolak", lapsed: "⌛ Tidak diputuskan" };

/** "✅ Disetujui Plh. GCIO/Kepala Dinas Hasan Marpaung, 24 Nov 2026 10.00 WIB" */
function decisionLine(decision: ShownDecision, office: OfficeWords): Html {
  const at = showTime(decision.at, office);
  if (decision.personName === null) return html`${decisionWords[decision.decision]} sampai ${at}`;
  const title = titleOf(decision.role, decision.actingKind, office);
  return html`${decisionWords[decision.decision]} ${title} ${decision.personName}, ${at}`;
}

/** For who presses too late. */
export function whoDecidedInWords(decision: ShownDecision, state: string, office: OfficeWords): string {
  const what = { approved: "menyetujui", rejected: "menolak", lapsed: "" }[decision.decision];
  const at = showShortTime(decision.at, office);
  if (decision.personName === null) return `Permintaan ini sudah berakhir tanpa keputusan pada ${at}.`;
  const title = titleOf(decision.role, decision.actingKind, office);
  const who = shorten(`${title} ${decision.personName}`, 90);
  return `Sudah didahului: ${who} ${what} pada ${at}. Keadaan sekarang: ${state}.`;
}

/**
 * What is asked of those who approve: number, subject, office, requester, answers, results of the checks, who asked; with
 * two buttons for whoever can decide now. Once it is decided it says who decided what, and has none.
 */
export async function renderApprovalAsked(
  db: Db,
  viewer: Person,
  message: { ticketId: number; approvalId: number; isReminder?: true },
  context: CardContext,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, message.ticketId);
  const approval = ticket && (await findApproval(db, ticket, context.office));
  if (ticket === undefined || approval === undefined) return undefined;
  if (!isOfChain(viewer, approval) && !maySee(viewer, ticket)) return undefined;
  const isPresent = approval.id === message.approvalId && approval.state === ticket.state;
  const heading = lines(
    message.isReminder && isPresent
      ? html`🔔 <b>Permintaan ini masih menunggu persetujuan</b>`
      : html`🖊 <b>Persetujuan diminta</b>`,
    html`<b>${ticketNumber(ticket.id)}</b> · ${subjectOf(ticket)}`,
    html`${await titleInWords(db, ticket, wordsOfFiled(ticket, context.office.catalogue))}`,
  );
  if (!isPresent) {
    const decisions = approval.id === message.approvalId ? await listShownDecisions(db, ticket.id) : [];
    const ended = decisionLines(decisions, ticket, context.office);
    const over = ended.length === 0 ? [html`Persetujuan ini tidak diminta lagi.`] : ended;
    return { as: "text", html: lines(heading, ...over).markup, buttons: openButtons(viewer, ticket) };
  }
  const details = await askedLines(db, ticket, approval, context);
  const standing = await approvalLines(db, ticket, context);
  const plan = await planLines(db, ticket, context);
  return {
    as: "text",
    html: lines(
      heading,
      details,
      await holdingLines(db, findProcedure(ticket.procedure), ticket),
      plan,
      html``,
      standing,
    ).markup,
    buttons: [
      ...(await decisionButtons(db, viewer, ticket, context)),
      ...((await isShortened(db, ticket, approval)) ? [[readInFullButton(ticket)]] : []),
      ...((await countMachineChecks(db, ticket.id)).all > 0 ? [[machineChecksButton(ticket)]] : []),
      ...(await planButtons(db, ticket)),
      ...openButtons(viewer, ticket),
    ],
  };
}

/** What the approver has to know, without opening the card. */
async function askedLines(db: Db, ticket: Ticket, approval: Approval, { office }: CardContext): Promise<Html> {
  const procedure = findProcedure(ticket.procedure);
  const words = wordsOfFiled(ticket, office.catalogue);
  const requester = await getPerson(db, ticket.requesterId);
  const { name: officeName } = await findOffice(db, ticket.officeId);
  const asker = approval.askedBy === null ? undefined : await findPerson(db, approval.askedBy);
  const asked = html`Diminta: ${showTime(approval.askedAt, office)}${asker === undefined || asker.id === requester.id ? "" : `, oleh ${asker.name}`}`;
  const note = await noteOfAsking(db, approval, words, office);
  const step = stepsFrom(procedure, ticket.state).find(({ decides }) => decides === "approved");
  return lines(
    html`Pemohon: ${requester.name} (${officeName})`,
    asked,
    ...answersOf(ticket, words, office),
    note,
    step && (await resultsFor(db, procedure, step, ticket, words)),
  );
}

/** What was filed, also of an entry of the catalogue, whose questions are the profile's. */
function answersOf(ticket: Ticket, words: ProcedureWords, office: OfficeWords): Html[] {
  const procedure = findProcedure(ticket.procedure);
  return formOf(procedure, ticket.item, office.catalogue).flatMap((field) => {
    const answer = ticket.answers[field.name];
    if (answer === undefined || field.name === procedure.subject) return [];
    const { label } = fieldWords(words, field.name);
    return [html`${label}: ${shorten(showFieldAnswer(words, field, answer, office), longestAnswer)}`];
  });
}

/** What the one who asked for it reports with it. */
async function noteOfAsking(
  db: Db,
  { entryId }: Approval,
  words: ProcedureWords,
  office: OfficeWords,
): Promise<Html | undefined> {
  const entry = await findEntry(db, entryId);
  const answers = Object.entries(entry?.answers ?? {});
  if (answers.length === 0) return undefined;
  return lines(
    ...answers.map(([field, answer]) => {
      return html`${fieldWords(words, field).label}: ${shorten(showAnswer(words, field, answer, office), longestNote)}`;
    }),
  );
}

async function decisionButtons(db: Db, viewer: Person, ticket: Ticket, context: CardContext): Promise<Button[][]> {
  const facts = await findStepFacts(db, ticket, context.office);
  const steps = stepsFor(findProcedure(ticket.procedure), ticket, viewer, { ...context, ...facts });
  const press = { do: "step", ticketId: ticket.id, version: ticket.version } as const;
  const buttons = steps.flatMap(({ name, decides }): Button[] => {
    if (decides === "approved") return [{ label: "✅ Setujui", press: { ...press, step: name } }];
    if (decides === "rejected") return [{ label: "🚫 Tolak dengan alasan", press: { ...press, step: name } }];
    return [];
  });
  return buttons.length === 0 ? [] : [buttons];
}

function openButtons(viewer: Person, ticket: Ticket): Button[][] {
  if (!maySee(viewer, ticket)) return [];
  return [[openButton(ticket.id)]];
}

const endWords = { approved: "disetujui", rejected: "ditolak", lapsed: "tidak diputuskan sampai batas waktunya" };

/** For who asked for it, or for the plan: what was decided, by whom, and why. */
export async function renderApprovalEnded(
  db: Db,
  viewer: Person,
  { ticketId, round }: { ticketId: number; round: number },
  { office, now }: CardContext,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined || !maySee(viewer, ticket)) return undefined;
  const decisions = await listShownDecisions(db, ticketId, round);
  const note = decisions.at(-1)?.note ?? undefined;
  const approval = await findApproval(db, ticket, office);
  // Who had a plan made that somebody else asked approval for.
  const isPlanner = approval?.round === round && approval.askedBy !== viewer.id;
  const text = lines(
    html`<b>${ticketNumber(ticketId)}</b> · ${subjectOf(ticket)}`,
    html`🖊 ${isPlanner ? "Persetujuan atas rencana yang Anda minta" : "Persetujuan yang Anda minta"}: <b>${endWords[decisions.at(-1)?.decision ?? "lapsed"]}</b>`,
    ...decisions.map((decision) => decisionLine(decision, office)),
    note === undefined ? undefined : html`<blockquote>${note}</blockquote>`,
    await expiredPlanLine(db, ticket, now),
  );
  return { as: "text", html: text.markup, buttons: openButtons(viewer, ticket) };
}

/** For who asked for it, and for those who can give somebody the role, who see no ticket. */
export async function renderNoApprover(
  db: Db,
  viewer: Person,
  { ticketId }: { ticketId: number },
  context: CardContext,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  const approval = ticket && (await findPresentApproval(db, ticket, context));
  if (ticket === undefined || approval === undefined) return undefined;
  if (maySee(viewer, ticket)) {
    const heading = html`<b>${ticketNumber(ticketId)}</b> · ${subjectOf(ticket)}`;
    const text = lines(heading, await waitingLines(db, ticket, approval, context));
    return { as: "text", html: text.markup, buttons: openButtons(viewer, ticket) };
  }
  if (!hasRole(viewer, "administrator")) return undefined;
  const role = approverRole(approval);
  const as = role === undefined ? "penyetuju" : context.office.roles[role];
  const holders = role === undefined ? [] : await listLinkedWithRole(db, role);
  const why =
    holders.length === 0
      ? "Periksa siapa yang memegang peran itu dan apakah akunnya terhubung."
      : "Yang memegang peran itu adalah pemohonnya sendiri, atau menggantikan pemohonnya. Perlu pemegang peran lain.";
  const text = html`⚠️ Ada permintaan yang menunggu persetujuan, tetapi tidak ada yang dapat memutuskannya sebagai <b>${as}</b>. ${why}`;
  return {
    as: "text",
    html: text.markup,
    buttons: [[{ label: "👥 Orang dan peran", press: { do: "people", page: 0 } }]],
  };
}
