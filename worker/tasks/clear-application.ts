import { recordCleared, recordClearingFailure } from "../../core/actions/hosting/clear-application.ts";
import { describeFault } from "../../core/db/fault.ts";
import { findApplicationOfTicket } from "../../core/db/hosting/applications.ts";
import { findLatestPlan } from "../../core/db/hosting/stack-plans.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { FailedWork } from "../../core/domain/hosting/hosting-failure.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { withRoutes } from "../hosting/carry-out.ts";
import { followedHosts } from "../hosting/follow-hosts.ts";
import { whileHolding } from "../hosting/hold-stack.ts";
import { HostFailed } from "../hosting/hosts.ts";
import { orTold } from "../hosting/or-told.ts";
import { ownImages } from "../hosting/own-images.ts";
import { refuseIsolated } from "../hosting/publish.ts";
import { storeLog } from "../hosting/store-log.ts";
import { giveRoutes } from "../hosting/target-routes.ts";
import { openUpdateLog, type UpdateLog } from "../hosting/update-log.ts";
import type { HostingOptions } from "./plan-application.ts";

type ClearOptions = HostingOptions & { printed: UpdateLog };

/**
 * Removes what a first build that did not come to its end has left on its host: routes, containers, network, images, and volumes,
 * which hold nothing that anybody needs yet. What fails is told; a throw makes the queue try again. It can be done again.
 */
export async function clearApplication(
  { ticketId }: { ticketId: number },
  options: HostingOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, setting, log, pausesMs } = options;
  const printed = openUpdateLog();
  const followed = { ...options, hosts: followedHosts(options.hosts, ticketId, printed, options), printed };
  const work = async () => {
    const ticket = await findTicket(db, ticketId);
    const application = await findApplicationOfTicket(db, ticketId);
    if (ticket?.state !== "clearing-application" || application === undefined) return;
    await refuseIsolated(application, { db });
    await whileHolding(db, application.stack, signal, (held) => clear(application, followed, held));
    const kept = await storeLog(followed);
    await db.transaction().execute((tx) => recordCleared(tx, setting(new Date()), { ticketId, log: kept }));
  };
  const tell = (failed: FailedWork) => giveUp(ticketId, failed, followed);
  await orTold(work, { log, ticketId, doing: "removing what was half built", tell, signal, pausesMs });
}

/** Every try failed. */
export function giveUpClearing({ ticketId }: { ticketId: number }, options: HostingOptions): Promise<void> {
  return giveUp(ticketId, { why: "not-finished" }, { ...options, printed: openUpdateLog() });
}

async function giveUp(ticketId: number, failed: FailedWork, options: ClearOptions): Promise<void> {
  const { db, setting } = options;
  const log = await storeLog(options);
  await db.transaction().execute((tx) => recordClearingFailure(tx, setting(new Date()), { ticketId, ...failed, log }));
}

async function clear(application: Application, options: ClearOptions, signal: AbortSignal): Promise<void> {
  const { db, setting, hosts } = options;
  const { stack, ticketId } = application;
  const plan = await findLatestPlan(db, { stack, ticketId });
  if (plan === undefined) throw new Error(`clearing stack ${stack}: it was never planned`);
  const { hosting } = setting(new Date()).rules;
  const target = hosting?.targets.find(({ name }) => name === application.target);
  if (hosting === undefined || target === undefined) {
    throw new HostFailed("profile-changed", `clearing ${stack}: its target is gone`);
  }
  await takeRoutesOff(application, target, options, signal);
  // Somebody may isolate it at any time, and then its containers are evidence.
  await refuseIsolated(application, { db });
  await hosts.recover(stack, plan.input, signal);
  await refuseIsolated(application, { db });
  await hosts.remove(stack, await ownImages(application.id, { db, hosting }), signal);
  signal.throwIfAborted();
}

/** A proxy that is not there has no routes, and one that does not answer is given them all some minutes later. */
async function takeRoutesOff(
  application: Application,
  target: HostingTarget,
  { db, hosts, log }: ClearOptions,
  signal: AbortSignal,
): Promise<void> {
  const takeOff = (held: AbortSignal) => giveRoutes(target, { db, hosts, signal: held }, { application, own: [] });
  try {
    await withRoutes(application, { db, signal }, takeOff);
  } catch (fault) {
    if (!(fault instanceof HostFailed)) throw fault;
    log.warn({ stack: application.stack, fault: describeFault(fault) }, "taking routes off the proxy failed");
  }
}
