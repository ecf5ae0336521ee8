import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import {
  recordAccessSecrets,
  recordImage,
  recordPlan,
  recordPlanFailure,
} from "../../core/actions/hosting/plan-application.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findWanted } from "../../core/db/hosting/wanted.ts";
import type { Db } from "../../core/db/tables.ts";
import { findAttachment } from "../../core/db/ticket/attachments.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import type { Application, DatabaseSecrets } from "../../core/domain/hosting/application.ts";
import type { FailedWork, HostingFailure } from "../../core/domain/hosting/hosting-failure.ts";
import type { HostingDatabase, HostingRules, HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { madeImageOf } from "../../core/domain/hosting/made-image.ts";
import { databaseUrl, renderFilling } from "../../core/domain/hosting/render-database.ts";
import { isOfDatabase, type VendorAccess } from "../../core/domain/hosting/vendor-access.ts";
import { renderWanted, type Wanted, wantedApplication } from "../../core/domain/hosting/wanted.ts";
import { followedHosts } from "../hosting/follow-hosts.ts";
import { whileHolding } from "../hosting/hold-stack.ts";
import { drawHostKey } from "../hosting/host-key.ts";
import { HostFailed, type Hosts } from "../hosting/hosts.ts";
import { orTold } from "../hosting/or-told.ts";
import { refuseIsolated } from "../hosting/publish.ts";
import { openUpdateLog } from "../hosting/update-log.ts";

const passwordBytes = 24;

export type HostingOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Files lie here under their hash. */
  filesFolder: string;
  hosts: Hosts;
  /** Before each further try where something on a host mostly passes; absent: for less than a minute. */
  pausesMs?: readonly number[];
  log: Logger;
};

/**
 * Puts the image of what a ticket asks for onto its host and has it previewed. What a host refuses is told; a throw makes the queue try
 * again.
 */
export async function planApplication(
  { ticketId }: { ticketId: number },
  options: HostingOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, log, pausesMs } = options;
  // A preview prints what would be done, which is the plan itself.
  const followed = { ...options, hosts: followedHosts(options.hosts, ticketId, openUpdateLog(), options) };
  const work = async () => {
    const wanted = await findPlanned(db, ticketId);
    if (wanted === undefined) return;
    await whileHolding(db, wanted.stack, signal, (held) => plan(wanted, { ...followed, signal: held }));
  };
  const tell = (failed: FailedWork) => giveUp(ticketId, failed, options);
  await orTold(work, { log, ticketId, doing: "planning an application", tell, signal, pausesMs });
}

/** Every try failed. */
export function giveUpPlan({ ticketId }: { ticketId: number }, options: HostingOptions): Promise<void> {
  return giveUp(ticketId, { why: "not-finished" }, options);
}

async function giveUp(
  ticketId: number,
  failed: FailedWork,
  { db, setting }: Pick<HostingOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordPlanFailure(tx, setting(new Date()), { ticketId, ...failed }));
}

/** Nothing where the ticket has gone on without the machine. */
async function findPlanned(db: Db, ticketId: number): Promise<Wanted | undefined> {
  const ticket = await findTicket(db, ticketId);
  return ticket?.state === "planning-application" ? findWanted(db, ticketId) : undefined;
}

/** @property signal of who holds the stack */
type PlanOptions = HostingOptions & { signal: AbortSignal };

async function plan(wanted: Wanted, options: PlanOptions): Promise<void> {
  const { db, setting, hosts, signal } = options;
  const { stack, ticketId } = wanted;
  const { hosting } = setting(new Date()).rules;
  const target = hosting?.targets.find(({ name }) => name === wanted.target);
  if (hosting === undefined || target === undefined) throw gone(stack, "profile-changed", "its target is gone");
  const ready = await putImage(wanted, target, hosting, options);
  const input = renderWanted(ready, hosting);
  if (input === undefined) throw gone(stack, "profile-changed", "its runtime or size is gone");
  // Of what was begun and did not end, the rest is in the way.
  if (wanted.begunPlanId !== null) {
    if (wanted.application !== undefined) await refuseIsolated(wanted.application, options);
    await hosts.recover(stack, input, signal);
  }
  const look = wanted.application?.revision.change === "purge" ? hosts.previewRemoval : hosts.preview;
  const previewed = await look(stack, input, signal);
  const isHostPrepared = await hosts.isPrepared(target);
  signal.throwIfAborted();
  const revision = ready.application?.revision;
  const made = { ...previewed, input, imageId: revision?.imageId ?? null, isHostPrepared };
  const which = { ticketId, stack, revisionId: revision?.id };
  await db.transaction().execute((tx) => recordPlan(tx, setting(new Date()), { ...which, plan: made }));
}

/** @returns what is wanted, with its image, which is on its target now */
async function putImage(
  wanted: Wanted,
  target: HostingTarget,
  hosting: HostingRules,
  options: PlanOptions,
): Promise<Wanted> {
  const { application } = wanted;
  if (application !== undefined) {
    // Nobody approves what could not be opened: the proxy is planned first.
    if (application.standingId === null) await options.hosts.needProxy(target);
    return wantedApplication(await putImages(application, target, hosting, options));
  }
  await options.hosts.needImage(target, target.proxy.image, options.signal);
  return wanted;
}

/** @returns it, with what its stack needs to be written: its image, and its database's secrets */
async function putImages(
  application: Application,
  target: HostingTarget,
  hosting: HostingRules,
  options: PlanOptions,
): Promise<Application> {
  const { db, setting, hosts, signal } = options;
  const { ticketId, id: revisionId, imageId: former, isRunning } = application.revision;
  if (!isRunning) return application;
  const isThere = former !== null && (await hasImage(former, target, options));
  const imageId = isThere ? former : await putWebImage(application, target, hosting, options);
  const database = hosting.databases.find(({ name }) => name === application.database);
  if (database !== undefined) await hosts.needImage(target, database.image, signal);
  const secrets = database === undefined ? null : await secretsOf(application, database, hosts);
  if (renderFilling({ ...application, secrets }) === undefined) {
    throw gone(application.stack, "dump-unreadable", "its dump is gone");
  }
  signal.throwIfAborted();
  const ready = { ticketId, revisionId, imageId, secrets };
  await db.transaction().execute((tx) => recordImage(tx, setting(new Date()), ready));
  const access = await putAccess(application, target, hosting, options);
  return { ...application, secrets, access, revision: { ...application.revision, imageId } };
}

/** People may have removed it, since it has no name on the host: then it is made anew of its file. */
async function hasImage(
  image: string,
  target: HostingTarget,
  { hosts, signal }: Pick<PlanOptions, "hosts" | "signal">,
): Promise<boolean> {
  try {
    await hosts.needImage(target, image, signal);
    return true;
  } catch (fault) {
    if (fault instanceof HostFailed && fault.why === "image-missing") return false;
    throw fault;
  }
}

/** @returns the access that it has or is to have, whose server has a key now, and whose account a password */
async function putAccess(
  { stack, access, revision }: Application,
  target: HostingTarget,
  hosting: HostingRules,
  { db, setting, hosts, signal }: PlanOptions,
): Promise<VendorAccess | null> {
  if (access === null) {
    if (revision.change === "access") throw gone(stack, "access-over", "the access that was asked for has ended");
    return null;
  }
  if (hosting.access === undefined) throw gone(stack, "profile-changed", "there is no access any more");
  await hosts.needImage(target, hosting.access.image, signal);
  if (access.hostKey !== null) return access;
  const { pem, fingerprint } = drawHostKey();
  const accountPassword = isOfDatabase(access.kind) ? await hosts.seal(drawPassword()) : null;
  const secrets = { hostKey: await hosts.seal(pem), fingerprint, accountPassword };
  const which = { ticketId: revision.ticketId, accessId: access.id };
  const kept = await db
    .transaction()
    .execute((tx) => recordAccessSecrets(tx, setting(new Date()), { ...which, secrets }));
  if (!kept.ok) throw gone(stack, "access-over", "the access ended while it was planned");
  return { ...access, ...secrets };
}

/** @returns the ID of the image that was handed in, or was made of the archive that was */
async function putWebImage(
  { stack, runtime: wanted, revision }: Application,
  target: HostingTarget,
  { runtimes }: HostingRules,
  { db, filesFolder, hosts, signal }: PlanOptions,
): Promise<string> {
  const runtime = runtimes.find(({ name }) => name === wanted);
  const file = await findAttachment(db, revision.attachmentId);
  if (runtime === undefined) throw gone(stack, "profile-changed", "its runtime is gone");
  if (file === undefined || file.sha256 === null) throw gone(stack, "image-missing", "its file is gone");
  const { sha256 } = file;
  const path = join(filesFolder, sha256);
  const made = madeImageOf(runtime);
  if (made === undefined) return hosts.loadImage(target, path, signal);
  await hosts.needImage(target, made.base, signal);
  return hosts.makeImage(target, made, { path, sha256 }, signal);
}

/** Drawn once: what stands is opened by those that it was made with. */
async function secretsOf(
  { stack, secrets, databaseAddress }: Application,
  { engine }: HostingDatabase,
  hosts: Hosts,
): Promise<DatabaseSecrets> {
  if (secrets !== null) return secrets;
  if (databaseAddress === null) throw new Error(`planning stack ${stack}: its database has no address`);
  const [adminPassword, password] = [drawPassword(), drawPassword()];
  const url = databaseUrl({ stack, databaseAddress }, engine, password);
  return {
    adminPassword: await hosts.seal(adminPassword),
    password: await hosts.seal(password),
    url: await hosts.seal(url),
    isFilled: false,
  };
}

/** Of letters, digits, "-" and "_". */
function drawPassword(): string {
  return randomBytes(passwordBytes).toString("base64url");
}

function gone(stack: string, why: HostingFailure, what: string): HostFailed {
  return new HostFailed(why, `planning stack ${stack}: ${what}`);
}
