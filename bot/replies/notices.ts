import { findAttachment } from "../../core/db/attachments.ts";
import { findAnswer, findEntry } from "../../core/db/entries.ts";
import { findPerson, getPerson } from "../../core/db/people.ts";
import { findProposal } from "../../core/db/role-proposals.ts";
import type { Db } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/tickets.ts";
import { hasRole, type Person } from "../../core/domain/people/person.ts";
import { isRole } from "../../core/domain/people/roles.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { stepsFor } from "../../core/domain/ticket/step-rules.ts";
import { maySee, readsInternalNotes, type Ticket, ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../rendered.ts";
import type { CardContext } from "./card.ts";
import { type Html, html, lines } from "./html.ts";
import { type OfficeWords, showTime, whoDid } from "./office-words.ts";
import { stepWords, subjectOf, wordsOf } from "./procedure-words.ts";

/** Which ticket a message is about: number and subject, and the button that opens its card. */
function heading(ticket: Ticket): Html {
  return html`<b>${ticketNumber(ticket.id)}</b> · ${subjectOf(ticket)}`;
}

function openButton(ticketId: number): Button {
  return { label: "🎫 Buka tiket", press: { do: "open-ticket", ticketId } };
}

/** A step that the requester is told of. A question has the answers as buttons until one is given. */
export async function renderStepTold(
  db: Db,
  viewer: Person,
  { ticketId, entryId }: { ticketId: number; entryId: number },
  context: CardContext,
): Promise<Rendered | undefined> {
  const [ticket, entry] = [await findTicket(db, ticketId), await findEntry(db, entryId)];
  if (ticket === undefined || entry?.step == null || !maySee(viewer, ticket)) return undefined;
  const procedure = findProcedure(ticket.procedure);
  const words = wordsOf(procedure);
  const told = html`<b>${stepWords(words, entry.step).told ?? ""}</b>`;
  const { note } = entry.answers;
  const quoted = note === undefined ? undefined : html`<blockquote>${note}</blockquote>`;
  const isQuestion = procedure.states[entry.toState ?? ""]?.holder === "user";
  const answer = isQuestion ? await findAnswer(db, ticketId, entryId) : undefined;
  // The system officer may answer for somebody of the office.
  const by = answer === undefined || answer.personId === ticket.requesterId ? "" : `, ${whoDid(answer.personName)}`;
  const given =
    answer && html`➡️ ${stepWords(words, answer.step ?? "").button}${by}, ${showTime(answer.at, context.office)}`;
  const own = stepsFor(procedure, ticket, viewer, { ...context, checked: [] }).filter(({ role }) => role === "user");
  const isEnd = procedure.states[entry.toState ?? ""]?.holder === undefined;
  const answers = answer === undefined ? own.filter(({ name }) => name !== "cancel") : [];
  const offered = isQuestion ? answers : isEnd && ticket.state === entry.toState ? own : [];
  return {
    as: "text",
    html: lines(heading(ticket), ...(isQuestion ? [quoted, told] : [told, quoted]), given).markup,
    buttons: [
      ...offered.map(({ name }): Button[] => [
        { label: stepWords(words, name).button, press: { do: "step", ticketId, version: ticket.version, step: name } },
      ]),
      [openButton(ticketId)],
    ],
  };
}

/** What the requester added, for the desk; what the desk answered, for the requester. */
export async function renderWritten(
  db: Db,
  viewer: Person,
  { kind, ticketId, entryId }: { kind: "comment-added" | "reply-received"; ticketId: number; entryId: number },
): Promise<Rendered | undefined> {
  const [ticket, entry] = [await findTicket(db, ticketId), await findEntry(db, entryId)];
  if (ticket === undefined || entry === undefined || !maySee(viewer, ticket)) return undefined;
  if (entry.kind === "internal-note" && !readsInternalNotes(viewer, ticket)) return undefined;
  const from =
    kind === "reply-received"
      ? html`✉️ Balasan petugas`
      : entry.kind === "internal-note"
        ? html`📝 Catatan internal dari ${whoDid(entry.personName)}`
        : html`💬 Keterangan dari pemohon, ${whoDid(entry.personName)}`;
  const { note } = entry.answers;
  const text = note === undefined ? html`(lampiran)` : html`<blockquote>${note}</blockquote>`;
  const answer: Button =
    kind === "reply-received"
      ? { label: "💬 Jawab", press: { do: "write", ticketId, kind: "comment" } }
      : { label: "✉️ Balas ke pemohon", press: { do: "write", ticketId, kind: "reply" } };
  const buttons = entry.kind === "internal-note" ? [openButton(ticketId)] : [answer, openButton(ticketId)];
  return { as: "text", html: lines(heading(ticket), from, text).markup, buttons: [buttons] };
}

export async function renderAboutTicket(
  db: Db,
  viewer: Person,
  notice:
    | { kind: "taken-over"; ticketId: number; byPersonId: number }
    | { kind: "requester-unreachable" | "card-moved"; ticketId: number }
    | { kind: "file-not-stored"; ticketId: number; attachmentId: number },
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
    case "card-moved":
      return { as: "text", html: lines(heading(ticket), html`⬇️ Kartu terbaru ada di bawah.`).markup };
    case "file-not-stored": {
      const file = await findAttachment(db, notice.attachmentId);
      const text = html`⚠️ Berkas "${file?.name}" tidak berhasil diambil dari Telegram. Mohon kirim ulang.`;
      return { as: "text", html: lines(heading(ticket), text).markup, buttons };
    }
  }
}

/** Rights of leadership or of an administrator ended: their colleagues know it. */
export async function renderRightsEnded(
  db: Db,
  viewer: Person,
  { personId, byPersonId, roles }: { personId: number; byPersonId: number; roles: string },
  { roles: titles }: OfficeWords,
): Promise<Rendered | undefined> {
  if (!hasRole(viewer, "administrator") && !hasRole(viewer, "leadership")) return undefined;
  const [person, by] = [await getPerson(db, personId), await getPerson(db, byPersonId)];
  const ended = roles.split(" ").filter(isRole);
  const names = ended.map((role) => titles[role]).join(", ");
  const how = person.isActive ? "memindahkan" : "menonaktifkan";
  const text = html`🔐 ${by.name} ${how} <b>${person.name}</b>. Peran yang berakhir: ${names}.`;
  return { as: "text", html: text.markup };
}

/** A role that waits for a second administrator, or what became of it. */
export async function renderProposal(
  db: Db,
  viewer: Person,
  notice: { kind: "role-proposed" | "role-decided"; proposalId: number },
  { office }: CardContext,
): Promise<Rendered | undefined> {
  const proposal = await findProposal(db, notice.proposalId);
  const mayKnow = hasRole(viewer, "administrator") || hasRole(viewer, "leadership");
  if (proposal === undefined || !mayKnow) return undefined;
  const person = await getPerson(db, proposal.personId);
  const proposer = await getPerson(db, proposal.proposedBy);
  const what = html`${proposer.name} mengusulkan <b>${person.name}</b> sebagai <b>${office.roles[proposal.role]}</b>.`;
  if (proposal.decidedBy !== null && proposal.decidedAt !== null) {
    const by = await getPerson(db, proposal.decidedBy);
    const decision = proposal.decision === "confirmed" ? "✅ Disetujui" : "🚫 Ditolak";
    const decided = html`${decision} ${by.name}, ${showTime(proposal.decidedAt, office)}.`;
    return { as: "text", html: lines(what, decided).markup };
  }
  const press = { do: "decide-role", proposalId: proposal.id } as const;
  return {
    as: "text",
    html: lines(html`🔐 ${what}`, html`Peran ini perlu persetujuan administrator kedua.`).markup,
    buttons: [
      [
        { label: "Setujui", press: { ...press, decision: "confirmed" } },
        { label: "Tolak", press: { ...press, decision: "rejected" } },
      ],
    ],
  };
}
