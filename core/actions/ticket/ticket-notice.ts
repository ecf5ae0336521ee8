import type { Role } from "../../domain/people/roles.ts";

/** Why a ticket's card comes as a new message; an edit in place has no news. */
export type CardNews =
  | "filed"
  | "noted-for-you"
  | "arrived"
  | "handed-over"
  | "recorded"
  | "cancelled"
  | "reopened"
  | "opened"
  | "urgent"
  | "resumed"
  | "taken-back"
  /** Nobody works on it any more: its assignee has left the team. */
  | "given-back"
  /** For the system officer: somebody of the office has filed it. Comes without a sound. */
  | "office-filed"
  /** For the requester: the system officer did it. */
  | "officer-acted"
  /** What was granted for a time. */
  | "term-ends-soon"
  | "term-ended"
  /** What its ticket is about answers again. */
  | "restored";

export type TicketNotice =
  | { kind: "ticket-card"; ticketId: number; news?: CardNews }
  /** A step that the requester is told of; its note stands in the entry. */
  | { kind: "step-told"; ticketId: number; entryId: number; isReminder?: true }
  /** The results of that check list, told with a step: beside the longest note they would not fit into its message. */
  | { kind: "checks-told"; ticketId: number; list: string }
  /** That step was taken back; the reason stands in the entry. */
  | { kind: "step-taken-back"; ticketId: number; entryId: number }
  /** It began anew under another procedure, from which it was taken away. */
  | { kind: "reclassified"; ticketId: number; entryId: number }
  /** For leadership: something was used for other than official duties (R64). */
  | { kind: "misuse-recorded"; ticketId: number; entryId: number }
  /** The ticket waits for the requester; what for stands in the entry. */
  | { kind: "pending-on-you"; ticketId: number; entryId: number }
  /** A question that was asked once more, in a message below. */
  | { kind: "question-repeated"; ticketId: number }
  /** A requester who does not answer and cannot be reached by the bot. */
  /** `isNews`: there is something to tell, and no question. */
  | { kind: "phone-requester"; ticketId: number; isNews?: true }
  | { kind: "comment-added"; ticketId: number; entryId: number }
  | { kind: "reply-received"; ticketId: number; entryId: number }
  /** For the ticket's topic: a colleague has answered the requester from elsewhere. */
  /** `isUnreached`: the bot could bring it to nobody. */
  | { kind: "reply-sent"; ticketId: number; entryId: number; isUnreached?: true }
  /** No words: what the topic's title shows, and whether it is open. */
  | { kind: "ticket-topic"; ticketId: number }
  /** Somebody had deleted the ticket's topic by hand; this is the new one. */
  | { kind: "topic-remade"; ticketId: number }
  /** Few stars, and why; for the help desk, without a sound. */
  | { kind: "rating-low"; ticketId: number; ratingId: number }
  | { kind: "taken-over"; ticketId: number; byPersonId: number }
  /** It waits for a role that nobody holds. */
  | { kind: "nobody-holds"; ticketId: number; role: Role }
  | { kind: "card-moved"; ticketId: number }
  | { kind: "requester-unreachable"; ticketId: number }
  /** For those who approve: what is asked, and how it stands. */
  | { kind: "approval-asked"; ticketId: number; approvalId: number; isReminder?: true }
  /** For who asked for it, or for the plan: what was decided, or that nobody did in time. */
  | { kind: "approval-ended"; ticketId: number; round: number }
  /** Nobody can approve it: for who asked, and, without the ticket, for administrators. */
  | { kind: "no-approver"; ticketId: number }
  | { kind: "freeze-changed"; freezeId: number }
  | { kind: "file-not-stored"; ticketId: number; attachmentId: number };
