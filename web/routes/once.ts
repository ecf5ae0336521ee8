import { Hono } from "hono";
import { lookAtSecret, openSecret } from "../../core/actions/hosting/one-time-secret.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Db } from "../../core/db/tables.ts";
import { answerNoGood, type LinkPages, linkPageHeaders } from "../link-pages.ts";
import { onlyFromOwnPage } from "../own-page.ts";
import { closedSecretPage, openedSecretPage } from "../pages/once-pages.ts";
import { showTime } from "../pages/words.ts";

export type OnceOptions = LinkPages & { db: Db; setting: (now: Date) => Setting; zoneLabel: string };

/** A secret that is shown once: looked at as often as one likes, which a preview of the link does too, and opened by a press. */
export function oncePages(options: OnceOptions): Hono {
  const { db, setting, zoneLabel } = options;
  const app = new Hono();
  app.use(...linkPageHeaders, onlyFromOwnPage);
  app.get("/:token", async (context) => {
    const now = setting(new Date());
    const secret = await lookAtSecret(db, now, { token: context.req.param("token") });
    if (!secret.ok) return answerNoGood(context, options);
    const { title, expiresAt } = secret.value;
    const until = showTime(expiresAt, { zone: now.rules.zone, label: zoneLabel });
    return context.html(closedSecretPage({ title, until }));
  });
  app.post("/:token", async (context) => {
    const token = context.req.param("token");
    const opened = await db.transaction().execute((tx) => openSecret(tx, setting(new Date()), { token }));
    return opened.ok ? context.html(openedSecretPage(opened.value)) : answerNoGood(context, options);
  });
  return app;
}
