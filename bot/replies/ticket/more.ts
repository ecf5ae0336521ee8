import { getPerson } from "../../../core/db/people/people.ts";
import { listHandoversOfTicket } from "../../../core/db/rack/handovers.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findLastStep } from "../../../core/db/ticket/done-steps.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { refusalOfLinking } from "../../../core/domain/inventory/link-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { findProcedure, procedures } from "../../../core/domain/procedures/index.ts";
import { takesFromRegisters } from "../../../core/domain/procedures/procedure.ts";
import { refusalOfAssigning } from "../../../core/domain/ticket/assign-rules.ts";
import { refusalOfIdentifying } from "../../../core/domain/ticket/identify-rules.ts";
import { refusalOfMisuse } from "../../../core/domain/ticket/misuse-rules.ts";
import { refusalOfPending } from "../../../core/domain/ticket/pending-rules.ts";
import { refusalOfReclassifying } from "../../../core/domain/ticket/reclassify-rules.ts";
import { maySee, type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { refusalOfTakingBack } from "../../../core/domain/ticket/undo-rules.ts";
import { refusalOfUrgency } from "../../../core/domain/ticket/urgency-rules.ts";
import type { PressOf } from "../../presses/press.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { openButton } from "../open-button.ts";
import { stepWords, subjectOf, wordsOf } from "../procedure-words.ts";

export type MoreContext = { now: Date; undoWithinHours: number };

/** What this person can do with the ticket besides the steps and the talk: seldom, so it stands behind one button. */
export async function moreButtons(db: Db, ticket: Ticket, viewer: Person, context: MoreContext): Promise<Button[]> {
  const { id: ticketId } = ticket;
  const isFree = (refusal: unknown) => refusal === undefined;
  const buttons: Button[] = [];
  const offer = (label: string, form: PressOf<"ticket-form">["form"], procedure?: string) =>
    buttons.push({ label, press: { do: "ticket-form", ticketId, form, ...(procedure && { procedure }) } });

  const last = await findLastStep(db, ticketId);
  if (last !== undefined && isFree(refusalOfTakingBack(ticket, viewer, last, context))) {
    offer(`↩️ Tarik kembali: ${stepWords(wordsOf({ name: ticket.procedure }), last.step).button}`, "take-back");
  }
  if (ticket.assigneeId !== viewer.id && isFree(refusalOfAssigning(ticket, viewer))) {
    offer(ticket.assigneeId === null ? "👤 Tugaskan ke …" : "👤 Tugaskan ke orang lain", "assign");
  }
  if (isFree(refusalOfPending(ticket, viewer))) {
    offer(ticket.pendingOn === null ? "⏳ Menunggu …" : "⏳ Ubah waktu tunggu", "pending");
  }
  if (ticket.requesterId !== viewer.id && isFree(refusalOfUrgency(ticket, viewer, true))) {
    offer("🔥 Mendesak: layanan publik berhenti", "urgent");
  }
  if (isFree(refusalOfUrgency(ticket, viewer, false))) offer("🔥 Hapus tanda mendesak", "not-urgent");
  for (const procedure of procedures) {
    if (isFree(refusalOfReclassifying(ticket, viewer, procedure))) {
      offer(`🔀 Pindahkan ke ${wordsOf(procedure).title}`, "reclassify", procedure.name);
    }
  }
  const handovers = takesFromRegisters(findProcedure(ticket.procedure))
    ? await listHandoversOfTicket(db, ticketId)
    : [];
  for (const { id: handoverId, kind } of handovers) {
    const label = kind === "received" ? "📄 Cetak BAST" : "📄 Cetak BAST pengembalian";
    buttons.push({ label, press: { do: "print-handover", handoverId } });
  }
  if (isFree(refusalOfLinking(ticket, viewer))) {
    buttons.push({ label: "🔗 Kaitkan perangkat", press: { do: "ticket-assets", ticketId, page: 0 } });
  }
  if (isFree(refusalOfMisuse(ticket, viewer))) offer("🚩 Catat penyalahgunaan", "misuse");
  const requester = await getPerson(db, ticket.requesterId);
  if (isFree(refusalOfIdentifying(ticket, viewer, requester))) offer("🔗 Hubungkan pemohon", "identify");
  return buttons;
}

/** Those buttons, one below the other, in a message of its own. */
export async function renderMore(
  db: Db,
  viewer: Person,
  { ticketId }: { ticketId: number },
  context: MoreContext,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined || !maySee(viewer, ticket)) return undefined;
  const buttons = await moreButtons(db, ticket, viewer, context);
  const ask = buttons.length === 0 ? html`Sekarang tidak ada pilihan lain.` : html`Apa yang ingin Anda lakukan?`;
  const open = openButton(ticketId);
  return {
    as: "text",
    html: lines(html`<b>${ticketNumber(ticketId)}</b> · ${subjectOf(ticket)}`, ask).markup,
    buttons: [...buttons.map((button) => [button]), [open]],
  };
}
