import { findApplication, lockApplication } from "../../db/hosting/applications.ts";
import {
  findAccess,
  listOverdue,
  listToClose,
  lockAccess,
  markAccountDropped,
  markClosed,
  markEnded,
  markGranted,
  markShut,
  markTrouble,
} from "../../db/hosting/vendor-accesses.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { findTicket, lockTicket } from "../../db/ticket/tickets.ts";
import type { Application } from "../../domain/hosting/application.ts";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import { type AccessEnd, isOfDatabase, type VendorAccess } from "../../domain/hosting/vendor-access.ts";
import { refusalOfOperating } from "../../domain/hosting/watch-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Notice } from "../notice.ts";
import { tell, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";

/** It stands from now on, and whose application it is reads how the vendor gets in; an account in a database is offered to them. */
export async function grantAccess(
  tx: Tx,
  setting: Setting,
  { id: applicationId, access, revision }: Pick<Application, "id" | "access" | "revision">,
): Promise<void> {
  if (access === null || revision.change !== "access") return;
  // Its time may have ended it meanwhile.
  if (!(await markGranted(tx, access.id, setting.now))) return;
  await record(tx, setting, { ...access, applicationId }, "access-granted");
  const accessId = access.id;
  await tellRequester(tx, setting, access, { kind: "access-granted", accessId });
  if (isOfDatabase(access.kind)) await setting.tasks.enqueue(tx, "offer-database-account", { applicationId, accessId });
}

/** Whoever operates the hosts takes an access away at once; taking away needs nobody's approval. */
export async function revokeAccess(
  tx: Tx,
  person: Person,
  setting: Setting,
  { accessId }: { accessId: number },
): Promise<Outcome> {
  const mayOperate = refusalOfOperating(person);
  if (!mayOperate.ok) return mayOperate;
  const seen = await findAccess(tx, accessId);
  if (seen === undefined) return refuse("no-such-access");
  await lockTicket(tx, seen.ticketId);
  await lockApplication(tx, seen.applicationId);
  const access = await lockAccess(tx, accessId);
  if (access === undefined || access.endedAt !== null) return refuse("access-ended-already");
  await end(tx, setting, access, { because: "revoked", personId: person.id });
  return accept();
}

/** It was only planned, and nothing of it stands anywhere. */
export async function dropAccess(tx: Tx, setting: Setting, { access }: Pick<Application, "access">): Promise<void> {
  if (access === null) return;
  const { now } = setting;
  await markEnded(tx, access.id, { because: "given-up", personId: null, now });
  await markShut(tx, access.id, now);
  await markClosed(tx, access.id, now);
  await record(tx, setting, access, "access-ended", { because: "given-up" });
}

/** With its application, which is stopped, deleted or isolated, or with the change by which it was to come. */
export async function endAccessOf(
  tx: Tx,
  setting: Setting,
  { access }: Pick<Application, "access">,
  because: AccessEnd,
): Promise<void> {
  if (access !== null) await end(tx, setting, access, { because, personId: null });
}

async function end(
  tx: Tx,
  setting: Setting,
  access: VendorAccess,
  { because, personId }: { because: AccessEnd; personId: number | null },
): Promise<void> {
  const { id: accessId } = access;
  if (!(await markEnded(tx, accessId, { because, personId, now: setting.now }))) return;
  await setting.tasks.enqueue(tx, "close-access", { accessId }, { isUrgent: true });
  await record(tx, setting, access, "access-ended", { because }, personId);
}

/** So many minutes lie between the tries to take out of its stack what lets nobody in any more. source: office practice */
const takeOutEachMinutes = 10;

/** Each minute: whose time is over ends, and what ended is shut, as often as it takes. */
export async function keepAccesses(tx: Tx, setting: Setting): Promise<void> {
  for (const id of await listOverdue(tx, setting.now)) {
    const access = await lockAccess(tx, id);
    if (access?.endedAt !== null) continue;
    await markEnded(tx, id, { because: "over", personId: null, now: setting.now });
    await record(tx, setting, access, "access-ended", { because: "over" });
  }
  const isForAll = setting.now.getUTCMinutes() % takeOutEachMinutes === 0;
  for (const accessId of await listToClose(tx, { isForAll }))
    await setting.tasks.enqueue(tx, "close-access", { accessId });
}

/** Nobody gets in any more: its office and the data center are told, if it ever stood. */
export async function recordShut(tx: Tx, setting: Setting, { accessId }: { accessId: number }): Promise<void> {
  const access = await lockAccess(tx, accessId);
  if (access === undefined || access.endedAt === null || access.shutAt !== null) return;
  await markShut(tx, accessId, setting.now);
  await record(tx, setting, access, "access-shut");
  if (access.grantedAt === null) return;
  const notice = { kind: "access-ended", accessId } as const;
  await tellRequester(tx, setting, access, notice);
  await tellRole(tx, "data-center", notice, setting);
}

/** Its account in the database is none any more, and nobody is in by it. */
export async function recordAccountDropped(
  tx: Tx,
  setting: Setting,
  { accessId }: { accessId: number },
): Promise<void> {
  const access = await lockAccess(tx, accessId);
  if (access === undefined || access.accountPassword === null) return;
  await markAccountDropped(tx, accessId);
  await record(tx, setting, access, "access-account-dropped");
}

/** The data center is told once of what hinders it; it is tried again each minute. */
export async function recordShutTrouble(
  tx: Tx,
  setting: Setting,
  { accessId, trouble }: { accessId: number; trouble: HostingFailure },
): Promise<void> {
  const access = await lockAccess(tx, accessId);
  if (access === undefined || access.trouble === trouble) return;
  await markTrouble(tx, accessId, trouble);
  await record(tx, setting, access, "access-trouble", { trouble });
  await tellRole(tx, "data-center", { kind: "access-trouble", accessId }, setting);
}

/** Nothing of it stands any more. */
export async function recordClosed(tx: Tx, setting: Setting, { accessId }: { accessId: number }): Promise<void> {
  const access = await lockAccess(tx, accessId);
  if (access === undefined || access.shutAt === null || access.closedAt !== null) return;
  await markClosed(tx, accessId, setting.now);
  await record(tx, setting, access, "access-closed");
}

async function tellRequester(
  tx: Tx,
  setting: Setting,
  { ticketId }: Pick<VendorAccess, "ticketId">,
  notice: Notice,
): Promise<void> {
  const ticket = await findTicket(tx, ticketId);
  if (ticket !== undefined) await tell(tx, [ticket.requesterId], notice, setting);
}

/** @param personId null: a machine, or the clock */
async function record(
  tx: Tx,
  { now }: Setting,
  { id: accessId, applicationId, ticketId }: Pick<VendorAccess, "id" | "applicationId" | "ticketId">,
  event: string,
  details: Record<string, string | number | null> = {},
  personId: number | null = null,
): Promise<void> {
  const application = await findApplication(tx, applicationId);
  await writeJournal(tx, {
    at: now,
    actorId: personId,
    ...(personId === null ? { onBehalfOf: "data-center" as const } : {}),
    event,
    subject: { kind: "application", id: applicationId },
    details: { stack: application?.stack ?? null, ticketId, accessId, ...details },
  });
}
