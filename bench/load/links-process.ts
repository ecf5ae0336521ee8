/**
 * A monitor that watches what it is told, or fping alone doing the same bursts, and what it costs: itself and its children.
 *
 * Arguments: "watch" or "fping", seconds, an order as JSON. It says one line: a `LinksCost`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { planChecks } from "../../core/domain/monitoring/schedule.ts";
import { sendBursts } from "../../monitor/icmp.ts";
import { Watch, type WatchedCheck } from "../../monitor/watch.ts";
import { cpuTimeOf } from "./cpu-time.ts";

export type LinksOrder = {
  pinged: readonly string[];
  /** pages that never come */
  hanging: readonly string[];
  intervalSeconds: number;
};

export type LinksCost = {
  ownMs: number;
  childrenMs: number;
  bursts: number;
  answered: number;
  checks: number;
  lateMs: number[];
};

/** As `monitor/watch.ts` does. */
const togetherMs = 3_000;

const childrenMs = async () => (await cpuTimeOf("self")).childrenMs;

async function watch({ pinged, hanging, intervalSeconds }: LinksOrder, seconds: number): Promise<LinksCost> {
  const cost: LinksCost = { ownMs: 0, childrenMs: 0, bursts: 0, answered: 0, checks: 0, lateMs: [] };
  const onFault = (fault: unknown) => {
    throw fault;
  };
  const before = { own: process.cpuUsage(), children: await childrenMs() };
  const watching = new Watch({
    ...{ mayAsk: () => true, nameServers: [], uplink: [], sendBursts, onPingFault: onFault, onFault },
    onBegin: (lateMs) => {
      cost.lateMs.push(lateMs);
    },
    onSamples: async (samples) => {
      cost.checks += samples.length;
      cost.bursts += samples.filter(({ sent }) => sent > 1).length;
      cost.answered += samples.filter(({ sent, received }) => sent > 1 && received === sent).length;
      return [];
    },
  });
  watching.replace([
    ...pinged.map(
      (address, id): WatchedCheck => ({ ...idsOf(id), settings: { kind: "icmp", address }, intervalSeconds }),
    ),
    ...hanging.map((url, index): WatchedCheck => {
      const settings = { kind: "http" as const, url, status: 200, text: null };
      return { ...idsOf(pinged.length + index), settings, intervalSeconds };
    }),
  ]);
  await pause(seconds * 1_000);
  await watching.stop();
  const { user, system } = process.cpuUsage(before.own);
  return { ...cost, ownMs: (user + system) / 1_000, childrenMs: (await childrenMs()) - before.children };
}

function idsOf(id: number) {
  return { id, targetId: id };
}

/** Those that a monitor asks together share an fping here, too. */
async function fping({ pinged, intervalSeconds }: LinksOrder, seconds: number): Promise<LinksCost> {
  const turns = planChecks(
    new Map(),
    pinged.map((_, id) => ({ id, intervalSeconds })),
    0,
  );
  const perInterval = (intervalSeconds * 1_000) / togetherMs;
  const together = Map.groupBy(
    [...turns.keys()],
    (id) => Math.floor((turns.get(id)?.dueAtMs ?? 0) / togetherMs) % perInterval,
  );
  const before = await childrenMs();
  const running: Promise<unknown>[] = [];
  let bursts = 0;
  for (let turn = 0; turn < (seconds * 1_000) / togetherMs; turn++) {
    const addresses = (together.get(turn % perInterval) ?? []).map((id) => pinged[id] ?? "");
    bursts += addresses.length;
    running.push(runFping(addresses));
    await pause(togetherMs);
  }
  await Promise.all(running);
  const cost = (await childrenMs()) - before;
  return { ownMs: 0, childrenMs: cost, bursts, answered: 0, checks: bursts, lateMs: [] };
}

async function runFping(addresses: readonly string[]): Promise<void> {
  const options = ["-C", "5", "-q", "-r", "0", "-p", "200", "-t", "1500", "-i", "1"];
  const program = spawn("fping", options, { stdio: ["pipe", "ignore", "ignore"] });
  program.stdin.end(addresses.map((address) => `${address}\n`).join(""));
  await once(program, "exit");
}

const [role, seconds, order] = process.argv.slice(2);
const measure = role === "watch" ? watch : fping;
console.log(JSON.stringify(await measure(JSON.parse(order ?? ""), Number(seconds))));
