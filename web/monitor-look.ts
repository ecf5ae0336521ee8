import type { Logger } from "pino";
import { tellOfStoppedMonitor } from "../core/actions/monitoring/tell-of-stopped-monitor.ts";
import type { Setting } from "../core/actions/setting.ts";
import { describeFault, framesOf } from "../core/db/fault.ts";
import { findMonitorLook, type MonitorLook, markWebLook } from "../core/db/monitoring/last-look.ts";
import type { Db } from "../core/db/tables.ts";

const usualMs = 5_000;

type Options = { db: Db; setting: (now: Date) => Setting; log: Pick<Logger, "error">; everyMs?: number };

/**
 * Says every few seconds that the pages run, for who beats must be heard, and asks whether the monitor does; where it does not for
 * long, somebody is told.
 *
 * @returns look: undefined where nothing is to be watched, or the database is away, which `/readyz` tells
 */
export function watchMonitorLook({ db, setting, log, everyMs = usualMs }: Options): {
  look: () => MonitorLook | undefined;
  stop: () => void;
} {
  const startedAt = new Date();
  let last: MonitorLook | undefined;
  const ask = async (now: Date) => {
    await markWebLook(db, now);
    await db.transaction().execute((tx) => tellOfStoppedMonitor(tx, setting(now), { startedAt }));
    return findMonitorLook(db);
  };
  let isAsking = false;
  let isWell = true;
  const askAgain = async () => {
    // A database that hangs is not asked by more and more.
    if (isAsking) return;
    isAsking = true;
    try {
      last = await ask(new Date());
      isWell = true;
    } catch (fault) {
      last = undefined;
      // Once, until it is well again.
      if (isWell) log.error({ fault: describeFault(fault), frames: framesOf(fault) }, "looking at the monitor failed");
      isWell = false;
    }
    isAsking = false;
  };
  void askAgain();
  const timer = setInterval(() => void askAgain(), everyMs).unref();
  return { look: () => last, stop: () => clearInterval(timer) };
}
