import { findPerson } from "../db/people/people.ts";
import { findUsableGroup } from "../db/staff-group.ts";
import type { Tx } from "../db/tables.ts";
import { findTopic } from "../db/ticket/ticket-topics.ts";
import { findTicket } from "../db/ticket/tickets.ts";
import type { Person } from "../domain/people/person.ts";
import { type Ticket, worksAtDesk } from "../domain/ticket/ticket.ts";
import { mayHaveTopic } from "../domain/ticket/topic-rules.ts";
import type { Notice } from "./notice.ts";
import type { CardNews } from "./ticket/ticket-notice.ts";

/** Where a notice for these people goes: once into the topic of its ticket, and to whom besides, or instead. */
export type Route = {
  topic: { chatId: number; ticketId: number; personIds: readonly number[] } | undefined;
  inPrivate: readonly number[];
};

/** What the desk is told about a ticket. All else is personal, and for somebody's private chat. */
type DeskNotice = Extract<Notice, { ticketId: number }>;

/** News for who works the ticket; the others are for the requester's side, or the answer to one person. */
const deskNews: readonly (CardNews | undefined)[] = [
  ...(["arrived", "handed-over", "cancelled", "reopened"] as const),
  ...(["urgent", "resumed", "taken-back", "given-back", "restored"] as const),
  ...(["term-ends-soon", "term-ended"] as const),
];

/**
 * With a staff group, what several of the desk would be told in private is told once, in the ticket's topic. People who do not
 * work at the desk are in no such group. What leadership has to decide comes to them in private as well.
 */
export async function routeOf(tx: Tx, personIds: readonly number[], notice: Notice): Promise<Route> {
  const nowhere = { topic: undefined, inPrivate: personIds };
  if (!isForDesk(notice)) return nowhere;
  const chatId = await findUsableGroup(tx);
  if (chatId === undefined) return nowhere;
  const ticket = await findTicket(tx, notice.ticketId);
  if (ticket === undefined || !(await hasTopic(tx, ticket))) return nowhere;
  const people = await Promise.all(personIds.map((id) => findPerson(tx, id)));
  const desk = people.filter((person): person is Person => person !== undefined && worksAtDesk(person));
  const ofDesk = desk.map(({ id }) => id);
  const others = personIds.filter((id) => !ofDesk.includes(id));
  if (desk.length === 0 && !(others.length === 0 && (await isForTopicAnyway(tx, chatId, notice)))) return nowhere;
  return {
    topic: { chatId, ticketId: ticket.id, personIds: ofDesk },
    inPrivate: ticket.holder === "leadership" ? personIds : others,
  };
}

/** A ticket of somebody of the desk is worked in private chats. */
export async function hasTopic(tx: Tx, ticket: Pick<Ticket, "requesterId">): Promise<boolean> {
  const requester = await findPerson(tx, ticket.requesterId);
  return requester !== undefined && mayHaveTopic(requester);
}

function isForDesk(notice: Notice): notice is DeskNotice {
  switch (notice.kind) {
    case "ticket-card":
      return deskNews.includes(notice.news);
    case "machine-progress":
    case "comment-added":
    case "reply-sent":
    case "taken-over":
    case "requester-unreachable":
    case "phone-requester":
    case "reclassified":
      return true;
    default:
      return false;
  }
}

/** Words belong into the topic also when nobody in particular has to read them; a new ticket needs one. */
async function isForTopicAnyway(tx: Tx, chatId: number, notice: DeskNotice): Promise<boolean> {
  if (notice.kind === "comment-added" || notice.kind === "reply-sent") return true;
  if (notice.kind !== "ticket-card" || notice.news !== "arrived") return false;
  return (await findTopic(tx, notice.ticketId))?.chatId !== chatId;
}
