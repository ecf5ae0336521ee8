import type pg from "pg";
import { pino } from "pino";
import type { OfficeRules } from "../../../core/actions/setting.ts";
import { connect } from "../../../core/db/database.ts";
import { preparePulumiState } from "../../../core/db/hosting/pulumi-state.ts";
import { openTasks } from "../../../core/db/tasks.ts";
import type { HostingRules } from "../../../core/domain/hosting/hosting-rules.ts";
import { openStacks } from "../../../infra/stacks/context.ts";
import { notingWriting } from "../../../worker/hosting/note-writing.ts";
import { oneAtATime } from "../../../worker/hosting/one-at-a-time.ts";
import { openHosts } from "../../../worker/hosting/open-hosts.ts";
import { openWatchedHosts } from "../../../worker/hosting/watched-hosts.ts";
import { startWorker } from "../../../worker/worker.ts";
import { testRules } from "../../support/rules.ts";

/** A worker in a process of its own, to be killed; its database and its host outlive it. It says when it works. */
export type Surroundings = {
  config: pg.ClientConfig;
  home: string;
  passphraseFile: string;
  hosting: HostingRules;
};

const { config, home, passphraseFile, hosting } = JSON.parse(process.argv[2] ?? "{}") as Surroundings;
// Whoever started it is gone.
process.stdin.resume().once("close", () => process.exit(1));

const rules: OfficeRules = { ...testRules, maintainers: { applications: [], devices: [] }, hosting };
const log = pino({ level: process.env.TEST_LOG_LEVEL ?? "error" }, pino.destination(2));
const { db, pool } = connect(config, { as: "application", max: 12 });
const tasks = await openTasks(pool, (fault, task) => log.error({ fault: fault.message, task }, "a task failed"));
const stacks = preparePulumiState(config).then((state) => openStacks({ home, passphraseFile, ...state }));
const watched = openWatchedHosts(() => stacks);
const setting = (now: Date) => ({ now, rules, tasks });
const noting = notingWriting(
  openHosts(() => stacks),
  { db, setting, watched },
);
const hosts = oneAtATime(noting, db);
const away = () => Promise.reject(new Error("there is no Telegram"));
await startWorker(tasks, {
  ...{ db, log, zone: rules.zone, setting },
  ...{ filesFolder: home, dnsFolder: `${home}/dns`, dnsResolvers: [], hosts, watched },
  ...{ download: away, lookAtGroup: away, ping: async () => "no-fping" as const, checkFile: async () => [] },
});
process.stdout.write("works\n");
