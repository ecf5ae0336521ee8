import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { loadCalendar } from "../config/calendar.ts";
import type { Environment } from "../config/env.ts";
import { loadProfile, type Profile } from "../config/profile.ts";
import type { OfficeRules, Setting } from "../core/actions/setting.ts";
import { connect } from "../core/db/database.ts";
import { type Events, openEvents } from "../core/db/events/events.ts";
import { describeFault, framesOf } from "../core/db/fault.ts";
import { checkInstallation, claimInstallation } from "../core/db/installation.ts";
import { openSeal, type Seal } from "../core/db/journal/seal.ts";
import { underLock } from "../core/db/locks.ts";
import { migrate } from "../core/db/migrate.ts";
import { beOneOfMany, beTheOnlyOne } from "../core/db/only-one.ts";
import { saveOffices } from "../core/db/people/offices.ts";
import { openEmbeddedPostgres } from "../core/db/postgres/embedded-postgres.ts";
import { makeHome } from "../core/db/postgres/state-folder.ts";
import type { Db } from "../core/db/tables.ts";
import { installTasks, openTasks, type Tasks } from "../core/db/tasks.ts";
import type { WorkingCalendar } from "../core/domain/calendar/working-calendar.ts";
import { rulesOf } from "./office.ts";
import type { Running } from "./process.ts";

/** What every process stands on: the database, in the state that this version needs, and the events. */
export type Foundation = {
  /** of the database, as its owner */
  owner: pg.ClientConfig;
  db: Db;
  pool: pg.Pool;
  events: Events;
  profile: Profile;
  calendar: WorkingCalendar;
  /** id of the installation, which names the folders of its files */
  installation: string;
  pages: Pages;
  /** Closes secrets that are shown once. */
  seal: Seal;
};

/** Where people reach the pages. In the playground that is known when they listen. */
export type Pages = { areReached: boolean; url: string | undefined };

/**
 * @param as the whole of Simpul, alone on its database, or a part of it beside others
 * @param connections to the database at most
 */
export async function openFoundation(
  environment: Environment,
  { closers, log, onLost }: Running,
  { as, connections }: { as: "whole" | "part"; connections: number },
): Promise<Foundation> {
  const { publicUrl } = environment;
  const profile = asPlayed(loadProfile(environment.profile, environment.profilesFolder), environment);
  const calendar = loadCalendar(profile.timezone);
  const owner = await openDatabase(environment, closers, onLost, as);
  const purpose = { purpose: environment.mode, profile: environment.profile };
  // Who starts first makes the database fit; the others wait, and find nothing to do.
  await underLock(owner, startLock, async () => {
    await checkInstallation(owner, purpose);
    await prepareSchema(owner);
  });
  const { db, pool, close } = connect(owner, { as: "application", max: connections });
  closers.push(close);
  const installation = await claimInstallation(db, purpose);
  await underLock(owner, startLock, () => saveOffices(db, profile.offices));
  const events = await openEvents({
    config: owner,
    db,
    onFault: (fault) => log.error({ fault: describeFault(fault) }, "an event failed"),
    redis: environment.redisUrl === undefined ? undefined : { url: environment.redisUrl, installation },
  });
  closers.push(() => events.close());
  const pages = { areReached: environment.mode === "playground" || publicUrl !== undefined, url: publicUrl };
  const seal = await openSeal(join(await makeHome(environment.home), `secrets-${installation}.key`));
  return { owner, db, pool, events, profile, calendar, installation, pages, seal };
}

/** So soon who plays sees that something was cut. */
const playedSoon = { intervalSeconds: 5, recheckSeconds: 1 };

/** What is played is built nowhere, unless somebody has asked for it; its links are asked often, and no uplink is. */
export function asPlayed(
  profile: Profile,
  { mode, hasDocker = false }: { mode: Environment["mode"]; hasDocker?: boolean },
): Profile {
  if (mode === "telegram") return profile;
  const { hosting, monitoring, ...others } = profile;
  const watched = { ...monitoring, uplink: [], policy: { ...monitoring.policy, ...playedSoon } };
  return { ...others, ...(hosting !== undefined && hasDocker ? { hosting } : {}), monitoring: watched };
}

/** Held by whoever prepares what all share. */
export const startLock = "start";

/** Our own PostgreSQL in the state folder, or the server that DATABASE_URL names. */
async function openDatabase(
  { home, databaseUrl }: Environment,
  closers: Running["closers"],
  onLost: Running["onLost"],
  as: "whole" | "part",
): Promise<pg.ClientConfig> {
  if (databaseUrl !== undefined) {
    const config = { connectionString: databaseUrl };
    const hold = as === "whole" ? beTheOnlyOne : beOneOfMany;
    const held = await hold(config, (fault) => onLost(`the server of DATABASE_URL: ${fault.message}`));
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

export type Desk = { tasks: Tasks; rules: OfficeRules; setting: (now: Date) => Setting };

/**
 * What actions are given.
 *
 * @param worksTasks false: tasks are left to others; true: also the clock that makes some
 * @param playedAddresses of a playground's links
 */
export async function openDesk(
  { pool, profile, calendar, pages, seal }: Foundation,
  { closers, log }: Running,
  { worksTasks, playedAddresses }: { worksTasks: boolean; playedAddresses?: readonly string[] | undefined },
): Promise<Desk> {
  const onError = (fault: Error, task?: string) =>
    log.error({ task, fault: describeFault(fault), frames: framesOf(fault) }, "a task failed");
  const tasks = await openTasks(pool, onError, { worksTasks });
  closers.push(() => tasks.close());
  const rules = rulesOf(profile, calendar, playedAddresses);
  const report: Setting["report"] = (what, fields) => log.error(fields, what);
  return { tasks, rules, setting: (now) => ({ now, rules, tasks, report, seal, pagesUrl: pages.url }) };
}

/** Each database has files of its own, whichever databases are opened over one state folder. */
export async function ownFolder({ home }: Environment, name: string, { installation }: Foundation): Promise<string> {
  const folder = join(home, name, installation);
  await makeHome(home);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}
