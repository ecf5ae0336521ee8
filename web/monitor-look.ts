import { findMonitorLook, type MonitorLook, markWebLook } from "../core/db/last-look.ts";
import type { Db } from "../core/db/tables.ts";

const everyMs = 5_000;

/**
 * Says every few seconds that the pages run, for who beats must be heard, and asks whether the monitor does.
 *
 * @returns look: undefined where nothing is to be watched, or the database is away, which `/readyz` tells
 */
export function watchMonitorLook(db: Db): { look: () => MonitorLook | undefined; stop: () => void } {
  let last: MonitorLook | undefined;
  const ask = async () => {
    last = await markWebLook(db, new Date())
      .then(() => findMonitorLook(db))
      .catch(() => undefined);
  };
  void ask();
  const timer = setInterval(() => void ask(), everyMs).unref();
  return { look: () => last, stop: () => clearInterval(timer) };
}
