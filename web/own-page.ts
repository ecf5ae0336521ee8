import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";

/**
 * What changes something is taken from our own pages and from programs, not from a page of somebody else. A form of a page
 * without a referrer sends the origin `null`.
 */
export const onlyFromOwnPage: MiddlewareHandler = async (context, next) => {
  if (["GET", "HEAD"].includes(context.req.method) || isFromOwnPage(context)) return next();
  return context.text("Hanya dari halaman ini sendiri.", 403);
};

function isFromOwnPage({ req }: Context): boolean {
  const site = req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = req.header("origin");
  if (origin === undefined || origin === "null") return true;
  return URL.parse(origin)?.host === req.header("host");
}

const ownAddresses = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];

/** Who asks, by address; behind a proxy of this machine the one that it puts last. */
export function addressOf(context: Context): string {
  const peer = peerOf(context);
  if (peer !== undefined && !ownAddresses.includes(peer)) return peer;
  const forwarded = context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return forwarded || (peer ?? "unknown");
}

/** Undefined: it did not come over a socket. */
function peerOf(context: Context): string | undefined {
  try {
    return getConnInfo(context).remote.address;
  } catch {
    return undefined;
  }
}
