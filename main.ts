import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { type Logger, pino } from "pino";
import { openBot } from "./bot/bot.ts";
import { describeProblems, type Environment, readEnvironment } from "./config/env.ts";
import { loadProfile, type Profile, ProfileError } from "./config/profile.ts";
import {
  type CodeForPerson,
  type NewPerson,
  prepareAdministrators,
  preparePlayground,
} from "./core/actions/prepare-installation.ts";
import type { OfficeRules, Setting } from "./core/actions/setting.ts";
import { connect, UnsupportedServer } from "./core/db/database.ts";
import { AlreadyRunning, openEmbeddedPostgres } from "./core/db/embedded-postgres.ts";
import { openEvents } from "./core/db/events.ts";
import { claimInstallation, WrongInstallation } from "./core/db/installation.ts";
import { MigrationRefused, migrate } from "./core/db/migrate.ts";
import { saveOffices } from "./core/db/offices.ts";
import { beTheOnlyOne } from "./core/db/only-one.ts";
import { installTasks, openTasks } from "./core/db/tasks.ts";
import { openTelegramServer, type PlaygroundPerson, type TelegramServer } from "./telegram-server/server.ts";
import { openWeb } from "./web/server.ts";
import { startWorker } from "./worker/worker.ts";

const poolSize = 12;
const stopWithinMs = 25_000;
/** npm passes a signal on that the terminal or systemd sent to us as well. */
const sameSignalMs = 1_000;
const loopback = "127.0.0.1";
/** Telegram ids of the playground's people begin here, in the order of the profile. */
const firstPlaygroundId = 7_000_001;

/** What was opened, to be closed in the opposite order. */
type Closers = (() => Promise<unknown>)[];

type OnLost = (what: string) => void;

type Playground = { server: TelegramServer; token: string; apiRoot: string };

await main();

/** Builds everything and runs it in one process: database, bot, worker, web; without a token the playground too. */
async function main(): Promise<void> {
  const environment = environmentOrExit();
  const log = pino({ level: environment.logLevel }, pino.destination(2));
  const closers: Closers = [];
  const { onSignal, onLost } = stopOnce(closers, log);
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    await run(environment, log, closers, onLost);
  } catch (fault) {
    await closeAll(closers);
    exitWith(fault);
  }
}

async function run(environment: Environment, log: Logger, closers: Closers, onLost: OnLost): Promise<void> {
  const profile = loadProfile(environment.profile);
  const owner = await openDatabase(environment, closers, onLost);
  // After the database, which makes the state folder such that its server's account may enter.
  const filesFolder = join(environment.home, "files");
  await mkdir(filesFolder, { recursive: true, mode: 0o700 });
  await prepareSchema(owner);
  const { db, pool, close } = connect(owner, { as: "application", max: poolSize });
  closers.push(close);
  await claimInstallation(db, { purpose: environment.mode, profile: environment.profile });

  const tasks = await openTasks(pool, (fault) => log.error({ fault: fault.message }, "the task queue failed"));
  closers.push(() => tasks.close());
  const events = await openEvents({ config: owner, db, onFault: (fault) => log.error({ fault }, "an event failed") });
  closers.push(() => events.close());

  const rules = rulesOf(profile);
  const setting = (now: Date): Setting => ({ now, rules, tasks });
  await saveOffices(db, profile.offices);
  const playground =
    environment.mode === "playground" ? await openPlayground(environment, profile, closers) : undefined;
  const codes = await db.transaction().execute(async (tx) => {
    const people = playground ? await preparePlayground(tx, peopleOf(profile), setting(new Date())) : [];
    const office = { officeCode: profile.itOffice };
    return [...people, ...(playground ? [] : await prepareAdministrators(tx, setting(new Date()), office))];
  });
  if (playground) offerStart(playground.server, profile, codes);

  const telegram = environment.mode === "telegram" ? environment.telegram : playground;
  if (telegram === undefined) throw new Error("starting: neither a token nor a playground");
  const bot = openBot({
    token: telegram.token,
    apiRoot: telegram.apiRoot,
    config: owner,
    db,
    events,
    office: officeWordsOf(profile),
    setting,
    filesFolder,
    log,
  });
  await startWorker(tasks, { db, setting, download: bot.download, filesFolder, zone: profile.timezone });
  const web = await openWeb({
    host: environment.host,
    port: environment.port,
    lastPollAt: bot.lastPollAt,
    ...(playground ? { playground: playground.server.playground } : {}),
    log,
  });
  closers.push(() => web.close());
  bot.start();
  closers.push(() => bot.stop());
  process.stdout.write(`${summary(environment, profile, web.port, codes)}\n`);
}

/** Our own PostgreSQL in the state folder, or the server that DATABASE_URL names. */
async function openDatabase(
  { home, databaseUrl }: Environment,
  closers: Closers,
  onLost: OnLost,
): Promise<pg.ClientConfig> {
  if (databaseUrl !== undefined) {
    const config = { connectionString: databaseUrl };
    const held = await beTheOnlyOne(config, () => onLost("the connection by which Simpul is the only one"));
    closers.push(() => held.close());
    return config;
  }
  const postgres = await openEmbeddedPostgres({ home, onLost: (fault) => onLost(`the database: ${fault.message}`) });
  closers.push(() => postgres.stop());
  return postgres.config;
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

/** The Bot API server and the people who are played. The bot reaches it only by HTTP, as it would Telegram. */
async function openPlayground({ home }: Environment, profile: Profile, closers: Closers): Promise<Playground> {
  const folder = join(home, "telegram-server");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const token = await keepSecret(join(folder, "token"), () => `7000000000:${randomBytes(26).toString("base64url")}`);
  const server = await openTelegramServer({
    token,
    bot: { id: 7_000_000_000, firstName: `Meja layanan ${profile.regency}`, username: "simpul_bot" },
    people: profile.playgroundPeople.map((person, index) => playedPerson(person, index, profile)),
    folder,
  });
  closers.push(() => server.close());
  const { url } = await server.listen(0, loopback);
  return { server, token, apiRoot: url };
}

function playedPerson(person: Profile["playgroundPeople"][number], index: number, profile: Profile): PlaygroundPerson {
  const [firstName = person.name, ...others] = person.name.split(" ");
  const label = person.stranger
    ? "Tidak terdaftar"
    : `${person.roles.map((role) => profile.roles[role]).join(", ")} · ${person.office}`;
  return {
    id: firstPlaygroundId + index,
    firstName,
    label,
    ...(others.length > 0 ? { lastName: others.join(" ") } : {}),
  };
}

/** Whose account is not linked finds the code behind START, as behind the link that an administrator sends. */
function offerStart(server: TelegramServer, profile: Profile, codes: readonly CodeForPerson[]): void {
  for (const [index, person] of profile.playgroundPeople.entries()) {
    const code = codes.find(({ name }) => name === person.name)?.code;
    server.setStartPayload(firstPlaygroundId + index, code);
  }
}

function peopleOf(profile: Profile): NewPerson[] {
  return profile.playgroundPeople
    .filter((person) => !person.stranger)
    .map(({ name, nip, office, roles }) => ({ name, nip: nip ?? null, officeCode: office, roles }));
}

function rulesOf(profile: Profile): OfficeRules {
  const { reopenWithinDays, linkCodeHours, draftDays, strangerRowsDays } = profile.intervals;
  return {
    zone: profile.timezone,
    reopenWithinDays: reopenWithinDays.days,
    linkCodeHours: linkCodeHours.hours,
    draftDays: draftDays.days,
    strangerRowsDays: strangerRowsDays.days,
    civilServantsOnly: profile.civilServantsOnly,
  };
}

function officeWordsOf(profile: Profile) {
  return {
    regency: profile.regency,
    zone: profile.timezone,
    zoneLabel: profile.timezoneLabel,
    roles: profile.roles,
    applications: profile.applications.map(({ name }) => name),
  };
}

/** Few lines: what is on, what is off and how to switch it on. */
function summary(environment: Environment, profile: Profile, port: number, codes: readonly CodeForPerson[]): string {
  const address = `http://${environment.host.includes(":") ? `[${environment.host}]` : environment.host}:${port}`;
  const isPlayground = environment.mode === "playground";
  return [
    `Simpul is running for ${profile.regency} (SIMPUL_PROFILE=${environment.profile}). Ctrl-C stops it.`,
    isPlayground
      ? `  playground  on   ${address}/playground`
      : `  Telegram    on   long polling; health at ${address}/healthz`,
    ...(isPlayground ? ["  Telegram    off  set TELEGRAM_BOT_TOKEN to a token of @BotFather"] : []),
    environment.databaseUrl === undefined
      ? `  database    on   embedded PostgreSQL in ${environment.home}; DATABASE_URL names a server instead`
      : `  database    on   the server of DATABASE_URL; files in ${environment.home}`,
    ...(isPlayground ? [] : codes.map(({ name, code }) => `  ${name} is not linked yet: send the bot  /start ${code}`)),
  ].join("\n");
}

function environmentOrExit(): Environment {
  const read = readEnvironment(process.env, {
    isRoot: process.getuid?.() === 0,
    homeDirectory: homedir(),
    checkout: import.meta.dirname,
  });
  if (read.ok) return read.environment;
  process.stderr.write(`${describeProblems(read.problems)}\n`);
  process.exit(2);
}

/** A secret that is made once and kept for the owner only. */
async function keepSecret(path: string, make: () => string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "ENOENT") throw fault;
  }
  const secret = make();
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
  return secret;
}

/**
 * A signal stops cleanly, with code 0; a later one, or a stop that hangs, ends the process at once. Something lost
 * without which nothing works stops as cleanly as it can, with code 1, so that whoever supervises it starts it again.
 */
function stopOnce(closers: Closers, log: Logger): { onSignal: () => void; onLost: OnLost } {
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
  };
}

async function closeAll(closers: Closers): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
}

/** What the operator can mend is one sentence; anything else is a defect, with its stack. */
function exitWith(fault: unknown): never {
  const isPlain =
    fault instanceof AlreadyRunning ||
    fault instanceof MigrationRefused ||
    fault instanceof UnsupportedServer ||
    fault instanceof ProfileError ||
    fault instanceof WrongInstallation ||
    (fault instanceof Error && "code" in fault && fault.code === "EADDRINUSE");
  const text = fault instanceof Error ? (isPlain ? fault.message : fault.stack) : String(fault);
  process.stderr.write(`Simpul could not start. ${text}\n`);
  process.exit(1);
}
