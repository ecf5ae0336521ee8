import { attachHeard } from "../../db/heard-messages.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { attachDraftFiles, countDraftAttachments } from "../../db/ticket/attachments.ts";
import { findPlaceOfDraft } from "../../db/ticket/drafts.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { albumMilliseconds } from "../../domain/durations.ts";
import { parseAnswer } from "../../domain/form/field.ts";
import { accept, type Outcome, type Refusal, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { note } from "../../domain/procedures/procedure.ts";
import {
  type EntryKind,
  maySee,
  readsInternalNotes,
  speaksForRequester,
  type Ticket,
} from "../../domain/ticket/ticket.ts";
import type { Notice } from "../notice.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { goOn } from "./put-off-ticket.ts";
import { readersOfReply, refusalOfReply } from "./readers-of-reply.ts";
import { readersOf } from "./readers-of-ticket.ts";
import { refreshCards } from "./refresh-cards.ts";
import { setClock } from "./set-clock.ts";

/** Words about a ticket: of the requester to the desk, of the desk to the requester, or within the desk only. */
export type MessageKind = "comment" | "reply" | "internal-note";

export function isMessageKind(kind: unknown): kind is MessageKind {
  return kind === "comment" || kind === "reply" || kind === "internal-note";
}

/**
 * Adds words, files or both to a ticket. An internal note reaches nobody but the desk.
 *
 * @param input.isAlbum more parts of it may follow at once: who reads it is told of all of them together
 */
export async function writeMessage(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; kind: MessageKind; text?: string; draftId?: number; isAlbum?: boolean },
): Promise<Outcome<number>> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const toNobody = input.kind === "reply" ? await refusalOfReply(tx, ticket) : undefined;
  const refusal = refusalOfMessage(ticket, person, input.kind) ?? toNobody;
  if (refusal !== undefined) return { ok: false, refusal };
  const context = { now: setting.now, zone: setting.rules.zone };
  const text = input.text === undefined ? undefined : parseAnswer(note, input.text, context);
  if (text !== undefined && !text.ok) return text;
  const files = input.draftId === undefined ? 0 : await countDraftAttachments(tx, input.draftId);
  if (text === undefined && (files === 0 || isReplyToAffected(ticket, input.kind))) return refuse("text-empty");

  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: input.kind,
    personId: person.id,
    at: setting.now,
    answers: text === undefined ? {} : { note: text.value },
  });
  if (input.draftId !== undefined) {
    await attachDraftFiles(tx, input.draftId, { ticketId: ticket.id, entryId });
    await attachHeard(tx, input.draftId, { entryId, field: note.name });
  }
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: `${input.kind}-written`,
    subject: { kind: "ticket", id: ticket.id },
    details: { entryId, files },
  });
  const place = input.draftId === undefined ? undefined : await findPlaceOfDraft(tx, input.draftId);
  const isInTopic = place?.topicTicketId === ticket.id;
  // Of words that stand in the topic already a card shows nothing.
  if (!(isInTopic && files === 0)) await refreshCards(tx, ticket.id, setting);
  // What it waited for has come.
  if (input.kind === "comment" && ticket.pendingOn === "requester") await goOn(tx, ticket, person.id, setting);
  // Who writes is not silent.
  if (input.kind === "comment" && ticket.holder === "user") await setClock(tx, ticket.id, setting);
  const heardOut = input.isAlbum ? new Date(setting.now.getTime() + albumMilliseconds) : setting.now;
  await tellReaders(tx, ticket, { kind: input.kind, entryId, isInTopic }, person, { ...setting, now: heardOut });
  return accept(entryId);
}

/** Who joined an outage reads the words alone: its ticket, and the files that lie there, are not theirs. */
export function isReplyToAffected({ channel }: Pick<Ticket, "channel">, kind: EntryKind): boolean {
  return kind === "reply" && channel === "monitor";
}

export function refusalOfMessage(ticket: Ticket, person: Person, kind: MessageKind): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (ticket.holder === null) return refuse("ticket-ended").refusal;
  if (kind === "comment" && !speaksForRequester(person, ticket)) return refuse("not-the-requester").refusal;
  if (kind !== "comment" && !readsInternalNotes(person, ticket)) return refuse("not-at-desk").refusal;
  return undefined;
}

/** For the topic, where the desk reads what went to the requester. */
export function replySent(ticketId: number, entryId: number, readers: readonly number[]): Notice {
  return { kind: "reply-sent", ticketId, entryId, ...(readers.length === 0 ? { isUnreached: true as const } : {}) };
}

async function tellReaders(
  tx: Tx,
  ticket: Ticket,
  written: { kind: MessageKind; entryId: number; isInTopic: boolean },
  person: Person,
  setting: Setting,
): Promise<void> {
  const { kind, entryId, isInTopic } = written;
  if (kind === "reply") {
    const readers = await readersOfReply(tx, ticket);
    await tell(tx, readers, { kind: "reply-received", ticketId: ticket.id, entryId }, setting);
    if (!isInTopic) await tell(tx, [], replySent(ticket.id, entryId, readers), setting);
    return;
  }
  // The desk reads there what was written there.
  if (isInTopic) return;
  const leftOut = kind === "internal-note" ? [person.id, ticket.requesterId] : [person.id];
  const readers = (await readersOf(tx, ticket)).filter((id) => !leftOut.includes(id));
  await tell(tx, readers, { kind: "comment-added", ticketId: ticket.id, entryId }, setting);
}
