import type pg from "pg";
import type { Logger } from "pino";
import { noteAgreement } from "../../core/actions/inventory/note-agreement.ts";
import { followIncidents } from "../../core/actions/monitoring/follow-incidents.ts";
import { lookAround } from "../../core/actions/monitoring/look-around.ts";
import { recordSamples } from "../../core/actions/monitoring/record-samples.ts";
import { keepSampleDays } from "../../core/actions/monitoring/roll-up.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { isWebAway } from "../../core/db/monitoring/last-look.ts";
import type { Db } from "../../core/db/tables.ts";
import { wait } from "../../core/db/wait.ts";
import { whileLocked } from "../../core/db/while-locked.ts";
import { isAsked } from "../../core/domain/monitoring/check.ts";
import type { Monitor } from "./monitor.ts";

/** So soon is asked what somebody puts under watch, and is told what nobody could be sure of. */
const usualMs = 5_000;

type WatcherOptions = {
  config: pg.ClientConfig;
  db: Db;
  setting: (now: Date) => Setting;
  log: Logger;
  monitor: Monitor;
  lookAroundEveryMs?: number;
};

/** Watches what is to be watched; one process at a time. After a restart it goes on from what the database knows. */
export function startWatcher(options: WatcherOptions): { stop(): Promise<void> } {
  const { config, log } = options;
  const stop = new AbortController();
  const running = whileLocked({ config, name: "monitor", stop: stop.signal, log }, (signal) => watch(options, signal));
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}

async function watch(
  { db, setting, log, monitor, lookAroundEveryMs = usualMs }: WatcherOptions,
  signal: AbortSignal,
): Promise<void> {
  const onFault = (fault: unknown, doing: string) =>
    log.error({ doing, fault: describeFault(fault), frames: framesOf(fault) }, "watching failed");
  await db.transaction().execute((tx) => keepSampleDays(tx, setting(new Date())));
  await db.transaction().execute((tx) => noteAgreement(tx, setting(new Date())));
  let since = new Date();
  const watching = monitor.watch({
    onFault,
    onSamples: (samples, uplink) =>
      db.transaction().execute((tx) => recordSamples(tx, setting(new Date()), { samples, uplink })),
  });
  let hearsBeats = false;
  const look = async () => {
    // What is asked finds a cut by its misses, and nobody asks who beats.
    const uplink = await watching.lookAtUplink(hearsBeats);
    // No beat is heard while our own way out is cut, or our pages do not run; each has its time anew after that.
    if (uplink === "down" || (await isWebAway(db, new Date()))) since = new Date();
    const self = { uplink, lateChecks: watching.countLate() };
    const checks = await db.transaction().execute((tx) => lookAround(tx, setting(new Date()), { since, self }));
    hearsBeats = !checks.every(isAsked);
    return checks;
  };
  try {
    while (!signal.aborted) {
      await look()
        .then((checks) => watching.replace(checks))
        // What was found waits meanwhile.
        .catch((fault: unknown) => onFault(fault, "looking around"));
      // By itself: a ticket that cannot be stored keeps nobody from being told.
      await db
        .transaction()
        .execute((tx) => followIncidents(tx, setting(new Date())))
        .then((faults) => {
          for (const fault of faults) onFault(fault, "following an incident");
        })
        .catch((fault: unknown) => onFault(fault, "following incidents"));
      await wait(lookAroundEveryMs, signal);
    }
  } finally {
    await watching.stop();
  }
}
