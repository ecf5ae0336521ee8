import type pg from "pg";
import { z } from "zod";
import { stoppedSince } from "../../core/domain/monitoring/last-look.ts";
import { type Finding, ok, warn } from "./finding.ts";

const monitorRow = z.object({ targets: z.int(), lookedAt: z.date().nullable() });
export type MonitorLook = z.infer<typeof monitorRow>;

/** What is watched, and when the monitor last looked around. Only reads. @returns undefined for a database that has none yet */
export async function lookAtMonitor(client: pg.Client): Promise<MonitorLook | undefined> {
  const { rows: there } = await client.query("select to_regclass('public.monitor_look') is not null as there");
  if (there[0]?.there !== true) return undefined;
  const { rows } = await client.query(`
    select (select count(*)::int from monitor_target where removed_at is null) as targets,
      (select looked_at from monitor_look) as "lookedAt"`);
  return monitorRow.parse(rows[0]);
}

/**
 * @param setting.isRunning a Simpul, or a part of it, works here
 * @param setting.hasUplink the profile names what answers while the own line works
 */
export function judgeMonitor(
  { targets, lookedAt }: MonitorLook,
  { isRunning, hasUplink, now }: { isRunning: boolean; hasUplink: boolean; now: Date },
): Finding {
  if (targets === 0) return ok("monitor", "nothing is watched");
  const stopped = isRunning ? stoppedSince(lookedAt ?? undefined, now) : undefined;
  if (stopped !== undefined) {
    const says = `${targets} targets, and nobody has looked since ${stopped.toISOString()}`;
    return warn("monitor", says, "start the worker, or look into its log for: watching failed");
  }
  if (!hasUplink) {
    const says = `${targets} targets, and no uplink: when the own line is cut, all of them are told to be down`;
    return warn("monitor", says, "name addresses beyond the own line in monitoring.uplink of the profile");
  }
  return ok("monitor", `${targets} targets are watched`);
}
