import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { findBeat, recordBeat } from "../../core/actions/monitoring/heartbeats.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Rate } from "../../core/db/events/events.ts";
import type { Db } from "../../core/db/tables.ts";
import { answerNoGood, type LinkPages, linkPageHeaders } from "../link-pages.ts";

export type BeatOptions = LinkPages & { db: Db; setting: (now: Date) => Setting };

/** A script that calls without end fills no table. */
const beatsOfOne: Rate = { perMinute: 6, burst: 12 };
/** Some programs send a report along; nobody reads it. */
const largestBodyBytes = 64 * 1024;

/** What runs by a schedule calls its address, by GET or POST. */
export function beatPages(options: BeatOptions): Hono {
  const { db, setting, takeToken } = options;
  const app = new Hono();
  app.use(...linkPageHeaders);
  const fits = bodyLimit({
    maxSize: largestBodyBytes,
    onError: (context) => context.text("Isinya terlalu besar; kirim tanpa isi.\n", 413),
  });
  app.on(["GET", "POST"], "/:token", fits, async (context) => {
    const beat = await findBeat(db, { token: context.req.param("token") });
    if (!beat.ok) return answerNoGood(context, options);
    const checkId = beat.value;
    if (!(await takeToken(`beats of check ${checkId}`, beatsOfOne))) return context.text("Terlalu sering.\n", 429);
    await db.transaction().execute((tx) => recordBeat(tx, setting(new Date()), { checkId }));
    return context.text("OK\n");
  });
  return app;
}
