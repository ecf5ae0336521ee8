import type { Person } from "../people/person.ts";
import { deskRoles } from "../people/roles.ts";
import { type Ticket, worksAtDesk } from "./ticket.ts";

/**
 * Whether a ticket has a topic in the staff group. One of somebody of the desk has none: they would read there what colleagues
 * note internally, before any rule could keep it from them. It is worked in private chats.
 *
 * source: office practice
 */
export function mayHaveTopic(requester: Person): boolean {
  return !worksAtDesk(requester);
}

/** What the title of a topic shows of a ticket, as it is stored. */
export function shownOf({ procedure, state }: Pick<Ticket, "procedure" | "state">): string {
  return `${procedure} ${state}`;
}

export type TopicChange = "rename" | "close" | "reopen";

/** The next change that makes the topic follow its ticket: open as long as the ticket is. */
export function nextTopicChange(
  topic: { shows: string; isClosed: boolean },
  ticket: Pick<Ticket, "procedure" | "state" | "endedAt">,
  { mayBeOpen }: { mayBeOpen: boolean },
): TopicChange | undefined {
  if (topic.shows !== shownOf(ticket)) return "rename";
  const shouldBeClosed = ticket.endedAt !== null || !mayBeOpen;
  if (topic.isClosed === shouldBeClosed) return undefined;
  return shouldBeClosed ? "close" : "reopen";
}

/**
 * The whole desk as one reader of a ticket: what a message in the staff group shows, and its buttons. It stands in for the
 * assignee, so that what only they may do can be pressed; who presses is checked as a person.
 */
export function deskAsOne({ assigneeId }: Pick<Ticket, "assigneeId">): Person {
  return {
    id: assigneeId ?? 0,
    name: "",
    nip: null,
    officeId: 0,
    roles: deskRoles,
    isActive: true,
    isProvisional: false,
  };
}
