import type { Notice } from "../core/actions/notices.ts";
import type { Refusal } from "../core/domain/outcome.ts";

/** What the bot shows: what actions tell, and the answers to what a person asked to see. */
export type Screen =
  | Notice
  | { kind: "menu" }
  | { kind: "help" }
  | { kind: "stranger" }
  /** A link code that was not taken, for somebody who may not be linked. */
  | { kind: "not-linked"; refusal: Refusal }
  /** In a topic under the message that it answers. */
  | { kind: "said"; what: Saying; replyTo?: number }
  | { kind: "refused"; refusal: Refusal; replyTo?: number }
  /** In a group, to whomever: where and how the desk works. */
  | { kind: "group-hint"; what: GroupHint; replyTo?: number; threadId?: number }
  | { kind: "ticket-list"; list: TicketListName; page: number }
  | { kind: "history"; ticketId: number; page: number }
  /** One long answer of the filed form in full. */
  | { kind: "full-text"; ticketId: number; field: string }
  | { kind: "file"; attachmentId: number }
  /** What is seldom done with a ticket. */
  | { kind: "ticket-more"; ticketId: number }
  /** Dropped when the form has moved on, unless it carries a refusal. */
  | {
      kind: "question";
      draftId: number;
      question: string;
      page?: number;
      search?: string;
      refusal?: Refusal;
      gotFile?: true;
    }
  | { kind: "draft-left"; draftId: number }
  | { kind: "people"; search: string; page: number }
  | { kind: "person"; personId: number }
  | { kind: "roles-of"; personId: number }
  | { kind: "link-code"; personId: number; code: string }
  | { kind: "poster"; officeId: number }
  /** Asks once more before the posters that hang become void. */
  | { kind: "new-poster"; officeId: number }
  | { kind: "registration-cancelled" };

export type TicketListName = "mine" | "queue" | "work" | "office";

export type GroupHint =
  /** A command in a group, or a part of it, that is no ticket's. */
  "commands-elsewhere" | "anonymous" | "not-at-desk" | "topic-unused" | "not-handled";

/** Sentences without values. */
export type Saying =
  | "form-done"
  | "form-discarded"
  | "no-form"
  | "sent"
  | "sent-to-requester"
  | "kept-as-note"
  | "kept-as-note-not-answer"
  | "kept-unsent"
  | "note-kept"
  | "not-readable"
  | "edits-not-read"
  | "no-files"
  | "role-proposed"
  | "poster-asked"
  | "list-received";
