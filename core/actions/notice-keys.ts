import type { Notice } from "./notice.ts";

/** What merges a notice with one that waits, and finds again what was sent of it; undefined: each stands for itself. */
export function keyOf(notice: Notice): string | undefined {
  switch (notice.kind) {
    case "ticket-card":
      return cardKey(notice.ticketId);
    case "question":
      return questionKey(notice.draftId);
    case "ticket-topic":
      return `topic ${notice.ticketId}`;
    case "topic-remade":
      return `remade ${notice.ticketId}`;
    case "step-told":
      return `told ${notice.entryId}`;
    case "comment-added":
    case "reply-received":
      return `written ${notice.entryId}`;
    case "reply-sent":
      return `mirrored ${notice.entryId}`;
    case "rating-low":
      return `rating ${notice.ratingId}`;
    case "approval-asked":
      return `approval ${notice.approvalId}`;
    case "substitution-proposed":
      return `substitution ${notice.substitutionId}`;
    case "role-proposed":
      return `proposal ${notice.proposalId}`;
    case "registration-asked":
      return `registration ${notice.registrationId}`;
    case "shift-offered":
      return `shift ${notice.shiftId} to ${notice.toPersonId}`;
    case "duty-today":
      return `duty ${notice.day} of ${notice.personId}`;
    case "outage-told":
      return `outage ${notice.alertId}`;
    case "isolation-asked":
      return `isolation-asked ${notice.isolationId}`;
    case "isolation-progress":
      return `isolation-progress ${notice.isolationId}`;
    case "power-asked":
      return `power ${notice.questionId}`;
    case "machine-progress":
      return `machine-run ${notice.runId}`;
    case "address-import":
      return `address-import ${notice.importId}`;
    case "name-import":
      return `name-import ${notice.importId}`;
    case "target-import":
      return `target-import ${notice.importId}`;
    case "asset-import":
      return `asset-import ${notice.importId}`;
    case "people-import":
      return `import ${notice.importId}`;
    case "announcement":
      return `announcement ${notice.announcementId}`;
    case "announcement-asked":
      return `announcement-asked ${notice.announcementId} ${notice.version}`;
    default:
      return undefined;
  }
}

/** What merges the questions of one form that wait. */
export function questionKey(draftId: number): string {
  return `question ${draftId}`;
}

/** What merges all that is said of a ticket on its card in a chat. */
export function cardKey(ticketId: number): string {
  return `card ${ticketId}`;
}
