import type { Logger } from "pino";
import { recordAsked } from "../../core/actions/monitoring/ask-target.ts";
import { type Recheck, recordSamples } from "../../core/actions/monitoring/record-samples.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { listChecks, listChecksOf } from "../../core/db/monitoring/monitor-checks.ts";
import type { Db } from "../../core/db/tables.ts";
import { wait } from "../../core/db/wait.ts";
import type { Monitor } from "../monitoring/monitor.ts";

export type AskTargetOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** absent: nobody is asked, as of a playground's invented devices */
  monitor?: Pick<Monitor, "ask" | "findNames"> | undefined;
  log: Logger;
};

/** What is asked again later is left to its turn. */
const longestWaitSeconds = 10;

type Asked = { targetId: number; personId: number };

/** Asks the checks of a target for somebody who waits. What fails after that has been told is logged, and not tried again. */
export async function askTarget(
  asked: Asked,
  { db, setting, monitor, log }: AskTargetOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const checks = await listChecksOf(db, asked.targetId);
  const found = monitor === undefined ? ("playground" as const) : await monitor.ask(checks, signal);
  signal.throwIfAborted();
  const rechecks = await db.transaction().execute((tx) => recordAsked(tx, setting(new Date()), { ...asked, found }));
  if (monitor === undefined) return;
  await askAgain(rechecks, { db, setting, monitor }, { signal }).catch((fault: unknown) => {
    const { targetId } = asked;
    log.error({ targetId, fault: describeFault(fault), frames: framesOf(fault) }, "asking a target again failed");
  });
}

/** The watcher asks again only of what it found itself; one miss of ours would make it wait for the next turn. */
async function askAgain(
  rechecks: readonly Recheck[],
  { db, setting, monitor }: Pick<AskTargetOptions, "db" | "setting"> & { monitor: Pick<Monitor, "ask"> },
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const soon = rechecks.filter(({ inSeconds }) => inSeconds <= longestWaitSeconds);
  if (soon.length === 0) return;
  await wait(Math.max(...soon.map(({ inSeconds }) => inSeconds)) * 1_000, signal);
  if (signal.aborted) return;
  const ids = new Set(soon.map(({ checkId }) => checkId));
  const checks = (await listChecks(db)).filter(({ id }) => ids.has(id));
  const found = await monitor.ask(checks, signal);
  if (signal.aborted || found === "playground") return;
  await db.transaction().execute((tx) => recordSamples(tx, setting(new Date()), found));
}

/** Every try failed. */
export async function giveUpAsking(
  asked: Asked,
  { db, setting }: Pick<AskTargetOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordAsked(tx, setting(new Date()), { ...asked, found: "not-asked" }));
}
