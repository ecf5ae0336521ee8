import { reachable } from "../../../core/actions/people/reachable.ts";
import { findIncident, findIncidentOf, findRestored, isAffected } from "../../../core/db/monitoring/incidents.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { type Ticket, ticketNumber, worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { wordsOf } from "../procedure-words.ts";
import { stateInWords } from "../state-words.ts";
import { longestName, outageLine } from "./incident-lines.ts";
import { statusButton } from "./monitor-words.ts";

const longestResult = 1_000;
const reportButton: Button = { label: "📣 Lapor gangguan", press: { do: "report" } };

/** For who joined: where it stands, and that they will be told, until that has been done. */
export async function renderOutageJoined(
  db: Db,
  viewer: Person,
  { outageId }: { outageId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const incident = (await isAffected(db, outageId, viewer.id)) ? await findIncidentOf(db, outageId) : undefined;
  const ticket = incident && (await findTicket(db, incident.ticketId));
  if (incident === undefined || ticket === undefined) return undefined;
  const state = await stateInWords(db, ticket, wordsOf({ name: ticket.procedure }));
  return {
    as: "text",
    html: lines(
      ticket.endedAt === null
        ? html`🙋 Anda tercatat juga terdampak. Tidak perlu melapor lagi: Anda diberi tahu bila sudah terhubung kembali, dan bila tiketnya selesai.\n`
        : html`🙋 Anda tercatat juga terdampak. Bila masih bermasalah, silakan lapor.\n`,
      outageLine(incident, office, now),
      html`Nomor: <code>${ticketNumber(ticket.id)}</code>`,
      html`Keadaan: <b>${state}</b>`,
    ).markup,
    buttons: [ticket.endedAt === null ? [statusButton] : [reportButton, statusButton]],
  };
}

/** For the desk: whom it has noted as affected is told of the end, or is to be phoned. */
export async function renderAffectedNoted(
  db: Db,
  viewer: Person,
  { outageId, personId }: { outageId: number; personId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const incident = worksAtDesk(viewer) ? await findIncidentOf(db, outageId) : undefined;
  const person = (await isAffected(db, outageId, personId)) ? await findPerson(db, personId) : undefined;
  if (incident === undefined || person === undefined) return undefined;
  const isReached = (await reachable(db, [personId])).length > 0;
  return {
    as: "text",
    html: lines(
      isReached
        ? html`🙋 <b>${person.name}</b> tercatat terdampak, dan diberi tahu bila sudah terhubung kembali dan bila tiketnya selesai.\n`
        : html`🙋 <b>${person.name}</b> tercatat terdampak. Ia tidak ada di Telegram: kabari lewat telepon bila selesai.\n`,
      outageLine(incident, office, now),
      html`Nomor: <code>${ticketNumber(incident.ticketId)}</code>`,
    ).markup,
    buttons: [[openButton(incident.ticketId)]],
  };
}

/** For who joined: they may try whether it works. Of what is down again, or has ended, there is nothing to try. */
export async function renderIncidentRestored(
  db: Db,
  viewer: Person,
  { ticketId }: { ticketId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const incident = (await findRestored(db, ticketId)) !== undefined ? await findIncident(db, ticketId) : undefined;
  if (incident?.endedAt == null || !(await isAffected(db, incident.outageId, viewer.id))) return undefined;
  const name = shorten(incident.targetName, longestName);
  // Of what nobody watched for a while nobody knows since when.
  const since = incident.isUnwatched ? "" : ` sejak ${showTime(incident.endedAt, office)}`;
  return {
    as: "text",
    html: lines(
      html`✅ <b>${name}</b> sudah terhubung kembali${since}. Dimohon dicoba.`,
      html`Tiket <code>${ticketNumber(ticketId)}</code> masih diperiksa; Anda diberi tahu bila selesai.`,
      html`\nBila masih bermasalah, silakan lapor.`,
    ).markup,
    buttons: [[reportButton, statusButton]],
  };
}

/** For who joined: the one message at the end. */
export async function renderIncidentOver(
  db: Db,
  viewer: Person,
  { ticketId }: { ticketId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const incident = await findIncident(db, ticketId);
  const ticket = incident && (await findTicket(db, ticketId));
  if (ticket === undefined || incident === undefined) return undefined;
  if (!(await isAffected(db, incident.outageId, viewer.id))) return undefined;
  const { resolution } = ticket;
  return {
    as: "text",
    html: lines(
      resolution === null
        ? html`🚫 <b>${ticketNumber(ticketId)}</b>: tiket gangguan yang juga Anda alami ditutup tanpa hasil.`
        : html`✅ <b>${ticketNumber(ticketId)}</b>: gangguan yang juga Anda alami sudah selesai ditangani.`,
      outageLine(incident, office, now),
      resolution === null ? undefined : html`\n<b>Hasil akhir:</b> ${shorten(resolution, longestResult)}`,
      html`\nBila masih bermasalah, silakan lapor.`,
    ).markup,
    buttons: [[reportButton, statusButton]],
  };
}

/** For who joined: the words of the desk, and no way to the ticket. */
export async function renderReplyToAffected(
  db: Db,
  viewer: Person,
  { id }: Pick<Ticket, "id">,
  words: Html,
): Promise<Rendered | undefined> {
  const incident = await findIncident(db, id);
  if (incident === undefined || !(await isAffected(db, incident.outageId, viewer.id))) return undefined;
  const name = shorten(incident.targetName, longestName);
  return {
    as: "text",
    html: lines(
      html`✉️ <b>${ticketNumber(id)}</b>: kabar petugas tentang gangguan ${name}, yang juga Anda alami:`,
      words,
    ).markup,
    buttons: [[reportButton, statusButton]],
  };
}
