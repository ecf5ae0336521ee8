import type { Setting } from "../../core/actions/setting.ts";
import { findUnclosedAccess } from "../../core/db/hosting/vendor-accesses.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Application, Revision } from "../../core/domain/hosting/application.ts";
import { takesOver } from "../../core/domain/hosting/change-rules.ts";
import { type HostingRules, usualDrainSeconds } from "../../core/domain/hosting/hosting-rules.ts";
import { renderApplication } from "../../core/domain/hosting/render-stack.ts";
import type { Seen } from "../../core/domain/hosting/seen.ts";
import { askDatabase } from "./database-of-application.ts";
import { whileHolding } from "./hold-stack.ts";
import { holds } from "./holds.ts";
import { HostFailed, type Hosts } from "./hosts.ts";
import { ownImages } from "./own-images.ts";
import { load, notAsked, probe, publish, publishAll, refuseIsolated } from "./publish.ts";
import { routeOf } from "./target-routes.ts";
import { endVendorAccount, makeVendorAccount } from "./vendor-account.ts";

/** What was approved. @property input the file of its stack, in the end */
export type Approved = {
  application: Application;
  /** what stood before, if anything did */
  standing: Revision | undefined;
  hosting: HostingRules;
  input: string;
};

type CarryOutOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  hosts: Hosts;
  signal: AbortSignal;
  /**
   * Says that it is done, before another application's routes are made from what is known to be built.
   *
   * @param held by who did it, until now
   */
  record: (held: AbortSignal, seen?: Seen) => Promise<void>;
};

/**
 * Makes a host what was approved, in an order in which nobody who asks the proxy is turned away while something answers. All of it
 * can be done again from its beginning.
 *
 * @throws HostFailed
 */
export async function carryOut(approved: Approved, options: CarryOutOptions): Promise<void> {
  const { application, standing } = approved;
  const { revision } = application;
  if (revision.change === "purge") return purge(approved, options);
  if (!revision.isRunning) return standStill(approved, options);
  return takesOver(revision, standing) ? takeOver(approved, options) : begin(approved, options);
}

/** What all applications of a target share; it is asked for one of them, if there is one. */
export async function carryOutPlatform(
  { stack, target, hosting, input }: { stack: string; target: string; hosting: HostingRules; input: string },
  options: CarryOutOptions,
): Promise<void> {
  await options.hosts.update(stack, input, options.signal);
  await withRoutes({ target }, options, async (held) => {
    await publishAll({ target, hosting }, { ...options, signal: held });
    await options.record(held);
  });
}

/** The proxy has known nothing of it since it was deleted. What the profile names is others', too. */
async function purge(
  { application, hosting }: Approved,
  { db, hosts, signal, record }: CarryOutOptions,
): Promise<void> {
  await hosts.remove(application.stack, await ownImages(application.id, { db, hosting }), signal);
  await record(signal, notAsked);
}

/** No request comes any more when the containers go. */
async function standStill({ application, hosting, input }: Approved, options: CarryOutOptions): Promise<void> {
  const { hosts, signal, record } = options;
  const takeOff = (held: AbortSignal) => load({ application, hosting, own: [] }, { ...options, signal: held });
  await withRoutes(application, options, takeOff);
  await hosts.drain(drainSecondsOf(application, hosting), signal);
  await refuseIsolated(application, options);
  await endLastAccount(application, options);
  await hosts.update(application.stack, input, signal);
  await withRoutes(application, options, async (held) => {
    await takeOff(held);
    await record(held, notAsked);
  });
}

/** As long as its database is there. What cannot be is done when it is there again, as the closing of that access does. */
async function endLastAccount(application: Application, options: CarryOutOptions): Promise<void> {
  const access = await findUnclosedAccess(options.db, application.id);
  if (access === undefined) return;
  await endVendorAccount(access, application, options).catch((fault: unknown) => {
    if (!(fault instanceof HostFailed)) throw fault;
  });
}

async function begin(approved: Approved, options: CarryOutOptions): Promise<void> {
  const { application, standing, hosting, input } = approved;
  if (standing?.isRunning && application.begunPlanId !== null) {
    // Of a change that failed at its end: people are at what is removed now, and what stood before may be gone already.
    const own = [routeOf({ ...application, revision: standing })];
    await withRoutes(application, options, (held) => load({ application, hosting, own }, { ...options, signal: held }));
  }
  await options.hosts.update(application.stack, input, options.signal);
  await askDatabase(application, hosting, options.hosts);
  await makeVendorAccount(application, hosting, options.hosts);
  await withRoutes(application, options, async (held) => {
    await options.record(held, await publish(approved, { ...options, signal: held }));
  });
}

/** Also of what is only stopped, whose runtime may be gone. */
function drainSecondsOf({ runtime }: Application, { runtimes }: HostingRules): number {
  return runtimes.find(({ name }) => name === runtime)?.drainSeconds ?? usualDrainSeconds;
}

/** Both containers stand until the new one has answered, and the proxy has gone over to it. */
async function takeOver(approved: Approved, options: CarryOutOptions): Promise<void> {
  const { application, standing, hosting, input } = approved;
  const { hosts, signal, record } = options;
  const both = renderApplication(application, hosting, { beside: standing });
  if (both === undefined) {
    throw new HostFailed("profile-changed", `taking over in ${application.stack}: the size of what stands is gone`);
  }
  await hosts.update(application.stack, both, signal);
  await askDatabase(application, hosting, hosts);
  const seen = await withRoutes(application, options, async (held) => {
    await probe(approved, { ...options, signal: held });
    return publish(approved, { ...options, signal: held });
  });
  await hosts.drain(drainSecondsOf(application, hosting), signal);
  await refuseIsolated(application, options);
  await hosts.update(application.stack, input, signal);
  await withRoutes(application, options, async (held) => {
    await refuseIsolated(application, options);
    // Another application's may have been given in between, by what was built then.
    await load({ application, hosting, own: [routeOf(application)] }, { ...options, signal: held });
    await record(held, seen);
  });
}

/** Others of the target are given their routes and asked for within that, also where a worker died meanwhile. */
const othersPublishMs = 120_000;

/** One application of a target at a time: its proxy is given all routes at once. @param options.patienceMs for which others are waited for */
export function withRoutes<Done>(
  { target }: Pick<Application, "target">,
  { db, signal }: Pick<CarryOutOptions, "db" | "signal">,
  work: (signal: AbortSignal) => Promise<Done>,
  { patienceMs = othersPublishMs }: { patienceMs?: number } = {},
): Promise<Done> {
  return whileHolding(db, holds.routes(target), signal, work, { patienceMs });
}
