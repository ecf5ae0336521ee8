/**
 * A Simpul without its pages, for tests to end: composed as main.ts does it, over a database and a Bot API server
 * that outlive it. It takes orders on stdin, one line of JSON each, and says on stdout what it has come to.
 */

import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type pg from "pg";
import { pino } from "pino";
import { openBot } from "../../bot/bot.ts";
import type { OfficeRules, Setting } from "../../core/actions/setting.ts";
import { connect } from "../../core/db/database.ts";
import { openEvents } from "../../core/db/events/events.ts";
import { beTheOnlyOne } from "../../core/db/only-one.ts";
import { AlreadyRunning } from "../../core/db/postgres/embedded-postgres.ts";
import { openTasks } from "../../core/db/tasks.ts";
import { type Role, roles } from "../../core/domain/people/roles.ts";
import { startWorker } from "../../worker/worker.ts";
import { noHosts, noWatchedHosts } from "../support/hosting.ts";
import { type Interruption, openInterruptions } from "./interruptions.ts";

export type Surroundings = {
  config: pg.ClientConfig;
  apiRoot: string;
  token: string;
  filesFolder: string;
  rules: OfficeRules;
};

export type Order =
  | { do: "run"; surroundings: Surroundings }
  | { do: "interrupt"; interruption: Interruption }
  | { do: "go-on" };

/** Tests do not wait for Telegram's limits; the sender's own tests do that. */
const noLimits = { overallPerSecond: Infinity, perPrivateChatPerSecond: Infinity, perGroupPerMinute: Infinity };

const log = pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" }, pino.destination(2));
const closers: (() => Promise<unknown>)[] = [];
const stopping = Promise.withResolvers<void>();
const interruptions = openInterruptions(stopping.promise);
let isStopping = false;

// For the next one: who is killed has no other time to do it.
flushCompileCache();
process.once("SIGTERM", stop);
const orders = createInterface({ input: process.stdin });
orders.on("line", (line) => void follow(JSON.parse(line)));
// The test is gone.
orders.on("close", () => process.exit(1));

async function follow(order: Order): Promise<void> {
  switch (order.do) {
    case "run":
      return run(order.surroundings);
    case "interrupt":
      return interruptions.expect(order.interruption);
    case "go-on":
      return interruptions.goOn();
  }
}

async function run({ config, apiRoot, token, filesFolder, rules }: Surroundings): Promise<void> {
  const held = await becomeTheOnlyOne(config);
  closers.push(() => held.close());
  const { db, pool, close } = connect(config, { as: "application", max: 12 });
  closers.push(close);
  const tasks = await openTasks(pool, (fault) => log.error({ fault: fault.message }, "the task queue failed"));
  closers.push(() => tasks.close());
  const events = await openEvents({ config, db, onFault: (fault) => log.error({ fault }, "an event failed") });
  closers.push(() => events.close());
  const setting = (now: Date): Setting => ({ now, rules, tasks });
  const bot = openBot({
    token,
    apiRoot,
    config,
    db,
    events,
    office: {
      regency: "Kabupaten Uji",
      zone: rules.zone,
      zoneLabel: "WIB",
      roles: Object.fromEntries(roles.map((role) => [role, `[${role}]`])) as Record<Role, string>,
      applications: ["SIMPEG", "SIPD"],
      catalogue: [],
      maintainers: { applications: [], devices: [] },
      addressQuarantineDays: 30,
      addressSilentDays: 30,
      monitoring: rules.monitoring,
      hasPages: false,
      names: rules.names,
      districts: rules.districts,
    },
    setting,
    filesFolder,
    log,
    limits: noLimits,
    at: interruptions.comeTo,
  });
  await startWorker(tasks, {
    db,
    setting,
    download: bot.download,
    lookAtGroup: bot.lookAtGroup,
    filesFolder,
    dnsFolder: join(filesFolder, "dns"),
    dnsResolvers: [],
    ping: async () => "no-fping" as const,
    hosts: noHosts,
    watched: noWatchedHosts,
    checkFile: async () => [],
    zone: rules.zone,
    log,
  });
  bot.start();
  closers.push(() => bot.stop());
}

/** A service manager would start it again until the session of the killed one is gone. */
async function becomeTheOnlyOne(config: pg.ClientConfig): ReturnType<typeof beTheOnlyOne> {
  for (;;) {
    try {
      return await beTheOnlyOne(config, stop);
    } catch (fault) {
      if (!(fault instanceof AlreadyRunning)) throw fault;
    }
  }
}

/** As main.ts does. */
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  const closed = closeAll();
  stopping.resolve();
  closed.then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

async function closeAll(): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
}
