import { enqueue, enqueueAll, isWaiting, listChatsUnder, listSentUnder, touchPending } from "../db/outbox.ts";
import { type Account, listAccounts, listPeopleOfChats } from "../db/people/accounts.ts";
import { findPerson, listLinkedWithRole, listPeopleWithRole } from "../db/people/people.ts";
import type { Db, GroupTrouble, Tx } from "../db/tables.ts";
import { findLastWorker } from "../db/ticket/entries.ts";
import { findOpenWorkOrder } from "../db/ticket/work-orders.ts";
import type { Answers } from "../domain/form/field.ts";
import type { AccountProblem } from "../domain/hosting/database-account.ts";
import type { HostingFailure } from "../domain/hosting/hosting-failure.ts";
import type { IsolationDecision } from "../domain/hosting/isolation.ts";
import type { Refusal } from "../domain/outcome.ts";
import { hasRole } from "../domain/people/person.ts";
import type { Role } from "../domain/people/roles.ts";
import { hiddenFromOffice } from "../domain/procedures/index.ts";
import { type Sides, speaksForRequester, type Ticket } from "../domain/ticket/ticket.ts";
import type { Setting } from "./setting.ts";
import { routeOf } from "./topic-route.ts";

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

/** What became of a substitution: for both, and for administrators. */
export type SubstitutionNews = "set" | "rejected" | "started" | "ended" | "not-started";

/** What actions tell people: a kind and its values, never words. The bot finds the words when it sends. */
export type Notice =
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
  | { kind: "staff-group-trouble"; trouble: GroupTrouble }
  | { kind: "staff-group-healed" }
  /** Few stars, and why; for the help desk, without a sound. */
  | { kind: "rating-low"; ticketId: number; ratingId: number }
  | { kind: "taken-over"; ticketId: number; byPersonId: number }
  /** It waits for a role that nobody holds. */
  | { kind: "nobody-holds"; ticketId: number; role: Role }
  | { kind: "card-moved"; ticketId: number }
  /** Dropped when the form has moved on, unless it carries a refusal. */
  | {
      kind: "question";
      draftId: number;
      question: string;
      page?: number;
      search?: string;
      refusal?: Refusal;
      gotFile?: true;
      /** Which question that file answers, where it is another one than was open. */
      gotFor?: string;
      /** At the last look: which answer is to be changed? */
      choosesAnswer?: true;
      /** The answer that was corrected by editing its message; with a refusal the one that stays as it was. */
      corrected?: string;
    }
  /** No words: takes the buttons off a form's question that has moved on. */
  | { kind: "question-passed" }
  | { kind: "requester-unreachable"; ticketId: number }
  | { kind: "welcome" }
  | { kind: "command-menu" }
  | { kind: "unlinked" }
  | { kind: "roles-changed" }
  /** For those who approve: what is asked, and how it stands. */
  | { kind: "approval-asked"; ticketId: number; approvalId: number; isReminder?: true }
  /** For who asked for it: what was decided, or that nobody did in time. */
  | { kind: "approval-ended"; ticketId: number; round: number }
  /** Nobody can approve it: for who asked, and, without the ticket, for administrators. */
  | { kind: "no-approver"; ticketId: number }
  | { kind: "freeze-changed"; freezeId: number }
  /** A substitute for leadership that waits for a second administrator, or how it stands. */
  | { kind: "substitution-proposed"; substitutionId: number }
  | { kind: "substitution-news"; substitutionId: number; news: SubstitutionNews }
  | { kind: "role-proposed"; proposalId: number }
  | { kind: "role-decided"; proposalId: number }
  /** For the one who registers: the present question, or what became of it. */
  | { kind: "registration"; registrationId: number; refusal?: Refusal }
  /** For those who decide on it. */
  | { kind: "registration-asked"; registrationId: number }
  | { kind: "transferred" }
  /** Rights of leadership or of an administrator ended, for who left or moved to another office; roles by name. */
  | { kind: "rights-ended"; personId: number; byPersonId: number; roles: string }
  /** For leadership and the help desk; 2026-11-23. */
  | { kind: "morning-digest"; day: string }
  /** The weaknesses that were reported in a month, 2026-11. */
  | { kind: "weaknesses"; month: string; page: number }
  /** Asks somebody to take over being on duty. */
  | { kind: "shift-offered"; shiftId: number; toPersonId: number }
  /** For who was on duty: who is now, or, without a successor, who ended it for them. */
  | { kind: "shift-over"; shiftId: number; byPersonId: number }
  /** Whose day it is by the roster, 2026-11-30; afterwards that it no longer is. */
  | { kind: "duty-today"; day: string; personId: number }
  /** For who is still on duty from a day before: whose day it is. */
  | { kind: "hand-over-due"; shiftId: number; toPersonId: number }
  | { kind: "paper"; paperId: number }
  | { kind: "people-import"; importId: number }
  | { kind: "address-import"; importId: number }
  /** All that is wrong in a list of addresses, as a document. */
  | { kind: "address-import-problems"; importId: number }
  /** For whoever reserved an address: it is freed after tomorrow, or was freed by the clock. */
  | { kind: "reservation-ends-soon"; rangeId: number }
  | { kind: "reservation-ended"; rangeId: number }
  /** What a machine does for a ticket, and how far it has come: one message, which is edited. */
  | { kind: "machine-progress"; ticketId: number; runId: number }
  /** For the data center: what a database is opened by could not be offered to who asked for the application, or for that access. */
  | { kind: "account-not-offered"; applicationId: number; accessId?: number | undefined; problem: AccountProblem }
  /** For the data center: what was deleted was kept for its time, and may be purged. `nameKept`: why its name stays, for infrastructure, too. */
  | { kind: "application-kept-over"; applicationId: number; nameKept?: Refusal }
  | { kind: "name-import"; importId: number }
  /** All that is wrong in a list of names, as a document. */
  | { kind: "name-import-problems"; importId: number }
  /** For infrastructure: the file of a zone was refused by the check, so the former one stays. */
  | { kind: "zone-refused"; zone: string }
  /** For infrastructure: names that since that moment, ISO 8601, lead elsewhere than they should, or again as they should. */
  | { kind: "names-flagged"; changedAt: string }
  /** For infrastructure: how many addresses of a prefix were found to differ from the register, of which they did not know. */
  | { kind: "address-differences-found"; prefixId: number; unregistered: number; silent: number }
  /** For the data center: something of a stack is not as it was built. */
  | { kind: "drift-found"; stack: string }
  /** For who asked: what a look at a stack found. */
  | { kind: "stack-compared"; stack: string; problem?: HostingFailure }
  /** For who asked: it is as it was approved again; `problem`: why not. */
  | { kind: "stack-put-back"; stack: string; problem: HostingFailure | null }
  /** For leadership: somebody else wrote the state of a stack. */
  | { kind: "foreign-state-found"; foreignStateId: number }
  /** For leadership: an application was taken off the net, and waits for their word. */
  | { kind: "isolation-asked"; isolationId: number; isReminder?: true }
  /** For who isolated it and the data center: how far it has come, or what cannot be done. */
  | { kind: "isolation-progress"; isolationId: number }
  /** For who isolated it and the data center: what leadership said. */
  | { kind: "isolation-decided"; isolationId: number; decision: IsolationDecision }
  /** For the same: it answers again. */
  | { kind: "isolation-ended"; isolationId: number }
  /** Nobody can decide on it: for who isolated it, and, without the application, for administrators. */
  | { kind: "no-isolation-decider"; isolationId: number }
  /** For whose application it is: it was taken off the net; `isBack`: it answers again. */
  | { kind: "isolation-told"; isolationId: number; isBack?: true }
  /** For who asked: a vendor can get at the application's files or database, and how. */
  | { kind: "access-granted"; accessId: number }
  /** For the same and the data center: nobody gets in any more. */
  | { kind: "access-ended"; accessId: number }
  /** For the data center: an access has ended and could not be shut. */
  | { kind: "access-trouble"; accessId: number }
  /** For infrastructure and who is on duty: something is down, or goes up and down, and what lies behind it. */
  | { kind: "outage-told"; alertId: number; isReminder?: true }
  /** For the same: it is back. */
  | { kind: "outage-over"; alertId: number }
  /** For the contact of a site: is there power? It says what was answered afterwards. */
  | { kind: "power-asked"; questionId: number }
  /** For who asked. */
  | { kind: "power-answered"; questionId: number }
  /** For who joined an outage, or was noted as affected: where it stands. */
  | { kind: "outage-joined"; outageId: number }
  /** For the same: it answers again, and its ticket is still worked on. */
  | { kind: "incident-restored"; ticketId: number }
  /** For the same: its ticket has ended. */
  | { kind: "incident-over"; ticketId: number }
  /** For infrastructure, and of applications the data center: these end soon. @property endsAt ISO 8601 */
  | { kind: "certificates-ending"; certificates: { targetId: number; endsAt: string }[] }
  /** For infrastructure and leadership: these end soon. @property endsOn 2027-12-31 */
  | { kind: "contracts-ending"; contracts: { targetId: number; endsOn: string }[] }
  /** For who is told of outages: nobody has looked around since. @property since ISO 8601 */
  | { kind: "monitor-stopped"; since: string }
  /** For who asked for it: what its checks have just found. `problem`: nobody could be asked. */
  | { kind: "target-asked"; targetId: number; problem?: "playground" | "not-asked" }
  /** For who wished another check, by a name: it is there, or why not. `unsureOf`: the name, of which no name server said anything. */
  | { kind: "check-tried"; targetId: number; refusal?: Refusal; answers?: Answers; unsureOf?: string }
  | { kind: "target-import"; importId: number }
  /** All that is wrong in a list of what is to be watched, as a document. */
  | { kind: "target-import-problems"; importId: number }
  | { kind: "asset-import"; importId: number }
  /** All that is wrong in a list of assets, as a document. */
  | { kind: "asset-import-problems"; importId: number }
  /** All that is wrong in a list of people, as a document. */
  | { kind: "import-problems"; importId: number }
  /** An announcement as those see it to whom it was sent, or who may open it. */
  | { kind: "announcement"; announcementId: number }
  /** The message above was corrected or withdrawn, for edits come without a sound. */
  | { kind: "announcement-changed"; announcementId: number }
  /** For those who approve: exactly that version. */
  | { kind: "announcement-asked"; announcementId: number; version: number }
  /** For the author of that version. */
  | { kind: "announcement-decided"; announcementId: number; version: number }
  /** For the author: to pass on by other ways to people without an account. */
  | { kind: "announcement-to-forward"; announcementId: number }
  /** The link is taken out when it has gone. */
  | { kind: "upload-link"; uploadId: number; link: string }
  | { kind: "upload-arrived"; uploadId: number }
  | { kind: "upload-failed"; uploadId: number }
  /** For its person, in private. The link is taken out when it has gone. */
  | { kind: "secret-offered"; secretId: number; link: string }
  | { kind: "secret-expired"; secretId: number }
  | { kind: "file-not-stored"; ticketId: number; attachmentId: number }
  /** An update that could not be handled; the reference is the inbox row. */
  | { kind: "apology"; inboxId: number }
  | { kind: "update-parked"; inboxId: number }
  /** The bot did not hear for a while; `since` and `until` are ISO 8601. */
  | { kind: "updates-late"; since: string; until: string }
  /** As long as that Telegram has thrown some away. */
  | { kind: "updates-missing"; since: string }
  | { kind: "message-dead"; outboxId: number }
  /** For the chat in which the journal's head is published, which is no person's. */
  | { kind: "journal-head"; pinId: number }
  /** No words: pins the message of that head. */
  | { kind: "pin-journal-head"; pinId: number }
  | { kind: "journal-chat-trouble"; what: "not-sent" | "not-pinned" };

/** Answers come before notices when the limits of Telegram make messages wait. */
export const answerPriority = 0;
export const noticePriority = 1;

/** In private, or what the desk is told about a ticket once in its topic, where there is a staff group. */
export async function tell(
  tx: Tx,
  personIds: readonly number[],
  notice: Notice,
  setting: Pick<Setting, "now">,
): Promise<void> {
  const { topic, inPrivate } = await routeOf(tx, personIds, notice);
  if (topic !== undefined) await sendToTopic(tx, topic, notice, { now: setting.now, priority: noticePriority });
  await tellInPrivate(tx, inPrivate, notice, setting);
}

export async function tellInPrivate(
  tx: Tx,
  personIds: readonly number[],
  notice: Notice,
  { now }: Pick<Setting, "now">,
): Promise<void> {
  for (const account of await reachable(tx, personIds)) {
    await send(tx, account.telegramUserId, notice, { now, priority: noticePriority });
  }
}

/** In private, where that notice does not stand in the chat already. */
export async function tellOnce(tx: Tx, personId: number, notice: Notice, { now }: Pick<Setting, "now">): Promise<void> {
  const key = keyOf(notice);
  const sent = key === undefined ? [] : await listSentUnder(tx, key);
  for (const { telegramUserId } of await reachable(tx, [personId])) {
    if (sent.some(({ chatId }) => chatId === telegramUserId)) continue;
    await send(tx, telegramUserId, notice, { now, priority: noticePriority });
  }
}

export async function tellRole(tx: Tx, role: Role, notice: Notice, setting: Setting, butNot?: number): Promise<void> {
  const people = await listPeopleWithRole(tx, role);
  const ids = people.map(({ id }) => id).filter((id) => id !== butNot);
  await tell(tx, ids, notice, setting);
}

/** To thousands at once, in chats that can be reached. */
export async function sendToAll(tx: Tx, chatIds: readonly number[], notice: Notice, { now }: Setting): Promise<void> {
  const outgoing = { message: notice, priority: noticePriority, mergeKey: keyOf(notice), now } as const;
  await enqueueAll(
    tx,
    chatIds.map((chatId) => ({ ...outgoing, chatId })),
  );
}

/** What has a key merges while it waits, and is found again by it when it has to change. */
export async function send(
  tx: Tx,
  chatId: number,
  notice: Notice,
  { now, priority }: { now: Date; priority: 0 | 1 },
): Promise<void> {
  await enqueue(tx, { chatId, message: notice, priority, mergeKey: keyOf(notice), now });
}

/** @param topic.personIds whom it is for; one alone is named in it */
export async function sendToTopic(
  tx: Tx,
  topic: { chatId: number; ticketId: number; personIds?: readonly number[] },
  notice: Notice,
  { now, priority }: { now: Date; priority: 0 | 1 },
): Promise<void> {
  const { chatId, ticketId: topicTicketId, personIds } = topic;
  await enqueue(tx, { chatId, topicTicketId, personIds, message: notice, priority, mergeKey: keyOf(notice), now });
}

/** The ticket's card at the end of its topic; one that is about to come there, with its news, is enough. */
export async function sendCardToTopic(
  tx: Tx,
  { chatId, ticketId }: { chatId: number; ticketId: number },
  how: { now: Date; priority: 0 | 1 },
): Promise<void> {
  if (await isWaiting(tx, chatId, cardKey(ticketId))) return;
  await sendToTopic(tx, { chatId, ticketId }, { kind: "ticket-card", ticketId }, how);
}

/**
 * Edits what was sent as `sent`, each message of it, in whichever chats: a question that was answered loses its buttons.
 *
 * @param onlyChatId in that chat alone
 */
export async function editSent(
  tx: Tx,
  sent: Notice,
  notice: Notice,
  { now }: Pick<Setting, "now">,
  onlyChatId?: number,
): Promise<void> {
  const key = keyOf(sent);
  if (key === undefined) return;
  await touchPending(tx, key);
  const messages = await listSentUnder(tx, key);
  const edits = messages
    .filter(({ chatId }) => onlyChatId === undefined || chatId === onlyChatId)
    .map(({ chatId, messageId }) => ({
      ...{ chatId, editsMessageId: messageId, mergeKey: `${key} message ${messageId}` },
      topicTicketId: isGroup(chatId) && "ticketId" in notice ? notice.ticketId : undefined,
      ...({ message: notice, priority: noticePriority, now } as const),
    }));
  await enqueueAll(tx, edits);
}

/** Who was told that in private, or is about to be. */
export async function listTold(tx: Tx, notice: Notice): Promise<number[]> {
  const key = keyOf(notice);
  return key === undefined ? [] : listPeopleOfChats(tx, await listChatsUnder(tx, key));
}

function keyOf(notice: Notice): string | undefined {
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

/** Who does the work now: the assignee, or else, also when the assignee cannot act or be reached, the whole team. */
export async function workersOf(
  tx: Tx,
  { assigneeId, holder }: Pick<Ticket, "assigneeId" | "holder">,
): Promise<number[]> {
  if (holder === null || holder === "user") return [];
  const team = (await listPeopleWithRole(tx, holder)).map(({ id }) => id);
  const canAct = assigneeId !== null && team.includes(assigneeId) && (await isReachable(tx, assigneeId));
  return canAct ? [assigneeId] : team;
}

/** The system officers of an office who can be reached: they see and confirm its tickets (L 9). */
export async function officersOf(db: Db, officeId: number): Promise<number[]> {
  const officers = await listLinkedWithRole(db, "system-officer", officeId);
  const accounts = await reachable(
    db,
    officers.map(({ id }) => id),
  );
  return accounts.map(({ personId }) => personId);
}

/** Those of them who learn of such a ticket. */
export async function onlookersOf(
  db: Db,
  { procedure, officeId }: Pick<Ticket, "procedure" | "officeId">,
): Promise<number[]> {
  return hiddenFromOffice.includes(procedure) ? [] : officersOf(db, officeId);
}

/**
 * Who is to read what the desk tells the requester: the requester, or, where they have left the office or cannot be
 * reached, the office's system officers.
 */
export async function requesterSideOf(db: Db, ticket: Sides): Promise<number[]> {
  const requester = await findPerson(db, ticket.requesterId);
  const isThere = requester !== undefined && speaksForRequester(requester, ticket);
  if (isThere && (await isReachable(db, requester.id))) return [requester.id];
  return onlookersOf(db, ticket);
}

/** Who is to read what the requester adds: the workers, or who holds the work order while the requester's answer is awaited. */
export async function readersOf(tx: Tx, ticket: Ticket): Promise<number[]> {
  if (ticket.holder !== "user") return workersOf(tx, ticket);
  const order = await findOpenWorkOrder(tx, ticket.id);
  if (order === undefined) return [];
  return workersOf(tx, { holder: order.holder, assigneeId: await findFormerWorker(tx, ticket.id, order.holder) });
}

/** Who worked on the ticket in that role before, still holds it, and can be reached. */
export async function findFormerWorker(tx: Tx, ticketId: number, role: Role): Promise<number | null> {
  const id = await findLastWorker(tx, ticketId, role);
  const worker = id === undefined ? undefined : await findPerson(tx, id);
  return worker !== undefined && hasRole(worker, role) && (await isReachable(tx, worker.id)) ? worker.id : null;
}

/** Has an account, and has not blocked the bot. */
async function isReachable(db: Db, personId: number): Promise<boolean> {
  return (await reachable(db, [personId])).length > 0;
}

/** What merges the questions of one form that wait. */
export function questionKey(draftId: number): string {
  return `question ${draftId}`;
}

/** What merges all that is said of a ticket on its card in a chat. */
export function cardKey(ticketId: number): string {
  return `card ${ticketId}`;
}

/** Telegram's ids of groups are below zero. */
export function isGroup(chatId: number): boolean {
  return chatId < 0;
}

/** The accounts of those who have one, and have not blocked the bot. */
export async function reachable(db: Db, personIds: readonly number[]): Promise<Account[]> {
  const accounts = await listAccounts(db, personIds);
  return accounts.filter(({ unreachableSince }) => unreachableSince === null);
}
