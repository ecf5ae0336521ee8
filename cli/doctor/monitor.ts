import type pg from "pg";
import { z } from "zod";
import { stoppedSince } from "../../core/domain/monitoring/last-look.ts";
import { type Finding, ok, warn } from "./finding.ts";

const monitorRow = z.object({
  targets: z.int(),
  lookedAt: z.date().nullable(),
  /** the monitor's own way out at that look; null: none was */
  uplink: z.enum(["up", "down", "unknown"]).nullable(),
  /** checks by pings that were asked when it was their turn last, and those for which no ping could be sent */
  pinged: z.int(),
  unpinged: z.int(),
});
export type MonitorLook = z.infer<typeof monitorRow>;

/** What is watched, and when the monitor last looked around. Only reads. @returns undefined for a database that has none yet */
export async function lookAtMonitor(client: pg.Client): Promise<MonitorLook | undefined> {
  const { rows: there } = await client.query(`
    select exists (
      select from information_schema.columns
      where table_schema = 'public' and table_name = 'monitor_look' and column_name = 'uplink'
    ) as there`);
  if (there[0]?.there !== true) return undefined;
  const { rows } = await client.query(`
    select (select count(*)::int from monitor_target where removed_at is null) as targets,
      (select looked_at from monitor_look) as "lookedAt", (select uplink from monitor_look) as uplink,
      count(*) filter (where last.sent > 0)::int as pinged,
      count(*) filter (where last.problem = 'cannot-ask')::int as unpinged
    from monitor_check as one
      join monitor_target as target on target.id = one.target_id and target.removed_at is null and not target.is_paused
      cross join lateral (
        select sent, problem from monitor_sample where check_id = one.id and at > now() - interval '1 day'
        order by at desc limit 1
      ) as last
    where one.removed_at is null and one.settings ->> 'kind' = 'icmp'`);
  return monitorRow.parse(rows[0]);
}

type Setting = {
  /** a Simpul, or a part of it, works here */
  isRunning: boolean;
  /** the profile names what answers while the own line works */
  hasUplink: boolean;
  now: Date;
};

export function judgeMonitor(look: MonitorLook, { isRunning, hasUplink, now }: Setting): Finding {
  const { targets, lookedAt, uplink } = look;
  if (targets === 0) return ok("monitor", "nothing is watched");
  const stopped = isRunning ? stoppedSince(lookedAt ?? undefined, now) : undefined;
  if (stopped !== undefined) {
    const says = `${targets} targets, and nobody has looked since ${stopped.toISOString()}`;
    return warn("monitor", says, "start the worker, or look into its log for: watching failed");
  }
  if (isPingForbidden(look)) {
    const says = `${targets} targets, and no ping could be sent for ${look.unpinged} checks: what they watch is unknown`;
    return warn("monitor", says, howToPing);
  }
  if (!hasUplink) {
    const says = `${targets} targets, and no uplink: when the own line is cut, all of them are told to be down`;
    return warn("monitor", says, "name addresses beyond the own line in monitoring.uplink of the profile");
  }
  if (uplink === "unknown") {
    const says = `${targets} targets, and no ping could be sent to the uplink, nor does it take connections: when the own line is cut, all of them are told to be down`;
    return warn("monitor", says, howToPing);
  }
  return ok("monitor", `${targets} targets are watched`);
}

const howToPing =
  "apt-get install fping, and give the worker CapabilityBoundingSet=CAP_NET_RAW and AmbientCapabilities=CAP_NET_RAW by systemctl edit simpul (docs/operations.md, Scanning addresses)";

/** While the uplink is down what is missed counts as not asked, too. */
function isPingForbidden({ uplink, pinged, unpinged }: MonitorLook): boolean {
  return unpinged > 0 && pinged === 0 && uplink !== "down";
}
