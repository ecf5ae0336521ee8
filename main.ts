import { calendarWarning } from "./config/calendar.ts";
import type { Environment } from "./config/env.ts";
import { environmentOrExit } from "./config/environment-or-exit.ts";
import { prepareTargets } from "./core/actions/monitoring/prepare-targets.ts";
import { type CodeForPerson, preparePlayground } from "./core/actions/prepare-installation.ts";
import { prepareRegisters } from "./core/actions/prepare-registers.ts";
import { openBotOf, settleIn } from "./parts/bot.ts";
import { type Desk, type Foundation, openDesk, openFoundation, ownFolder } from "./parts/foundation.ts";
import { type Running, runProcess } from "./parts/process.ts";
import { codeLines, pagesAt } from "./parts/summary.ts";
import { openWebOf } from "./parts/web.ts";
import { dnsOf, pingOf, stacksOf, startWorkerOf } from "./parts/worker.ts";
import { offerStart, openPlayground, type Playground, playedPeople, playgroundRegisters } from "./playground.ts";

const environment = environmentOrExit();
await runProcess(environment, (running) => run(environment, running));

/** Builds everything and runs it in one process: database, bot, worker, web; without a token the playground too. */
async function run(environment: Environment, running: Running): Promise<string> {
  const foundation = await openFoundation(environment, running, { as: "whole", connections: 12 });
  const playground = await openPlaygroundOf(environment, foundation, running);
  const playedAddresses = playground?.links.addresses;
  const desk = await openDesk(foundation, running, { worksTasks: true, playedAddresses });
  const codes =
    environment.mode === "telegram"
      ? await settleIn(foundation, desk, environment)
      : await settlePlayground(foundation, desk, playground);
  const telegram = environment.mode === "telegram" ? environment.telegram : playground;
  if (telegram === undefined) throw new Error("starting: neither a token nor a playground");

  const filesFolder = await ownFolder(environment, "files", foundation);
  const bot = await openBotOf(foundation, desk, running, { telegram, filesFolder });
  await startWorkerOf(foundation, desk, running, {
    ...{ ...bot, filesFolder, ...dnsOf(environment), ...stacksOf(environment) },
    ping: pingOf(environment),
  });
  const { port } = await openWebOf(foundation, desk, running, environment, {
    telegram,
    filesFolder,
    lastPollAt: bot.lastPollAt,
    ...(playground ? { playground: playground.server.playground } : {}),
  });
  if (playground !== undefined) foundation.pages.url ??= `${pagesAt(environment.host, port)}/`;
  bot.start();
  running.closers.push(() => bot.stop());
  return summary(environment, foundation, port, codes, playground?.links.lacks);
}

async function openPlaygroundOf(
  environment: Environment,
  foundation: Foundation,
  { closers }: Running,
): Promise<Playground | undefined> {
  if (environment.mode !== "playground") return undefined;
  const folder = await ownFolder(environment, "telegram-server", foundation);
  const playground = await openPlayground(foundation.profile, folder, environment);
  closers.push(() => playground.server.close());
  closers.push(() => playground.links.close());
  return playground;
}

async function settlePlayground(
  foundation: Foundation,
  desk: Desk,
  playground: Playground | undefined,
): Promise<CodeForPerson[]> {
  const { profile } = foundation;
  const chats = { journalChat: undefined, staffGroup: playground?.staffGroup };
  return settleIn(foundation, desk, chats, async (tx) => {
    const setting = desk.setting(new Date());
    const people = await preparePlayground(tx, playedPeople(profile), setting);
    await prepareRegisters(tx, setting, playgroundRegisters);
    if (playground !== undefined) {
      await prepareTargets(tx, setting, playground.links.targets);
      offerStart(playground.server, profile, people);
    }
    return people;
  });
}

/** Few lines: what is on, what is off and how to switch it on. */
function summary(
  environment: Environment,
  { profile, calendar }: Foundation,
  port: number,
  codes: readonly CodeForPerson[],
  lacksForLinks: string | undefined,
): string {
  const address = pagesAt(environment.host, port);
  const isPlayground = environment.mode === "playground";
  const way = environment.mode === "telegram" && environment.telegram.webhook ? "webhook" : "long polling";
  const ofCalendar = calendarWarning(calendar, new Date());
  return [
    `Simpul is running for ${profile.regency} (SIMPUL_PROFILE=${environment.profile}). Ctrl-C stops it.`,
    isPlayground
      ? `  playground  on   ${address}/playground`
      : `  Telegram    on   ${way}; health at ${address}/healthz`,
    ...(lacksForLinks === undefined
      ? []
      : [`  links       off  the loopback of this machine is one address; for links to play with: ${lacksForLinks}`]),
    ...(isPlayground || environment.journalChat !== undefined
      ? []
      : ["  journal     off  set TELEGRAM_JOURNAL_CHAT to the group in which its head is to be pinned each day"]),
    ...(isPlayground || environment.staffGroup !== undefined
      ? []
      : ["  staff group off  set TELEGRAM_STAFF_GROUP to the forum group in which the desk is to work"]),
    ...(isPlayground ? ["  Telegram    off  set TELEGRAM_BOT_TOKEN to a token of @BotFather"] : []),
    environment.databaseUrl === undefined
      ? `  database    on   embedded PostgreSQL in ${environment.home}; DATABASE_URL names a server instead`
      : `  database    on   the server of DATABASE_URL; files in ${environment.home}`,
    environment.redisUrl === undefined
      ? "  Redis       off  PostgreSQL carries the events; REDIS_URL names a Redis instead"
      : "  Redis       on   carries the events and the rates",
    ...(ofCalendar === undefined ? [] : [`  calendar    !!   ${ofCalendar}`]),
    ...(isPlayground ? [] : codeLines(codes)),
  ].join("\n");
}
