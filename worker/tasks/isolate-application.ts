import { Readable } from "node:stream";
import {
  keepIsolations,
  recordIsolation,
  recordIsolationEnded,
  recordLiftTrouble,
  recordReleased,
} from "../../core/actions/isolate-application.ts";
import { findApplication } from "../../core/db/applications.ts";
import { findIsolation } from "../../core/db/isolations.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { type Isolation, isLifted } from "../../core/domain/hosting/isolation.ts";
import { storeFile } from "../file-store.ts";
import { withRoutes } from "../hosting/carry-out.ts";
import { HostFailed } from "../hosting/hosts.ts";
import { giveRoutes } from "../hosting/target-routes.ts";
import type { WatchedHosts } from "../hosting/watched-hosts.ts";
import type { HostingOptions } from "./plan-application.ts";

type IsolateOptions = Pick<HostingOptions, "db" | "setting" | "log" | "hosts" | "filesFolder"> & {
  watched: WatchedHosts;
};

type Isolated = { isolation: Isolation; application: Application; target: HostingTarget };

/** Each minute: what is isolated is made so again, and what failed is tried again. */
export async function beginKeeping({ db, setting }: Pick<IsolateOptions, "db" | "setting">): Promise<void> {
  await db.transaction().execute((tx) => keepIsolations(tx, setting(new Date())));
}

/**
 * Takes an application off the net. It waits for nobody: neither for Pulumi nor for who gives routes. Each part is tried,
 * whatever became of the others, and done again where somebody else was at work meanwhile.
 */
export async function isolateApplication(
  { isolationId }: { isolationId: number },
  options: IsolateOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, setting, watched, filesFolder } = options;
  const found = await findIsolated(isolationId, options);
  if (found === undefined || isLifted(found.isolation)) return;
  const { isolation, application, target } = found;
  const { stack } = application;
  const closed = await tried(found, options, () => closeRoute(target, options, signal));
  const contained = await tried(found, options, () => watched.contain(target, stack));
  const kept =
    contained instanceof HostFailed || isolation.evidenceAt !== null
      ? undefined
      : await tried(found, options, () => watched.keepEvidence(target, stack, isolationId));
  const text = kept === undefined || kept instanceof HostFailed ? undefined : kept;
  const evidence = text === undefined ? undefined : await storeFile(Readable.from([text]), filesFolder);
  const failed = [closed, contained, kept].find((each) => each instanceof HostFailed);
  const done = {
    ...{ isolationId, evidence, trouble: failed?.why ?? null },
    ...{ isClosed: !(closed instanceof HostFailed), isContained: !(contained instanceof HostFailed) },
  };
  await db.transaction().execute((tx) => recordIsolation(tx, setting(new Date()), done));
}

/** At once, and once more when nobody else gives routes, who may have read them before. */
async function closeRoute(
  target: HostingTarget,
  { db, hosts }: Pick<IsolateOptions, "db" | "hosts">,
  signal: AbortSignal,
): Promise<void> {
  const close = () => giveRoutes(target, { db, hosts });
  await close();
  await withRoutes({ target: target.name }, { db, signal }, close, { patienceMs: 0 }).catch((fault) => {
    if (fault instanceof HostFailed) throw fault;
    // Whoever gives them now reads them anew, and the next minute looks again.
  });
}

/** Gives it back to the net: its containers go on, then its names lead to it. */
export async function endIsolation(
  { isolationId }: { isolationId: number },
  options: IsolateOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, setting, watched } = options;
  const found = await findIsolated(isolationId, options);
  if (found === undefined || !isLifted(found.isolation) || found.isolation.endedAt !== null) return;
  const { application, target } = found;
  const done = await tried(found, options, async () => {
    await watched.release(target, application.stack);
    await db.transaction().execute((tx) => recordReleased(tx, setting(new Date()), isolationId));
    await withRoutes({ target: target.name }, { db, signal }, () => giveRoutes(target, options));
  });
  await db.transaction().execute(async (tx) => {
    if (done instanceof HostFailed) {
      await recordLiftTrouble(tx, setting(new Date()), { isolationId, trouble: done.why });
    } else await recordIsolationEnded(tx, setting(new Date()), isolationId);
  });
}

async function findIsolated(isolationId: number, { db, setting }: IsolateOptions): Promise<Isolated | undefined> {
  const isolation = await findIsolation(db, isolationId);
  const application = isolation && (await findApplication(db, isolation.applicationId));
  const target = setting(new Date()).rules.hosting?.targets.find(({ name }) => name === application?.target);
  return isolation && application && target && { isolation, application, target };
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
