import {
  findAnnouncement,
  getVersion,
  insertAnnouncement,
  insertVersion,
  lockAnnouncement,
  updateAnnouncement,
} from "../../db/announcement/announcements.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import {
  type Announcement,
  type AnnouncementContent,
  type AnnouncementPart,
  announcementFields,
  contentHashOf,
  workingVersion,
} from "../../domain/announcement/announcement.ts";
import {
  refusalOfChanging,
  refusalOfDiscarding,
  refusalOfWriting,
} from "../../domain/announcement/announcement-rules.ts";
import { endOfDay } from "../../domain/form/coming-day.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { parseTicketNumber } from "../../domain/ticket/ticket.ts";
import { editSent } from "../notices.ts";
import type { Setting } from "../setting.ts";

/** Writes an announcement, which nobody else sees yet. @returns its id */
export async function writeAnnouncement(
  tx: Tx,
  author: Person,
  setting: Setting,
  input: { answers: Answers; officeIds: AnnouncementContent["officeIds"] },
): Promise<Outcome<number>> {
  const mayWrite = refusalOfWriting(author);
  if (!mayWrite.ok) return mayWrite;
  if (input.officeIds?.length === 0) return refuse("answer-missing", { field: "audience" });
  const read = await readContent(tx, setting, input.answers, Object.values(announcementFields));
  if (!read.ok) return read;
  const { kind, title, text } = read.value;
  if (kind === undefined || title === undefined || text === undefined) return refuse("answer-missing");
  const content = { ...{ kind, title, text }, ...optionalParts(read.value), officeIds: input.officeIds };
  const id = await insertAnnouncement(tx, { authorId: author.id, now: setting.now });
  await storeVersion(tx, author, setting, { id, version: 1, content });
  return accept(id);
}

/**
 * Changes one part of what waits, or begins a correction of what was sent: a new version, which needs an approval of
 * its own. One that was asked for is void.
 */
export async function changeAnnouncement(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: {
    announcementId: number;
    version: number;
    part: AnnouncementPart;
    answers: Answers;
    officeIds: number[] | null;
  },
): Promise<Outcome> {
  const announcement = await lockAnnouncement(tx, input.announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const { id } = announcement;
  const present = await getVersion(tx, id, workingVersion(announcement));
  const mayChange = refusalOfChanging(person, announcement, present, input.version);
  if (!mayChange.ok) return mayChange;
  // Whom it went to is a fact that no correction changes.
  if (input.part === "audience" && announcement.sentVersion !== null) return refuse("announcement-audience-fixed");
  const changed = await changedPart(tx, setting, input);
  if (!changed.ok) return changed;
  const content = { ...present, ...changed.value };
  if (contentHashOf(content) === present.contentHash) return refuse("announcement-unchanged");
  const version = announcement.version + 1;
  await storeVersion(tx, person, setting, { id, version, content });
  await updateAnnouncement(tx, id, { version, stage: "written", asked_at: null });
  await voidRequest(tx, announcement, setting);
  return accept();
}

/** Throws away what waits. */
export async function discardAnnouncement(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { announcementId: number; version: number },
): Promise<Outcome> {
  const announcement = await lockAnnouncement(tx, input.announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const working = await getVersion(tx, announcement.id, workingVersion(announcement));
  const mayDiscard = refusalOfDiscarding(person, announcement, working, input.version);
  if (!mayDiscard.ok) return mayDiscard;
  const stage = announcement.sentVersion === null ? "discarded" : "sent";
  await updateAnnouncement(tx, announcement.id, { stage, asked_at: null });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "announcement-discarded",
    subject: { kind: "announcement", id: announcement.id },
    details: { version: announcement.version },
  });
  await voidRequest(tx, announcement, setting);
  return accept();
}

/** Whether this person may change it now, before anything is asked of them. */
export async function refusalOfBeginningChange(
  tx: Tx,
  person: Person,
  input: { announcementId: number; version: number },
): Promise<Outcome<Announcement>> {
  const announcement = await findAnnouncement(tx, input.announcementId);
  if (announcement === undefined) return refuse("no-such-announcement");
  const working = await getVersion(tx, announcement.id, workingVersion(announcement));
  const mayChange = refusalOfChanging(person, announcement, working, input.version);
  return mayChange.ok ? accept(announcement) : mayChange;
}

/** Those who were asked to approve the version that was see that it no longer waits. */
export async function voidRequest(tx: Tx, former: Announcement, setting: Setting): Promise<void> {
  if (former.stage !== "asked") return;
  const asked = { kind: "announcement-asked", announcementId: former.id, version: former.version } as const;
  await editSent(tx, asked, asked, setting);
}

async function storeVersion(
  tx: Tx,
  author: Person,
  { now }: Setting,
  { id, version, content }: { id: number; version: number; content: AnnouncementContent },
): Promise<void> {
  const row = { ...content, version, authorId: author.id, contentHash: contentHashOf(content) };
  await insertVersion(tx, id, row, now);
  await writeJournal(tx, {
    at: now,
    actorId: author.id,
    event: "announcement-written",
    subject: { kind: "announcement", id },
    details: {
      version,
      kind: content.kind,
      offices: content.officeIds?.length ?? null,
      ticketId: content.ticketId,
      contentHash: row.contentHash,
    },
  });
}

async function changedPart(
  tx: Tx,
  setting: Setting,
  { part, answers, officeIds }: { part: AnnouncementPart; answers: Answers; officeIds: number[] | null },
): Promise<Outcome<Partial<AnnouncementContent>>> {
  if (part === "audience") {
    return officeIds?.length === 0 ? refuse("answer-missing", { field: "audience" }) : accept({ officeIds });
  }
  const read = await readContent(tx, setting, answers, [announcementFields[part]]);
  if (!read.ok) return read;
  if (part === "until") return accept({ inForceUntil: read.value.inForceUntil ?? null });
  return accept(part === "ticket" ? { ticketId: read.value.ticketId ?? null } : read.value);
}

type Read = Partial<Omit<AnnouncementContent, "officeIds">>;

/** The answers of these fields, checked; what was skipped is absent. */
async function readContent(
  tx: Tx,
  { now, rules }: Setting,
  entered: Answers,
  fields: readonly (typeof announcementFields)[keyof typeof announcementFields][],
): Promise<Outcome<Read>> {
  const parsed = parseAnswers(fields, entered, { now, zone: rules.zone });
  if (!parsed.ok) return parsed;
  const { kind, title, text, until, ticket } = parsed.value;
  const ticketId = ticket === undefined ? undefined : parseTicketNumber(ticket);
  const isKnown = ticketId !== undefined && (await findTicket(tx, ticketId)) !== undefined;
  if (ticket !== undefined && !isKnown) return refuse("announcement-ticket-unknown", { field: "ticket" });
  return accept({
    ...(kind === undefined ? {} : { kind: kind as AnnouncementContent["kind"] }),
    ...(title === undefined ? {} : { title }),
    ...(text === undefined ? {} : { text }),
    ...(until === undefined ? {} : { inForceUntil: endOfDay(until, rules.zone) }),
    ...(ticketId === undefined ? {} : { ticketId }),
  });
}

function optionalParts({ inForceUntil = null, ticketId = null }: Read) {
  return { inForceUntil, ticketId };
}
