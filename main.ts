import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { type Logger, pino } from "pino";
import { openBot } from "./bot/bot.ts";
import { botIdOf, openReceiver } from "./bot/receive.ts";
import { calendarWarning, loadCalendar } from "./config/calendar.ts";
import type { Environment } from "./config/env.ts";
import { environmentOrExit } from "./config/environment-or-exit.ts";
import { loadProfile, type Profile } from "./config/profile.ts";
import { chooseJournalChat } from "./core/actions/pin-journal-head.ts";
import { type CodeForPerson, prepareAdministrators, preparePlayground } from "./core/actions/prepare-installation.ts";
import type { OfficeRules, Setting } from "./core/actions/setting.ts";
import { chooseStaffGroup } from "./core/actions/staff-group.ts";
import { connect } from "./core/db/database.ts";
import { openEmbeddedPostgres } from "./core/db/embedded-postgres.ts";
import { openEvents } from "./core/db/events.ts";
import { describeFault, framesOf } from "./core/db/fault.ts";
import { checkInstallation, claimInstallation } from "./core/db/installation.ts";
import { migrate } from "./core/db/migrate.ts";
import { saveOffices } from "./core/db/offices.ts";
import { beTheOnlyOne } from "./core/db/only-one.ts";
import { makeHome } from "./core/db/state-folder.ts";
import { installTasks, openTasks } from "./core/db/tasks.ts";
import type { WorkingCalendar } from "./core/domain/calendar/working-calendar.ts";
import { explainFault } from "./core/domain/operator-fault.ts";
import { offerStart, openPlayground, playedPeople } from "./playground.ts";
import { type Lifecycle, openWeb } from "./web/server.ts";
import { startSealer } from "./worker/sealer.ts";
import { startWorker } from "./worker/worker.ts";

const poolSize = 12;
const stopWithinMs = 25_000;
/** npm passes a signal on that the terminal or systemd sent to us as well. */
const sameSignalMs = 1_000;

/** What was opened, to be closed in the opposite order. */
type Closers = (() => Promise<unknown>)[];

type OnLost = (what: string) => void;

type Stopping = { onSignal: () => void; onLost: OnLost; isStopping: () => boolean };

await main();

/** Builds everything and runs it in one process: database, bot, worker, web; without a token the playground too. */
async function main(): Promise<void> {
  const environment = environmentOrExit();
  const log = pino({ level: environment.logLevel }, pino.destination(2));
  const closers: Closers = [];
  const stopping = stopOnce(closers, log);
  process.on("SIGINT", stopping.onSignal);
  process.on("SIGTERM", stopping.onSignal);
  try {
    await run(environment, log, closers, stopping);
  } catch (fault) {
    await closeAll(closers);
    exitWith(fault);
  }
}

async function run(
  environment: Environment,
  log: Logger,
  closers: Closers,
  { onLost, isStopping }: Stopping,
): Promise<void> {
  let isStarted = false;
  const lifecycle = (): Lifecycle => (isStopping() ? "stopping" : isStarted ? "running" : "starting");
  const profile = loadProfile(environment.profile);
  const calendar = loadCalendar(profile.timezone);
  const owner = await openDatabase(environment, closers, onLost);
  const purpose = { purpose: environment.mode, profile: environment.profile };
  await checkInstallation(owner, purpose);
  await prepareSchema(owner);
  const { db, pool, close } = connect(owner, { as: "application", max: poolSize });
  closers.push(close);
  const installation = await claimInstallation(db, purpose);
  // Each database has files of its own, whichever databases are opened over one state folder.
  const filesFolder = await ownFolder(environment, "files", installation);

  const tasks = await openTasks(pool, (fault, task) => {
    log.error({ task, fault: describeFault(fault), frames: framesOf(fault) }, "a task failed");
  });
  closers.push(() => tasks.close());
  const events = await openEvents({
    config: owner,
    db,
    onFault: (fault) => log.error({ fault: describeFault(fault) }, "an event failed"),
    redis: environment.redisUrl === undefined ? undefined : { url: environment.redisUrl, installation },
  });
  closers.push(() => events.close());

  const rules = rulesOf(profile, calendar);
  const report: Setting["report"] = (what, fields) => log.error(fields, what);
  const setting = (now: Date): Setting => ({ now, rules, tasks, report });
  await saveOffices(db, profile.offices);
  const journalChat = environment.mode === "telegram" ? environment.journalChat : undefined;
  await db.transaction().execute((tx) => chooseJournalChat(tx, setting(new Date()), journalChat));
  const playground =
    environment.mode === "playground"
      ? await openPlayground(profile, await ownFolder(environment, "telegram-server", installation), environment)
      : undefined;
  if (playground) closers.push(() => playground.server.close());
  const staffGroup = playground ? playground.staffGroup : environment.staffGroup;
  await db.transaction().execute((tx) => chooseStaffGroup(tx, setting(new Date()), staffGroup));
  const codes = await db.transaction().execute(async (tx) => {
    if (!playground) return prepareAdministrators(tx, setting(new Date()), { officeCode: profile.itOffice });
    const people = await preparePlayground(tx, playedPeople(profile), setting(new Date()));
    offerStart(playground.server, profile, people);
    return people;
  });

  const telegram = environment.mode === "telegram" ? environment.telegram : playground;
  if (telegram === undefined) throw new Error("starting: neither a token nor a playground");
  const webhook = environment.mode === "telegram" ? environment.telegram.webhook : undefined;
  const bot = openBot({
    token: telegram.token,
    apiRoot: telegram.apiRoot,
    webhook,
    config: owner,
    db,
    events,
    office: officeWordsOf(profile),
    setting,
    filesFolder,
    log,
  });
  await bot.checkToken();
  const { download, lookAtGroup } = bot;
  await startWorker(tasks, { db, setting, download, lookAtGroup, filesFolder, zone: profile.timezone, log });
  const sealer = startSealer({ config: owner, db, log });
  closers.push(() => sealer.stop());
  const receive = openReceiver({ db, botId: botIdOf(telegram.token), events, log });
  const web = await openWeb({
    host: environment.host,
    port: environment.port,
    db,
    lifecycle,
    lastPollAt: bot.lastPollAt,
    webhook: webhook && { secret: webhook.secret, receive: (update) => receive([update], new Date()) },
    ...(playground ? { playground: playground.server.playground } : {}),
    log,
  });
  closers.push(() => web.close());
  bot.start();
  closers.push(() => bot.stop());
  isStarted = true;
  process.stdout.write(`${summary(environment, profile, web.port, codes, calendarWarning(calendar, new Date()))}\n`);
}

/** Our own PostgreSQL in the state folder, or the server that DATABASE_URL names. */
async function openDatabase(
  { home, databaseUrl }: Environment,
  closers: Closers,
  onLost: OnLost,
): Promise<pg.ClientConfig> {
  if (databaseUrl !== undefined) {
    const config = { connectionString: databaseUrl };
    const held = await beTheOnlyOne(config, (fault) => onLost(`the server of DATABASE_URL: ${fault.message}`));
    closers.push(() => held.close());
    return config;
  }
  const postgres = await openEmbeddedPostgres({ home, onLost: (fault) => onLost(`the database: ${fault.message}`) });
  closers.push(() => postgres.stop());
  return postgres.config;
}

async function ownFolder({ home }: Environment, name: string, installation: string): Promise<string> {
  const folder = join(home, name, installation);
  await makeHome(home);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The owner's part of a start. */
async function prepareSchema(owner: pg.ClientConfig): Promise<void> {
  await migrate(owner);
  const { pool, close } = connect(owner, { as: "owner", max: 2 });
  try {
    await installTasks(pool);
  } finally {
    await close();
  }
}

function rulesOf(profile: Profile, calendar: WorkingCalendar): OfficeRules {
  const { reopenWithinDays, undoWithinHours, confirmationReminderDays, closeSilentAfterDays } = profile.intervals;
  const { linkCodeHours, draftDays, strangerRowsDays, registrationDays } = profile.intervals;
  return {
    zone: profile.timezone,
    reopenWithinDays: reopenWithinDays.days,
    undoWithinHours: undoWithinHours.hours,
    confirmationReminderDays: confirmationReminderDays.workingDays,
    closeSilentAfterDays: closeSilentAfterDays.workingDays,
    calendar,
    linkCodeHours: linkCodeHours.hours,
    draftDays: draftDays.days,
    strangerRowsDays: strangerRowsDays.days,
    registrationDays: registrationDays.days,
    civilServantsOnly: profile.civilServantsOnly,
    approvers: (procedure) => profile.approvals[procedure] ?? profile.approvals.default ?? [],
    approvalDays: profile.intervals.approvalDays.workingDays,
    approvalReminderDays: profile.intervals.approvalReminderDays.workingDays,
    exceptionReminderDays: profile.intervals.exceptionReminderDays.days,
    catalogue: profile.catalogue,
    maintainers: { applications: profile.applications, devices: profile.devices },
  };
}

function officeWordsOf(profile: Profile) {
  return {
    regency: profile.regency,
    zone: profile.timezone,
    zoneLabel: profile.timezoneLabel,
    roles: profile.roles,
    applications: profile.applications.map(({ name }) => name),
    catalogue: profile.catalogue,
    maintainers: { applications: profile.applications, devices: profile.devices },
  };
}

/** Few lines: what is on, what is off and how to switch it on. */
function summary(
  environment: Environment,
  profile: Profile,
  port: number,
  codes: readonly CodeForPerson[],
  ofCalendar: string | undefined,
): string {
  const address = `http://${environment.host.includes(":") ? `[${environment.host}]` : environment.host}:${port}`;
  const isPlayground = environment.mode === "playground";
  const way = environment.mode === "telegram" && environment.telegram.webhook ? "webhook" : "long polling";
  return [
    `Simpul is running for ${profile.regency} (SIMPUL_PROFILE=${environment.profile}). Ctrl-C stops it.`,
    isPlayground
      ? `  playground  on   ${address}/playground`
      : `  Telegram    on   ${way}; health at ${address}/healthz`,
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
    ...(isPlayground ? [] : codes.map(({ name, code }) => `  ${name} is not linked yet: send the bot  /start ${code}`)),
  ].join("\n");
}

/**
 * A signal stops cleanly, with code 0; a later one, or a stop that hangs, ends the process at once. Something lost
 * without which nothing works stops as cleanly as it can, with code 1, so that whoever supervises it starts it again.
 */
function stopOnce(closers: Closers, log: Logger): Stopping {
  let since: number | undefined;
  const stop = (code: number) => {
    since = performance.now();
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    closeAll(closers).then(
      () => process.exit(code),
      (fault: Error) => {
        log.error({ fault: fault.message }, "stopping failed");
        process.exit(1);
      },
    );
  };
  return {
    onSignal: () => {
      if (since === undefined) stop(0);
      else if (performance.now() - since > sameSignalMs) process.exit(1);
    },
    onLost: (what) => {
      log.fatal({ what }, "lost what Simpul cannot work without, stopping");
      if (since === undefined) stop(1);
    },
    isStopping: () => since !== undefined,
  };
}

async function closeAll(closers: Closers): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
}

function exitWith(fault: unknown): never {
  process.stderr.write(`Simpul could not start. ${explainFault(fault)}\n`);
  process.exit(1);
}
