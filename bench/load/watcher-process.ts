/**
 * Who watches, as the worker of an office does it: asks, records and rolls up; tells nobody by itself.
 *
 * Arguments: the database's owner, the address of the way out. It answers each line it reads by a `WatcherSaid`, and ends by SIGTERM.
 */
import { createInterface } from "node:readline";
import { pino } from "pino";
import type { Setting } from "../../core/actions/setting.ts";
import { connect } from "../../core/db/database.ts";
import { addressOf } from "../../core/domain/ipam/address.ts";
import { openMonitor } from "../../parts/monitor.ts";
import { testRules } from "../../test/support/rules.ts";
import { startWatcher } from "../../worker/monitoring/watcher.ts";
import { rollUpSamples } from "../../worker/tasks/roll-up-samples.ts";
import { type CpuTime, cpuTimeOf } from "./cpu-time.ts";

/** @property originMs the beginning of its monotonic clock, in milliseconds of the machine's */
export type WatcherSaid = CpuTime & { originMs: number };

const [config = "", uplink = ""] = process.argv.slice(2);
const owner = JSON.parse(config);
const rules = { ...testRules, monitoring: { ...testRules.monitoring, uplink: [addressOf(uplink)] } };
const setting = (now: Date): Setting => ({ now, rules, tasks: { enqueue: async () => undefined } });
const log = pino({ level: "error" }, pino.destination(2));
const { db, close } = connect(owner, { as: "application", max: 4 });
const monitor = openMonitor(rules, { dnsResolvers: [], log });
const watcher = startWatcher({ ...{ config: owner, db, log, setting }, monitor });
let rollingUp = Promise.resolve();
const eachMinute = setInterval(() => {
  rollingUp = rollingUp.then(() => rollUpSamples({ db, setting }));
}, 60_000);

process.once("SIGTERM", async () => {
  clearInterval(eachMinute);
  await watcher.stop();
  await rollingUp;
  await close();
  process.exit(0);
});
for await (const _ of createInterface({ input: process.stdin })) {
  const said: WatcherSaid = { ...(await cpuTimeOf("self")), originMs: Date.now() - performance.now() };
  console.log(JSON.stringify(said));
}
