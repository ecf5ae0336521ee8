import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Setting } from "../../core/actions/setting.ts";
import { findStopped } from "../../core/db/monitoring/last-look.ts";
import { listWindowsIn } from "../../core/db/monitoring/maintenance-windows.ts";
import { listSeen } from "../../core/db/monitoring/monitor-states.ts";
import { listTargets } from "../../core/db/monitoring/monitor-targets.ts";
import { listOffices } from "../../core/db/people/offices.ts";
import type { Db } from "../../core/db/tables.ts";
import { dayInMilliseconds } from "../../core/domain/durations.ts";
import { publicStatus } from "../../core/domain/monitoring/public-status.ts";
import { statusPage } from "../pages/status-page.ts";

export type StatusOptions = { db: Db; setting: (now: Date) => Setting; zoneLabel: string; regency: string };

/** However many look at it. */
const keptForSeconds = 10;
/** Maintenance that begins later is not announced yet. */
const announcedDays = 7;

/** How public services stand, for everybody, where the profile says that there is such a page. */
export function publicStatusPage(options: StatusOptions): Hono {
  const app = new Hono();
  let kept: { until: number; page: Promise<string> } | undefined;
  app.use(
    secureHeaders({
      referrerPolicy: "no-referrer",
      xFrameOptions: "DENY",
      contentSecurityPolicy: {
        ...{ defaultSrc: ["'none'"], styleSrc: ["'self'"], baseUri: ["'none'"] },
        ...{ formAction: ["'none'"], frameAncestors: ["'none'"] },
      },
    }),
  );
  app.get("/", async (context) => {
    if (kept === undefined || kept.until <= performance.now()) {
      const page = render(options);
      kept = { until: performance.now() + keptForSeconds * 1_000, page };
      page.catch(() => {
        kept = undefined;
      });
    }
    context.header("cache-control", `public, max-age=${keptForSeconds}`);
    return context.html(await kept.page);
  });
  return app;
}

async function render({ db, setting, zoneLabel, regency }: StatusOptions): Promise<string> {
  const { now, rules } = setting(new Date());
  const targets = new Map((await listTargets(db)).map((target) => [target.id, target]));
  const seen = await listSeen(db);
  const watched = seen.flatMap((each) => {
    const target = targets.get(each.id);
    return target === undefined ? [] : [{ ...target, ...each }];
  });
  const windows = await listWindowsIn(db, {
    from: now,
    until: new Date(now.getTime() + announcedDays * dayInMilliseconds),
  });
  const services = publicStatus(watched, await listOffices(db), windows, rules.monitoring.publicPage);
  const stopped = await findStopped(db, now);
  return String(await statusPage(services, { stopped, regency, now, zone: rules.zone, label: zoneLabel }));
}
