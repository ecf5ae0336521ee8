import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Rate } from "../core/db/events/events.ts";
import { addressOf } from "./own-page.ts";
import { noGoodPage } from "./pages/layout.ts";

/** Wrong links from one address. Who holds a good one is not counted. */
const wrongLinks: Rate = { perMinute: 20, burst: 40 };

/** What pages behind a link send along: nothing from elsewhere, in no frame, kept nowhere, and told to nobody. */
export const linkPageHeaders: MiddlewareHandler[] = [
  secureHeaders({
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  }),
  async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
    context.header("x-robots-tag", "noindex");
  },
];

export type LinkPages = {
  takeToken: (bucket: string, rate: Rate) => Promise<boolean>;
};

/** The one answer to every link that is no good; 429 where one address has tried too many. */
export async function answerNoGood(context: Context, { takeToken }: LinkPages): Promise<Response> {
  const mayAsk = await takeToken(`wrong links of ${addressOf(context)}`, wrongLinks);
  if (!mayAsk) return context.text("Terlalu banyak percobaan. Coba lagi beberapa menit lagi.", 429);
  return context.html(noGoodPage, 404);
}
