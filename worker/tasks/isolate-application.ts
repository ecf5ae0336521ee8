import { Readable } from "node:stream";
import {
  type IsolationTry,
  keepIsolations,
  recordIsolation,
  recordIsolationEnded,
  recordLiftTrouble,
  recordReleased,
} from "../../core/actions/hosting/isolate-application.ts";
import { describeFault, isDiskFull } from "../../core/db/fault.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import { findIsolation, findOpenIsolation } from "../../core/db/hosting/isolations.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { type Isolation, isLifted } from "../../core/domain/hosting/isolation.ts";
import { storeFile } from "../file-store.ts";
import { withRoutes } from "../hosting/carry-out.ts";
import { HeldByAnother, whileHolding } from "../hosting/hold-stack.ts";
import { holds } from "../hosting/holds.ts";
import { HostFailed } from "../hosting/hosts.ts";
import { giveRoutes } from "../hosting/target-routes.ts";
import type { WatchedHosts } from "../hosting/watched-hosts.ts";
import type { HostingOptions } from "./plan-application.ts";

type IsolateOptions = Pick<HostingOptions, "db" | "setting" | "log" | "hosts" | "filesFolder"> & {
  watched: WatchedHosts;
};

type Isolated = { isolation: Isolation; application: Application };

/** Each minute: what is isolated is made so again, and what failed is tried again. */
export async function beginKeeping({ db, setting }: Pick<IsolateOptions, "db" | "setting">): Promise<void> {
  await db.transaction().execute((tx) => keepIsolations(tx, setting(new Date())));
}

/**
 * Takes an application off the net. It waits neither for Pulumi nor for who gives routes. Each part is tried,
 * whatever became of the others, and done again where somebody else was at work meanwhile.
 */
export async function isolateApplication(
  { isolationId }: { isolationId: number },
  options: IsolateOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, setting } = options;
  const found = await findIsolated(isolationId, options);
  if (found === undefined || isLifted(found.isolation)) return;
  const target = await tried(found, options, async () => targetOf(found.application, options));
  const done =
    target instanceof HostFailed
      ? { evidence: undefined, trouble: target.why, isClosed: false, isContained: false }
      : await takeOff(found, target, options, signal);
  await db.transaction().execute((tx) => recordIsolation(tx, setting(new Date()), { isolationId, ...done }));
}

async function takeOff(
  found: Isolated,
  target: HostingTarget,
  options: IsolateOptions,
  signal: AbortSignal,
): Promise<Omit<IsolationTry, "isolationId">> {
  const closed = await tried(found, options, () => closeRoute(target, options, signal));
  const contained = await tried(found, options, () => contain(found, target, options, signal));
  const kept =
    contained !== true || found.isolation.evidenceAt !== null
      ? undefined
      : await tried(found, options, () => keepEvidence(found, target, options));
  const evidence = kept instanceof HostFailed ? undefined : kept;
  const failed = [closed, contained, kept].find((each) => each instanceof HostFailed);
  const isClosed = !(closed instanceof HostFailed);
  return { evidence, trouble: failed?.why ?? null, isClosed, isContained: contained === true };
}

/** At once, and once more when nobody else gives routes, who may have read them before. */
async function closeRoute(
  target: HostingTarget,
  { db, hosts }: Pick<IsolateOptions, "db" | "hosts">,
  signal: AbortSignal,
): Promise<void> {
  const close = (held: AbortSignal) => giveRoutes(target, { db, hosts, signal: held });
  await close(signal);
  await withRoutes({ target: target.name }, { db, signal }, close, { patienceMs: 0 }).catch((fault) => {
    if (fault instanceof HostFailed) throw fault;
    // Whoever gives them now reads them anew, and the next minute looks again.
  });
}

/** @returns false: it was lifted meanwhile, and nothing would let them go on any more; what was begun anew has its own task */
function contain(
  { isolation, application }: Isolated,
  target: HostingTarget,
  { db, watched }: IsolateOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const isInForce = (open: Isolation | undefined) => open !== undefined && !isLifted(open);
  return withContainers(application, { db, signal }, async () => {
    const before = await findOpenIsolation(db, application.id);
    if (before?.id !== isolation.id || !isInForce(before)) return false;
    await watched.contain(target, application.stack);
    // A host that was slow may have outlasted the hold, and who lifted it, or begun another, been there before.
    const after = await findOpenIsolation(db, application.id);
    if (!isInForce(after)) await watched.release(target, application.stack);
    return after?.id === isolation.id && isInForce(after);
  });
}

/** What hinders it, on whichever machine, hinders nobody from being told what was done. @throws HostFailed */
async function keepEvidence(
  { isolation, application: { stack } }: Isolated,
  target: HostingTarget,
  { watched, filesFolder }: IsolateOptions,
): Promise<IsolationTry["evidence"]> {
  const text = await watched.keepEvidence(target, stack, isolation.id);
  try {
    return await storeFile(Readable.from([text]), filesFolder);
  } catch (cause) {
    const why = isDiskFull(cause) ? "store-full" : "other";
    throw new HostFailed(why, `storing the evidence of ${stack}: ${describeFault(cause)}`, { cause });
  }
}

/** Gives it back to the net: its containers go on, then its names lead to it. */
export async function endIsolation(
  { isolationId }: { isolationId: number },
  options: IsolateOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, setting } = options;
  const found = await findIsolated(isolationId, options);
  if (found === undefined || !isLifted(found.isolation) || found.isolation.endedAt !== null) return;
  const done = await tried(found, options, () => giveBack(found, options, signal));
  await db.transaction().execute(async (tx) => {
    if (done instanceof HostFailed) {
      await recordLiftTrouble(tx, setting(new Date()), { isolationId, trouble: done.why });
    } else await recordIsolationEnded(tx, setting(new Date()), isolationId);
  });
}

/** Its containers once: from then on they may be changed, or isolated anew, while its names are not given yet. */
async function giveBack({ isolation, application }: Isolated, options: IsolateOptions, signal: AbortSignal) {
  const { db, setting, hosts, watched } = options;
  const target = targetOf(application, options);
  await withContainers(application, { db, signal }, async () => {
    const open = await findOpenIsolation(db, application.id);
    const present = await findApplication(db, application.id);
    if (open?.id !== isolation.id || present?.state !== "isolated") return;
    await watched.release(target, application.stack);
    await db.transaction().execute((tx) => recordReleased(tx, setting(new Date()), isolation.id));
  });
  await withRoutes({ target: target.name }, { db, signal }, (held) => giveRoutes(target, { db, hosts, signal: held }));
}

/** For which a host is waited that somebody else has asked, or a worker that died meanwhile. */
const othersContainMs = 60_000;

/**
 * Who holds them still and who lets them go on come one after the other: the last one knows what was decided.
 *
 * @throws HostFailed not-finished: somebody else has them
 */
async function withContainers<Done>(
  { stack }: Application,
  { db, signal }: { db: IsolateOptions["db"]; signal: AbortSignal },
  work: () => Promise<Done>,
): Promise<Done> {
  try {
    return await whileHolding(db, holds.containers(stack), signal, work, { patienceMs: othersContainMs });
  } catch (fault) {
    if (!(fault instanceof HeldByAnother)) throw fault;
    throw new HostFailed("not-finished", fault.message, { cause: fault });
  }
}

async function findIsolated(isolationId: number, { db }: Pick<IsolateOptions, "db">): Promise<Isolated | undefined> {
  const isolation = await findIsolation(db, isolationId);
  const application = isolation && (await findApplication(db, isolation.applicationId));
  return isolation && application && { isolation, application };
}

/** @throws HostFailed profile-changed */
function targetOf({ stack, target }: Application, { setting }: Pick<IsolateOptions, "setting">): HostingTarget {
  const found = setting(new Date()).rules.hosting?.targets.find(({ name }) => name === target);
  if (found === undefined) throw new HostFailed("profile-changed", `isolating ${stack}: its target is gone`);
  return found;
}

async function tried<Done>(
  { isolation, application }: Isolated,
  { log }: Pick<IsolateOptions, "log">,
  work: () => Promise<Done>,
): Promise<Done | HostFailed> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof HostFailed)) throw fault;
    const { why, message: said } = fault;
    log.error({ isolationId: isolation.id, stack: application.stack, why, said }, "isolating an application failed");
    return fault;
  }
}
