import { botIdOf, openReceiver } from "../bot/telegram/receive.ts";
import type { Environment, Telegram } from "../config/env.ts";
import { findLastPoll } from "../core/db/inbox.ts";
import { freeBytesOf } from "../core/db/upload/upload-files.ts";
import { deafAfterMs } from "../core/domain/deafness.ts";
import { watchMonitorLook } from "../web/monitor-look.ts";
import { openWeb, type WebOptions, type WebServer } from "../web/server.ts";
import type { Desk, Foundation } from "./foundation.ts";
import type { Running } from "./process.ts";

const askAgainMs = 5_000;

/** The pages, with that to which Telegram delivers. */
export async function openWebOf(
  { db, events, profile }: Foundation,
  { setting }: Pick<Desk, "setting">,
  { log, closers, lifecycle }: Running,
  { host, port }: Environment,
  {
    telegram,
    filesFolder,
    ...options
  }: { telegram: Telegram; filesFolder: string } & Pick<WebOptions, "lastPollAt" | "playground">,
): Promise<WebServer> {
  const receive = openReceiver({ db, botId: botIdOf(telegram.token), events, log });
  const webhook = telegram.webhook && {
    secret: telegram.webhook.secret,
    receive: (update: { update_id: number }) => receive([update], new Date()),
  };
  const links = {
    ...{ setting, filesFolder, freeBytes: freeBytesOf, zoneLabel: profile.timezoneLabel, regency: profile.regency },
    takeToken: events.takeToken,
  };
  const monitor = watchMonitorLook({ db, setting, log });
  closers.push(async () => monitor.stop());
  const health = { monitorLook: monitor.look };
  const web = await openWeb({ host, port, db, lifecycle, webhook, links, log, ...health, ...options });
  closers.push(() => web.close());
  return web;
}

/**
 * When Telegram last came through to the bot, which is another process. What was long before our own start does not count:
 * the bot may be just starting too.
 */
export function watchLastPoll({ db }: Foundation, { closers }: Running, { token }: Telegram): () => Date | undefined {
  const notBefore = new Date(Date.now() - deafAfterMs);
  let lastPollAt: Date | undefined;
  const ask = async () => {
    // What was known stays: /readyz and the metrics tell that the database is away.
    const found = await findLastPoll(db, botIdOf(token)).catch(() => undefined);
    if (found !== undefined && found > notBefore) lastPollAt = found;
  };
  void ask();
  const timer = setInterval(() => void ask(), askAgainMs).unref();
  closers.push(async () => clearInterval(timer));
  return () => lastPollAt;
}
