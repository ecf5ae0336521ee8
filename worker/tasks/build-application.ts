import {
  beginBuilding,
  recordBuildFailure,
  recordBuilt,
  recordOutdated,
} from "../../core/actions/hosting/build-application.ts";
import type { MachineLog } from "../../core/actions/hosting/keep-machine-log.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findRevision } from "../../core/db/hosting/application-revisions.ts";
import { findLatestPlan } from "../../core/db/hosting/stack-plans.ts";
import { findAccess } from "../../core/db/hosting/vendor-accesses.ts";
import { findWanted } from "../../core/db/hosting/wanted.ts";
import type { Db, Tx } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import type { StackPlan } from "../../core/domain/hosting/application.ts";
import type { FailedWork, HostingFailure } from "../../core/domain/hosting/hosting-failure.ts";
import type { HostingRules } from "../../core/domain/hosting/hosting-rules.ts";
import { refusalOfPlan } from "../../core/domain/hosting/plan-rules.ts";
import type { Seen } from "../../core/domain/hosting/seen.ts";
import { withoutAccess } from "../../core/domain/hosting/vendor-access.ts";
import type { Wanted } from "../../core/domain/hosting/wanted.ts";
import { type Refusal, refuse } from "../../core/domain/outcome.ts";
import { carryOut, carryOutPlatform } from "../hosting/carry-out.ts";
import { fillDatabase } from "../hosting/database-of-application.ts";
import { followedHosts } from "../hosting/follow-hosts.ts";
import { whileHolding } from "../hosting/hold-stack.ts";
import { HostFailed, type Hosts } from "../hosting/hosts.ts";
import { orTold } from "../hosting/or-told.ts";
import { refuseIsolated } from "../hosting/publish.ts";
import { storeLog } from "../hosting/store-log.ts";
import { openUpdateLog, type UpdateLog } from "../hosting/update-log.ts";
import type { HostingOptions } from "./plan-application.ts";

/**
 * Builds what was approved, and nothing else: it is previewed once more right before. What fails is told, and can be gone on
 * with; a throw makes the queue try again.
 */
export async function buildApplication(
  { ticketId }: { ticketId: number },
  options: HostingOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, log, pausesMs } = options;
  const printed = openUpdateLog();
  const followed = { ...options, hosts: followedHosts(options.hosts, ticketId, printed, options), printed };
  const work = async () => {
    const approved = await findApproved(db, ticketId);
    if (approved === undefined) return;
    await whileHolding(db, approved.wanted.stack, signal, (held) => build(approved, followed, held));
  };
  const tell = (failed: FailedWork) => giveUp(ticketId, failed, followed);
  await orTold(work, { log, ticketId, doing: "building an application", tell, signal, pausesMs });
}

/** Nothing where the ticket has gone on without the machine. */
async function findApproved(db: Db, ticketId: number): Promise<Approved | undefined> {
  const ticket = await findTicket(db, ticketId);
  const wanted = await findWanted(db, ticketId);
  const plan = wanted && (await findLatestPlan(db, wanted));
  if (ticket?.state !== "building-application" || wanted === undefined || plan === undefined) return undefined;
  return { wanted, plan };
}

/** Every try failed. What they printed went with them. */
export function giveUpBuild({ ticketId }: { ticketId: number }, options: HostingOptions): Promise<void> {
  return giveUp(ticketId, { why: "not-finished" }, { ...options, printed: openUpdateLog() });
}

/** @property printed what has been printed since the task began */
type BuildOptions = HostingOptions & { printed: UpdateLog };

async function giveUp(ticketId: number, failed: FailedWork, options: BuildOptions): Promise<void> {
  const { db, setting } = options;
  const log = await storeLog(options);
  await db.transaction().execute((tx) => recordBuildFailure(tx, setting(new Date()), { ticketId, ...failed, log }));
}

type Approved = { wanted: Wanted; plan: StackPlan };

async function build({ wanted, plan }: Approved, options: BuildOptions, signal: AbortSignal): Promise<void> {
  const { db, setting, hosts } = options;
  const { stack, ticketId, application } = wanted;
  const { hosting } = setting(new Date()).rules;
  if (hosting === undefined) return outdated(ticketId, refuse("plan-changed").refusal, options);
  const mayBuild = refusalOfPlan(plan, wanted, { now: new Date(), hosting });
  if (!mayBuild.ok) return outdated(ticketId, mayBuild.refusal, options);
  if (application !== undefined) await refuseIsolated(application, { db });
  const purges = application?.revision.change === "purge";
  if (wanted.begunPlanId !== null) await hosts.recover(stack, plan.input, signal);
  const look = purges ? hosts.previewRemoval : hosts.preview;
  const previewed = await look(stack, plan.input, signal);
  signal.throwIfAborted();
  const begin = { ticketId, planId: plan.id, previewed };
  const begun = await db.transaction().execute((tx) => beginBuilding(tx, setting(new Date()), begin));
  if (!begun.ok) return notBegun(ticketId, begun.refusal, options);
  const record = async (held: AbortSignal, seen?: Seen) => {
    const log = await storeLog(options);
    held.throwIfAborted();
    await db.transaction().execute((tx) => recordOrFail(tx, setting(new Date()), { wanted, seen, log }));
  };
  const { input } = plan;
  const carrying = { db, setting, hosts: shuttingEnded(wanted, hosting, options), signal, record };
  if (application === undefined) return carryOutPlatform({ ...wanted, hosting, input }, carrying);
  await fillDatabase(application, hosting, options, signal);
  const { standingId } = application;
  const standing = standingId === null ? undefined : await findRevision(db, standingId);
  await carryOut({ application, standing, hosting, input }, carrying);
}

/** What builds a stack anew may bring the container of an access that ended meanwhile: whoever gets in by that is out again. */
function shuttingEnded({ application, target: name }: Wanted, { targets }: HostingRules, options: BuildOptions): Hosts {
  const { db, hosts } = options;
  const target = targets.find((each) => each.name === name);
  const access = application?.access ?? undefined;
  if (access === undefined || target === undefined) return hosts;
  return {
    ...hosts,
    update: async (stack, input, ...rest) => {
      await hosts.update(stack, input, ...rest);
      const hasEnded = (await findAccess(db, access.id))?.endedAt !== null;
      if (hasEnded && withoutAccess(input) !== undefined) await hosts.shutAccess(target, stack);
    },
  };
}

/** By why the actions refuse it. A former name is not given back while something hangs on it. */
const whyNotRecorded: Record<string, HostingFailure> = {
  "application-isolated": "isolated",
  "domain-address-reserved": "proxy-address-reserved",
  "domain-is-name-server": "former-name-needed",
  "domain-receives-mail": "former-name-needed",
  "domain-has-below": "former-name-needed",
  "domain-has-records": "former-name-needed",
};

/** A refusal takes all of it back, and is told: the ticket would wait for ever. */
async function recordOrFail(
  tx: Tx,
  setting: Setting,
  { wanted, seen, log }: { wanted: Wanted; seen: Seen | undefined; log: MachineLog | undefined },
): Promise<void> {
  const { stack, ticketId } = wanted;
  const recorded = await recordBuilt(tx, setting, { ticketId, seen, log });
  if (recorded.ok || recorded.refusal.code === "no-such-application") return;
  const why = whyNotRecorded[recorded.refusal.code] ?? "other";
  throw new HostFailed(why, `recording stack ${stack} as built: ${recorded.refusal.code}`);
}

/** Nothing was changed: it waits where all updates are stopped, and is shown anew where it is not what was approved. */
async function notBegun(ticketId: number, refusal: Refusal, options: BuildOptions): Promise<void> {
  const { code } = refusal;
  if (code === "no-such-application") return;
  const isStopped = code === "approvals-frozen" || code === "freeze-unreadable";
  return isStopped ? giveUp(ticketId, { why: "approvals-frozen" }, options) : outdated(ticketId, refusal, options);
}

async function outdated(
  ticketId: number,
  refusal: Refusal,
  { db, setting }: Pick<HostingOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordOutdated(tx, setting(new Date()), { ticketId, refusal }));
}
