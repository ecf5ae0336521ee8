import { findOpenRevision, findRevision } from "../../db/hosting/application-revisions.ts";
import {
  insertRevision,
  lockApplication,
  lockApplicationOfTicket,
  updateRevision,
} from "../../db/hosting/applications.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { findNameNow } from "../../db/names/names.ts";
import { getPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { findAttachment } from "../../db/ticket/attachments.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Application } from "../../domain/hosting/application.ts";
import {
  type LaterChange,
  type NextRevision,
  nextRevision,
  revisionLike,
  type WantedChange,
} from "../../domain/hosting/change-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { freeReservedNames } from "../names/change-name.ts";
import { findReleasedWith } from "../names/find-released-names.ts";
import type { Setting } from "../setting.ts";
import type { Taking } from "../ticket/take-for-step.ts";
import { changeOf, findChangeable, readWanted } from "./check-change.ts";
import { chooseFile } from "./choose-file.ts";
import { endAccessOf } from "./end-access.ts";
import { reserveApplicationName } from "./reserve-application-name.ts";

/** What is asked for becomes the application's next revision, of which there is one at a time; another name is reserved. */
export async function takeChange(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { ticket } = taking;
  const change = changeOf(ticket.procedure, ticket.answers);
  if (change === undefined) throw new Error(`taking a change for ticket ${ticket.id}: it asks for none`);
  const requester = await getPerson(tx, ticket.requesterId);
  const asked = { change, answers: ticket.answers };
  const seen = await findChangeable(tx, setting, requester, asked);
  if (!seen.ok) return seen;
  await lockApplication(tx, seen.value.id);
  const found = await findChangeable(tx, setting, requester, asked);
  if (!found.ok) return found;
  const application = found.value;
  const wanted = await readWantedOf(tx, setting, application, change, taking);
  if (!wanted.ok) return wanted;
  const named = await reserveWanted(tx, setting, application, wanted.value, taking);
  if (!named.ok) return named;
  const next = nextRevision(application.revision, named.value);
  await keep(tx, setting, application, next, taking);
  return accept({ ...taking.answers, ...(await inWords(tx, setting, next)) });
}

async function readWantedOf(
  tx: Tx,
  setting: Setting,
  application: Application,
  change: LaterChange,
  { ticket: { id, answers } }: Taking,
): Promise<Outcome<WantedChange>> {
  if (change === "access") throw new Error(`taking a change for ticket ${id}: it asks for access`);
  if (change !== "version") return readWanted(tx, setting, application, { change, answers });
  const runtime = setting.rules.hosting?.runtimes.find(({ name }) => name === application.runtime);
  if (runtime === undefined) return refuse("hosting-off");
  const file = await chooseFile(tx, id, runtime);
  // What people have entered since is not loaded over.
  return file.ok ? accept({ change, attachmentId: file.value, dumpId: application.revision.dumpId }) : file;
}

/** The name in full, kept for it; and the former one can be given back afterwards. */
async function reserveWanted(
  tx: Tx,
  setting: Setting,
  { target: targetName, revision, officeId }: Application,
  wanted: WantedChange,
  { ticket, person }: Taking,
): Promise<Outcome<WantedChange>> {
  if (wanted.change !== "name") return accept(wanted);
  const target = setting.rules.hosting?.targets.find(({ name }) => name === targetName);
  if (target === undefined) return refuse("hosting-off");
  const former = await findNameNow(tx, revision.domainName);
  const released = former && (await findReleasedWith(tx, setting.rules, former));
  if (released?.ok === false) return released;
  const wish = { ticket, person, wish: wanted.domainName, officeId };
  const reserved = await reserveApplicationName(tx, setting, target, wish);
  return reserved.ok ? accept({ change: "name", domainName: reserved.value }) : reserved;
}

/** A change did not come to its end: what stood before it is wished for again, and approved again. */
export async function takeStanding(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { ticket, person, answers } = taking;
  const application = await lockApplicationOfTicket(tx, ticket.id);
  const open = application && (await findOpenRevision(tx, application.id));
  const { standingId = null } = application ?? {};
  const standing = standingId === null ? undefined : await findRevision(tx, standingId);
  if (application === undefined || open === undefined || standing === undefined) return refuse("no-such-application");
  await updateRevision(tx, open.id, { state: "given-up" }, setting.now);
  if (open.change === "access") await endAccessOf(tx, setting, application, "given-up");
  await freeReservedNames(tx, setting, ticket.id, person.id);
  const next = revisionLike(standing);
  await keep(tx, setting, application, next, taking);
  return accept({ ...answers, ...(await inWords(tx, setting, next)) });
}

async function keep(
  tx: Tx,
  { now }: Setting,
  { id, stack }: Application,
  next: NextRevision,
  { ticket, person }: Taking,
): Promise<void> {
  const revisionId = await insertRevision(tx, id, { ...next, ticketId: ticket.id, state: "planned" }, now);
  await writeJournal(tx, {
    at: now,
    actorId: person.id,
    event: "application-change-planned",
    subject: { kind: "application", id },
    details: { stack, ticketId: ticket.id, revisionId, change: next.change },
  });
}

/** What it will be like: the profile's sizes and its file may be others one day. */
async function inWords(tx: Tx, { rules }: Setting, next: NextRevision): Promise<Answers> {
  const size = rules.hosting?.sizes.find(({ name }) => name === next.size)?.title ?? next.size;
  const file = (await findAttachment(tx, next.attachmentId))?.name;
  return { "dns-name": next.domainName, size, ...(file && { "application-file": file }) };
}
