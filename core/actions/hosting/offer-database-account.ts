import { markOffered } from "../../db/hosting/application-databases.ts";
import { findApplication, findApplicationOfTicket, lockApplication } from "../../db/hosting/applications.ts";
import { findAccess, lockAccess } from "../../db/hosting/vendor-accesses.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { findPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { findTicket, lockTicket } from "../../db/ticket/tickets.ts";
import type { Application } from "../../domain/hosting/application.ts";
import {
  type AccountProblem,
  hasDatabaseAccount,
  hasVendorAccount,
  refusalOfOfferingAccount,
  refusalOfOfferingVendorAccount,
} from "../../domain/hosting/database-account.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { speaksForRequester } from "../../domain/ticket/ticket.ts";
import { tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { offerSecret, withdrawSecrets } from "./one-time-secret.ts";

/** The page waits over a weekend. Source: office practice */
const openForHours = 72;

/** An application is its office's from now on: who asked for it is offered what its database is opened by, if it has one. */
export async function beginHandingOver(tx: Tx, { tasks }: Setting, { ticketId }: { ticketId: number }): Promise<void> {
  const application = await findApplicationOfTicket(tx, ticketId);
  if (application?.secrets?.isFilled !== true) return;
  await tasks.enqueue(tx, "offer-database-account", { applicationId: application.id });
}

/** Whose account it is. @property accessId of a vendor, by that access; absent: the application's own */
export type AccountOwner = { applicationId: number; accessId?: number | undefined };

/** The data center has it offered again, such as when the page was never opened. */
export async function askToOfferAccount(
  tx: Tx,
  person: Person,
  setting: Setting,
  { applicationId, accessId }: AccountOwner,
): Promise<Outcome> {
  const application = await lockApplication(tx, applicationId);
  const mayOffer =
    accessId === undefined
      ? refusalOfOfferingAccount(person, application)
      : refusalOfOfferingVendorAccount(person, await lockAccess(tx, accessId));
  if (!mayOffer.ok) return mayOffer;
  if (setting.pagesUrl === undefined) return refuse("no-account-pages");
  const owner = { applicationId, ...(accessId === undefined ? {} : { accessId }) };
  await setting.tasks.enqueue(tx, "offer-database-account", owner);
  await record(tx, setting, "database-account-asked", { ...owner, personId: person.id }, {});
  return accept();
}

/**
 * Offers it by a page that opens once, to who asked for the application, or for the access, and nobody else; its office's system
 * officers are not asked in their place. The data center is told where that cannot be.
 *
 * @param account as `accountText` or `vendorAccountText` has it
 */
export async function offerDatabaseAccount(
  tx: Tx,
  setting: Setting,
  { account, ...owner }: AccountOwner & { account: string },
): Promise<void> {
  const found = await lockAccount(tx, owner);
  if (found === undefined) return;
  const { application, ticketId, accessId } = found;
  if (application.state === "isolated") return notOffered(tx, setting, owner, "isolated");
  if (!found.isThere) return;
  const requester = await findRequester(tx, ticketId);
  if (requester === undefined) return notOffered(tx, setting, owner, "requester-gone");
  const server = setting.rules.hosting?.databases.find(({ name }) => name === application.database);
  const of = `${server?.title ?? application.database} · ${application.revision.domainName}`;
  const title = accessId === undefined ? of : `${of} · vendor`;
  await withdrawSecrets(tx, setting, { personId: requester.id, title });
  const offer = { personId: requester.id, title, secret: account, hours: openForHours };
  const offered = await offerSecret(tx, setting, offer);
  if (!offered.ok) {
    return notOffered(tx, setting, owner, offered.refusal.code === "not-linked" ? "not-linked" : "no-pages");
  }
  if (accessId === undefined) await markOffered(tx, application.id, setting.now);
  const details = { secretId: offered.value, toPersonId: requester.id };
  await record(tx, setting, "database-account-offered", { ...owner, personId: null }, details);
}

/** What it is opened by could not be read. */
export async function recordAccountFailure(
  tx: Tx,
  setting: Setting,
  { problem, ...owner }: AccountOwner & { problem: AccountProblem },
): Promise<void> {
  if ((await lockAccount(tx, owner)) !== undefined) await notOffered(tx, setting, owner, problem);
}

/** @property ticketId that asked for it @property isThere whether anybody gets in by it */
type Account = { application: Application; ticketId: number; accessId: number | undefined; isThere: boolean };

async function lockAccount(tx: Tx, { applicationId, accessId }: AccountOwner): Promise<Account | undefined> {
  const seen = accessId === undefined ? await findApplication(tx, applicationId) : await findAccess(tx, accessId);
  if (seen === undefined) return undefined;
  await lockTicket(tx, seen.ticketId);
  const application = await lockApplication(tx, applicationId);
  const access = accessId === undefined ? undefined : await lockAccess(tx, accessId);
  if (application === undefined) return undefined;
  const isThere = access === undefined ? hasDatabaseAccount(application) : hasVendorAccount(access);
  return { application, ticketId: seen.ticketId, accessId, isThere };
}

/** undefined: they have left their office. */
async function findRequester(tx: Tx, ticketId: number): Promise<Person | undefined> {
  const ticket = await findTicket(tx, ticketId);
  const requester = ticket && (await findPerson(tx, ticket.requesterId));
  return requester && ticket && speaksForRequester(requester, ticket) ? requester : undefined;
}

async function notOffered(tx: Tx, setting: Setting, owner: AccountOwner, problem: AccountProblem): Promise<void> {
  await record(tx, setting, "database-account-not-offered", { ...owner, personId: null }, { problem });
  await tellRole(tx, "data-center", { kind: "account-not-offered", ...owner, problem }, setting);
}

/** @param by.personId null: a machine */
function record(
  tx: Tx,
  { now }: Setting,
  event: string,
  { applicationId, accessId, personId }: AccountOwner & { personId: number | null },
  details: Record<string, string | number>,
): Promise<void> {
  return writeJournal(tx, {
    at: now,
    actorId: personId,
    ...(personId === null ? { onBehalfOf: "data-center" as const } : {}),
    event,
    subject: { kind: "application", id: applicationId },
    details: { ...(accessId === undefined ? {} : { accessId }), ...details },
  });
}
