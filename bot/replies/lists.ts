import { listJoinedTickets, listRestored } from "../../core/db/monitoring/incidents.ts";
import { findPerson } from "../../core/db/people/people.ts";
import { listWaiting } from "../../core/db/people/registrations.ts";
import type { Db } from "../../core/db/tables.ts";
import { listTicketsAwaitingApproval } from "../../core/db/ticket/approvals.ts";
import { type Entry, former, latestAnswers, listEntries } from "../../core/db/ticket/entries.ts";
import { listOpenTickets } from "../../core/db/ticket/overview.ts";
import {
  findTicket,
  type ListedTicket,
  listAssigned,
  listByIds,
  listQueue,
  listTicketsOfOffice,
  listTicketsOfRequester,
  type Page,
} from "../../core/db/ticket/tickets.ts";
import { listMoves, type WorkOrderMove } from "../../core/db/ticket/work-orders.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import { shorten } from "../../core/domain/form/text.ts";
import { hasRole, type Person } from "../../core/domain/people/person.ts";
import { approverRoles, deskRoles, type Role } from "../../core/domain/people/roles.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { findStep } from "../../core/domain/procedures/procedure.ts";
import {
  maySee,
  overseesDesk,
  readsInternalNotes,
  type Ticket,
  ticketNumber,
  workOrderNumber,
} from "../../core/domain/ticket/ticket.ts";
import type { Press } from "../presses/press.ts";
import type { Button, Rendered } from "../rendered.ts";
import type { TicketListName } from "../screens/screens.ts";
import { showStepAnswer } from "./answer-words.ts";
import { type Html, html, lines } from "./html.ts";
import { type OfficeWords, showShortTime, whoDid } from "./office-words.ts";
import { openButton } from "./open-button.ts";
import { fieldWords, stepWords, subjectOf, wordsOf } from "./procedure-words.ts";
import { showStars } from "./ticket/rating.ts";

export const ticketsOnPage = 6;
/** A history of the longest names and notes stays below Telegram's 4,096 characters. */
const entriesOnPage = 6;
const movesShown = 8;
const longestNote = 250;
/** Beside what it was before. */
const longestCorrected = 120;
const longestName = 40;

const listWords: Record<TicketListName, { title: string; empty: string }> = {
  mine: { title: "Tiket saya", empty: "Anda belum punya tiket. Tekan Lapor di /menu untuk membuatnya." },
  queue: { title: "Antrean", empty: "Tidak ada tiket yang menunggu tim Anda." },
  work: { title: "Tugas saya", empty: "Tidak ada tiket yang sedang Anda kerjakan. Ambil satu dari /antrean." },
  approvals: { title: "Menunggu persetujuan", empty: "Tidak ada yang menunggu persetujuan Anda." },
  office: { title: "Tiket kantor", empty: "Kantor Anda belum punya tiket." },
  open: { title: "Semua tiket terbuka", empty: "Tidak ada tiket yang terbuka." },
  team: { title: "Tiket terbuka", empty: "Tidak ada tiket yang terbuka di sana." },
  person: { title: "Tiket yang dikerjakan", empty: "Tidak ada tiket yang dikerjakan orang itu." },
};

/** Where outages that are over are told from those that last. */
const ofDesk: readonly TicketListName[] = ["queue", "work", "open", "team", "person"];

/** Which tickets; `role` belongs to the list `team`, `personId` to `person`. */
type ListOf = { list: TicketListName; role?: Role; personId?: number };

export async function renderTicketList(
  db: Db,
  viewer: Person,
  { list, role, personId, page }: ListOf & { page: number },
  office: OfficeWords,
): Promise<Rendered> {
  const of: ListOf = { list, ...(role && { role }), ...(personId && { personId }) };
  const { items, hasMore } = await onePage(page, ticketsOnPage, (range) => fetchTickets(db, viewer, of, range));
  const restored = ofDesk.includes(list)
    ? new Set((await listRestored(db)).map(({ ticketId }) => ticketId))
    : undefined;
  const rows = items.map(
    (ticket) => html`${ticketLine(ticket, list, office)}${restored?.has(ticket.id) ? ", ✅ normal kembali" : ""}`,
  );
  const joined = list === "mine" && page === 0 ? await listJoinedTickets(db, viewer.id) : [];
  const text = lines(
    html`<b>${listWords[list].title}${await whose(db, of, office)}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
    ...(rows.length > 0 ? rows : [html`${listWords[list].empty}`]),
    joined.length > 0 ? html`\n🙋 Gangguan yang juga Anda alami, di bawah ini:` : undefined,
  );
  const turn = pageButtons(page, hasMore, (to) => ({ do: "list", ...of, page: to, turns: true }));
  const above = list === "office" ? await registrationsButton(db, viewer) : [];
  return { as: "text", html: text.markup, buttons: [above, ...openButtons(items), ...joinedButtons(joined), turn] };
}

/** The team or the person of a list, in its title. */
async function whose(db: Db, { list, role, personId }: ListOf, office: OfficeWords): Promise<string> {
  if (list === "team" && role !== undefined) return role === "user" ? ", menunggu pemohon" : `, ${office.roles[role]}`;
  const person = list === "person" && personId !== undefined ? await findPerson(db, personId) : undefined;
  return person === undefined ? "" : ` ${shorten(person.name, longestName)}`;
}

/** A list of tickets leads to each one's card. */
export function openButtons(tickets: readonly ListedTicket[]): Button[][] {
  return tickets.map((ticket) => [
    {
      label: `${ticketNumber(ticket.id)} · ${shorten(subjectOf(ticket), 40)}`,
      press: { do: "open-ticket", ticketId: ticket.id },
    },
  ]);
}

/** Not one's own: they lead to how it stands. */
function joinedButtons(joined: Awaited<ReturnType<typeof listJoinedTickets>>): Button[][] {
  return joined.map(({ ticketId, targetName }) => [
    { label: `🙋 ${ticketNumber(ticketId)} · ${shorten(targetName, 40)}`, press: { do: "open-ticket", ticketId } },
  ]);
}

/** The officer decides on them, and finds them again here. */
async function registrationsButton(db: Db, viewer: Person): Promise<Button[]> {
  if (!hasRole(viewer, "system-officer")) return [];
  const { length } = await listWaiting(db, viewer.officeId);
  return length === 0 ? [] : [{ label: `🪪 Pendaftaran menunggu (${length})`, press: { do: "waiting-registrations" } }];
}

async function fetchTickets(db: Db, viewer: Person, of: ListOf, range: Page): Promise<ListedTicket[]> {
  switch (of.list) {
    case "mine":
      return listTicketsOfRequester(db, viewer.id, range);
    case "work":
      return listAssigned(db, viewer.id, range);
    case "queue":
      return listQueue(db, teamsOf(viewer), range);
    case "approvals": {
      const roles = approverRoles.filter((role) => hasRole(viewer, role));
      return listByIds(db, await listTicketsAwaitingApproval(db, roles, viewer.id), range);
    }
    case "office":
      return hasRole(viewer, "system-officer") ? listTicketsOfOffice(db, viewer.officeId, range) : [];
    case "open":
    case "team":
    case "person":
      return overseesDesk(viewer) ? listOpenTickets(db, { holder: of.role, assigneeId: of.personId }, range) : [];
  }
}

/** The teams whose queue a person sees. */
export function teamsOf(person: Person) {
  return deskRoles.filter((role) => person.roles.includes(role));
}

export function ticketLine(ticket: ListedTicket, list: TicketListName | "found", office: OfficeWords): Html {
  const state = wordsOf(findProcedure(ticket.procedure)).states[ticket.state] ?? ticket.state;
  const from = list === "mine" ? "" : ` (${list === "office" ? ticket.requesterName : ticket.officeCode})`;
  const isShown = ["queue", "open", "team"].includes(list) && ticket.assigneeName !== null;
  const marks = `${ticket.isUrgent ? "🔥 " : ""}${ticket.pendingOn === null ? "" : "⏳ "}`;
  return html`\n${marks}<b>${ticketNumber(ticket.id)}</b> ${subjectOf(ticket)}${from}
${state}, ${showShortTime(ticket.reportedAt, office)}${isShown ? `, dikerjakan ${ticket.assigneeName}` : ""}`;
}

/** What happened, newest first: the work order's chain (R06) on the first page, then entries with their answers. */
export async function renderHistory(
  db: Db,
  viewer: Person,
  { ticketId, page }: { ticketId: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined || !maySee(viewer, ticket)) return undefined;
  const words = wordsOf(findProcedure(ticket.procedure));
  const withInternalNotes = readsInternalNotes(viewer, ticket);
  const { items, hasMore } = await onePage(page, entriesOnPage, (range) =>
    listEntries(db, ticketId, { ...range, withInternalNotes }),
  );
  const moves = page === 0 ? (await listMoves(db, ticketId)).slice(-movesShown) : [];
  const entries = items.map((entry) => {
    const written = mayReadAnswers(viewer, ticket, entry) ? Object.entries(wordsAtThatTime(entry)) : [];
    const shown = written.filter(([field]) => !notShown.includes(field));
    const answers = shown.map(([field, answer]) => {
      const label = field === "note" ? "" : field === former ? "semula: " : `${fieldWords(words, field).label}: `;
      const longest = entry.kind === "corrected" ? longestCorrected : longestNote;
      const asked = { procedure: ticket.procedure, step: entry.step };
      return html`\n   ${label}${shorten(showStepAnswer(words, asked, field, answer, office), longest)}`;
    });
    const mark = entry.formerWords === null ? "" : " (diubah)";
    return html`\n• ${showShortTime(entry.at, office)} <b>${shorten(whoDid(entry.personName), longestName)}</b> ${entryWords(entry, words)}${mark}${answers}`;
  });
  const text = lines(
    html`<b>Riwayat ${ticketNumber(ticketId)}</b>`,
    ...(moves.length > 0
      ? [html`\n<b>Perintah kerja</b>`, ...moves.map((move) => moveLine(ticketId, move, office))]
      : []),
    ...entries,
  );
  const turn = pageButtons(page, hasMore, (to) => ({ do: "history", ticketId, page: to, turns: true }));
  const open = openButton(ticketId);
  return { as: "text", html: text.markup, buttons: [turn, [open]] };
}

/** Told by the words of the entry itself. */
const notShown = ["reached", "urgency", "stars", "about"];

/** Both versions stand in the history: here what was written first, and in its correction what it became. */
function wordsAtThatTime(entry: Entry): Answers {
  if (entry.kind === "corrected") {
    const { [former]: before, ...now } = entry.answers;
    // The first words of a form stand in no entry of their own.
    return entry.correctedKind === "filed" && before !== undefined ? { ...now, [former]: before } : now;
  }
  if (entry.kind === "filed") return entry.answers;
  return entry.formerWords === null ? latestAnswers(entry) : withNote(entry.answers, entry.formerWords);
}

function withNote({ note: _note, ...others }: Answers, words: string): Answers {
  return words === "" ? others : { ...others, note: words };
}

/** Said among the desk: why a ticket was given to somebody, moved to another procedure or taken back. */
const internalKinds: readonly Entry["kind"][] = ["assigned", "handed-over", "reclassified", "taken-back"];

/** What the desk notes with a step is for the desk, unless the step tells the requester of it. */
function mayReadAnswers(viewer: Person, ticket: Ticket, entry: Entry): boolean {
  if (readsInternalNotes(viewer, ticket) || entry.personId === viewer.id) return true;
  if (entry.kind !== "step") return !internalKinds.includes(entry.kind);
  if (entry.role === "user") return true;
  return findStep(findProcedure(ticket.procedure), entry.step ?? "")?.tellsRequester === true;
}

const kindWords = {
  filed: "melaporkan",
  taken: "mengambil tiket",
  comment: "menambah keterangan",
  reply: "membalas ke pemohon",
  "internal-note": "mencatat (internal)",
  reclassified: "memindahkan tiket ke prosedur lain",
  pending: "menunda tiket",
  resumed: "melanjutkan tiket",
  reminded: "mengulang pertanyaan ke pemohon",
  corrected: "mengubah pesannya",
  affected: "juga terdampak",
  restored: "mencatat: menurut pemantauan normal kembali",
};

function entryWords(
  entry: Awaited<ReturnType<typeof listEntries>>[number],
  words: Parameters<typeof stepWords>[0],
): string {
  if (entry.kind === "step") {
    const { done } = stepWords(words, entry.step ?? "");
    return entry.toPersonName === null ? done : `${done} kepada ${shorten(entry.toPersonName, longestName)}`;
  }
  if (entry.kind === "handed-over" && entry.toPersonName === null) return "mengembalikan tiket ke tim";
  const to = shorten(entry.toPersonName ?? "", longestName);
  if (entry.kind === "handed-over") return `mengalihkan tiket kepada ${to}`;
  if (entry.kind === "assigned") return `menugaskan tiket kepada ${to}`;
  if (entry.kind === "requester-changed") return `menghubungkan tiket dengan ${to}`;
  if (entry.kind === "taken-back") return `menarik kembali: ${stepWords(words, entry.takenBackStep ?? "").button}`;
  if (entry.kind === "urgency")
    return entry.answers.urgency === "urgent" ? "menandai mendesak" : "menghapus tanda mendesak";
  if (entry.kind === "rated") {
    const { stars } = entry.answers;
    return stars === undefined ? "mengomentari penilaiannya" : `menilai layanan ${showStars(Number(stars))}`;
  }
  if (entry.answers.about === "misuse") return "mencatat penyalahgunaan";
  if (entry.answers.about === "isolation") return "mengisolasi aplikasi; buktinya terlampir";
  if (entry.answers.reached === "help-desk") return "meminta help desk menelepon pemohon";
  return kindWords[entry.kind];
}

const moveWords: Record<WorkOrderMove["kind"], string> = {
  issued: "diterbitkan",
  forwarded: "diteruskan",
  returned: "dikembalikan",
  closed: "ditutup",
  "taken-back": "ditarik kembali",
};

function moveLine(ticketId: number, move: WorkOrderMove, office: OfficeWords): Html {
  const to = move.toRole === null ? "" : ` ke ${office.roles[move.toRole]}`;
  return html`${workOrderNumber(ticketId, move.ordinal)} ${moveWords[move.kind]}${to}, ${shorten(whoDid(move.personName), longestName)}, ${showShortTime(move.at, office)}`;
}

/** One more than fits is asked for, to know whether there is a next page. */
export async function onePage<Item>(
  page: number,
  size: number,
  fetch: (range: Page) => Promise<Item[]>,
): Promise<{ items: Item[]; hasMore: boolean }> {
  const found = await fetch({ offset: page * size, limit: size + 1 });
  return { items: found.slice(0, size), hasMore: found.length > size };
}

export function pageButtons(page: number, hasMore: boolean, press: (page: number) => Press): Button[] {
  return [
    ...(page > 0 ? [{ label: "◀️ Sebelumnya", press: press(page - 1) }] : []),
    ...(hasMore ? [{ label: "Berikutnya ▶️", press: press(page + 1) }] : []),
  ];
}
