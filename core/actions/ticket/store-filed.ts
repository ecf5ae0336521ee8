import { attachHeard } from "../../db/heard-messages.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { attachDraftFiles } from "../../db/ticket/attachments.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { changeTicket, findTicket, insertTicket } from "../../db/ticket/tickets.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Role } from "../../domain/people/roles.ts";
import { asksApproval, type Procedure } from "../../domain/procedures/procedure.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { fetchNamedImage } from "../hosting/fetch-image.ts";
import { tell } from "../notices.ts";
import { tellIfNobodyHolds } from "../people/nobody-holds.ts";
import type { Setting } from "../setting.ts";
import { askApprovers, beginApproval } from "./approvals.ts";
import { onlookersOf, workersOf } from "./readers-of-ticket.ts";
import { setClock } from "./set-clock.ts";

/** What was found to be right and is filed now. */
export type Filed = Pick<Ticket, "item" | "subject" | "answers" | "occurredAt" | "channel"> & {
  procedure: Procedure;
  requester: Pick<Person, "id" | "officeId">;
  /** Who filed it, and in which role; without a person a machine did, on behalf of the role. */
  by: { person: Pick<Person, "id"> | null; role: Role };
  /** The form it was filled in with, whose files become the ticket's. */
  draftId?: number;
  /** For which a machine opens it; a second one is a fault. */
  outageId?: number;
};

/** Stores a ticket with all that comes of it: entry, files, journal row, and messages. @returns its number */
export async function storeFiled(tx: Tx, setting: Setting, filed: Filed): Promise<number> {
  const { procedure, requester, by, outageId } = filed;
  const { name, initial: state, states } = procedure;
  const holder = states[state]?.holder;
  if (holder === undefined) throw new Error(`filing a ticket: nobody holds the first state of ${name}`);
  const { item, subject, answers, occurredAt, channel } = filed;
  const ticketId = await insertTicket(tx, {
    ...{ procedure: name, item, state, holder, requesterId: requester.id, officeId: requester.officeId },
    ...{ subject, answers, occurredAt, channel, now: setting.now },
    ...(outageId === undefined ? {} : { outageId }),
  });
  const personId = by.person?.id ?? null;
  const entry = { ticketId, kind: "filed", personId, role: by.role, at: setting.now, toState: state } as const;
  const entryId = await insertEntry(tx, entry);
  const files = await bringAlong(tx, setting, filed, { ticketId, entryId });
  await writeJournal(tx, {
    ...{ at: setting.now, actorId: personId, ...(personId === null ? { onBehalfOf: by.role } : {}) },
    ...{ event: "ticket-filed", subject: { kind: "ticket", id: ticketId } },
    details: {
      ...{
        procedure: name,
        ...(item !== null && { item }),
        officeId: requester.officeId,
        channel,
        state,
        entryId,
        files,
      },
      ...(outageId === undefined ? {} : { outageId }),
    },
  });
  await tellOfFiled(tx, setting, filed, { ticketId, entryId, holder });
  return ticketId;
}

/** @returns how many files came with it */
async function bringAlong(
  tx: Tx,
  setting: Setting,
  { answers, by, draftId }: Filed,
  place: { ticketId: number; entryId: number },
): Promise<number> {
  const files = draftId === undefined ? 0 : await attachDraftFiles(tx, draftId, place);
  if (by.person !== null) await fetchNamedImage(tx, setting, { answers, personId: by.person.id, ...place });
  if (draftId !== undefined) await attachHeard(tx, draftId, { entryId: place.entryId });
  return files;
}

async function tellOfFiled(
  tx: Tx,
  setting: Setting,
  { procedure, requester, by }: Filed,
  { ticketId, entryId, holder }: { ticketId: number; entryId: number; holder: Role },
): Promise<void> {
  const { officeId } = requester;
  const personId = by.person?.id;
  const workers = await askOrListWorkers(tx, setting, { ticketId, procedure, entryId });
  const isOwn = requester.id === personId;
  const others = isOwn ? workers : workers.filter((id) => id !== personId);
  await tell(tx, others, { kind: "ticket-card", ticketId, news: "arrived" }, setting);
  // Of an approval that nobody can give its own word is said.
  if (!asksApproval(procedure, procedure.initial)) await tellIfNobodyHolds(tx, { id: ticketId, holder }, setting);
  if (!isOwn) await tell(tx, [requester.id], { kind: "ticket-card", ticketId, news: "noted-for-you" }, setting);
  const told = [...workers, personId, requester.id];
  const onlookers = (await onlookersOf(tx, { procedure: procedure.name, officeId })).filter((id) => !told.includes(id));
  await tell(tx, onlookers, { kind: "ticket-card", ticketId, news: "office-filed" }, setting);
}

/** Whom the new ticket goes to as work; where it begins with an approval its approvers are asked instead, and there is nobody. */
async function askOrListWorkers(
  tx: Tx,
  setting: Setting,
  { ticketId, procedure, entryId }: { ticketId: number; procedure: Procedure; entryId: number },
): Promise<number[]> {
  const { initial: state } = procedure;
  const approver = await beginApproval(tx, setting, { ticketId, procedure: procedure.name, state, entryId });
  if (approver !== undefined) await changeTicket(tx, ticketId, { holder: approver });
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined) throw new Error(`filing ticket ${ticketId}: it is not there`);
  if (approver === undefined) return workersOf(tx, ticket);
  await setClock(tx, ticketId, setting);
  await askApprovers(tx, ticket, setting);
  return [];
}
