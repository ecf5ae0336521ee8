import { findAccount } from "../../../core/db/people/accounts.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findEntry } from "../../../core/db/ticket/entries.ts";
import { findTopic } from "../../../core/db/ticket/ticket-topics.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { type Ticket, ticketNumber, worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import { deskAsOne, mayHaveTopic, nextTopicChange, shownOf } from "../../../core/domain/ticket/topic-rules.ts";
import type { Rendered, TitleOf } from "../../rendered.ts";
import type { Screen } from "../../screens/screens.ts";
import { type Html, html, lines } from "../html.ts";
import { wordsOf } from "../procedure-words.ts";

/** "T-0042 · Menunggu IT Support": no personal data, for titles stand in the list of topics and in notifications. */
export const titleOfTopic: TitleOf = async (db, ticketId) => {
  const ticket = await findTicket(db, ticketId);
  return ticket && titleOf(ticket);
};

function titleOf(ticket: Ticket): { title: string; shows: string } {
  const state = wordsOf({ name: ticket.procedure }).states[ticket.state] ?? ticket.state;
  return { title: `${ticketNumber(ticket.id)} · ${state}`, shows: shownOf(ticket) };
}

type TopicRow = { topicTicketId: number; personIds: readonly number[] };

/** What the whole desk reads in a topic; the rest is for the one who asked for it. */
const forDesk: readonly Screen["kind"][] = [
  ...(["ticket-card", "comment-added", "reply-sent", "taken-over", "card-moved"] as const),
  ...(["requester-unreachable", "phone-requester", "reclassified", "topic-remade"] as const),
  "machine-progress",
];

/** What is asked of one person, or answers them: they are named, for the others read it too. */
const addressed: readonly Screen["kind"][] = ["question", "draft-left", "refused", "said"];

/**
 * A message in the topic of a ticket. What is for the desk is shown to the desk as one reader, with the buttons of all its roles;
 * what one person asked for, to that person as long as they work at the desk.
 *
 * @param render puts the screen into words for that viewer
 */
export async function renderInTopic(
  db: Db,
  { topicTicketId, personIds }: TopicRow,
  screen: Screen,
  render: (viewer: Person) => Promise<Rendered | undefined>,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, topicTicketId);
  const requester = ticket && (await findPerson(db, ticket.requesterId));
  if (ticket === undefined || requester === undefined) return undefined;
  if (screen.kind === "ticket-topic") return renderChange(db, ticket, mayHaveTopic(requester));
  if (!mayHaveTopic(requester)) return screen.kind === "ticket-card" ? renderClosedToTopic(ticket) : undefined;
  const isForDesk = forDesk.includes(screen.kind);
  const viewer = isForDesk ? deskAsOne(ticket) : await memberOfDesk(db, personIds[0]);
  const rendered = viewer && (await render(viewer));
  if (rendered?.as !== "text") return rendered;
  const isNamed = (isForDesk || addressed.includes(screen.kind)) && personIds.length === 1;
  const mention = isNamed ? await mentionOf(db, personIds[0]) : undefined;
  const text = [mention?.markup, rendered.html, (await hintFor(db, screen))?.markup].filter(
    (part) => part !== undefined,
  );
  const isSilent = !isForDesk && !addressed.includes(screen.kind);
  const replyTo = "replyTo" in screen ? screen.replyTo : undefined;
  return {
    ...rendered,
    html: text.join("\n"),
    ...(isSilent && { isSilent }),
    ...(replyTo !== undefined && { replyTo }),
  };
}

async function renderChange(db: Db, ticket: Ticket, mayBeOpen: boolean): Promise<Rendered | undefined> {
  const topic = await findTopic(db, ticket.id);
  if (topic?.threadId == null) return undefined;
  const change = nextTopicChange(topic, ticket, { mayBeOpen });
  return change && { as: "topic", change, ...titleOf(ticket) };
}

/** The requester has come to the desk: from then on nothing of it stands where they read. */
function renderClosedToTopic({ id }: Ticket): Rendered {
  const text = html`<b>${ticketNumber(id)}</b>: pemohonnya petugas, jadi tiket ini dikerjakan di chat pribadi. Kirim nomornya ke bot untuk membukanya.`;
  return { as: "text", html: text.markup };
}

async function memberOfDesk(db: Db, personId: number | undefined): Promise<Person | undefined> {
  const person = personId === undefined ? undefined : await findPerson(db, personId);
  return person?.isActive && worksAtDesk(person) ? person : undefined;
}

/** Telegram notifies who is named like that, with or without a user name. */
async function mentionOf(db: Db, personId: number | undefined): Promise<Html | undefined> {
  if (personId === undefined) return undefined;
  const [person, account] = [await findPerson(db, personId), await findAccount(db, personId)];
  if (person === undefined || account === undefined) return undefined;
  return html`<a href="tg://user?id=${account.telegramUserId}">${person.name}</a>`;
}

/** How it is answered here, where a message that is no reply is an internal note. */
async function hintFor(db: Db, screen: Screen): Promise<Html | undefined> {
  if (screen.kind === "question") return html`\n<i>Jawab dengan membalas (reply) pesan ini, atau tekan tombolnya.</i>`;
  if (screen.kind !== "comment-added") return undefined;
  const entry = await findEntry(db, screen.entryId);
  return entry?.kind === "comment"
    ? html`<i>Balas (reply) pesan ini untuk menjawab pemohon. Pesan biasa di topik ini hanya dibaca petugas.</i>`
    : undefined;
}

/** The word that a deleted topic is back. */
export function renderRemade({ id }: Ticket): Rendered {
  const text = lines(
    html`♻️ Topik <b>${ticketNumber(id)}</b> sebelumnya dihapus, jadi dibuat lagi. Riwayat tiket tetap lengkap: tekan Riwayat pada kartunya.`,
    html`Topik ditutup sendiri bila tiketnya selesai; tidak perlu dihapus.`,
  );
  return { as: "text", html: text.markup };
}
