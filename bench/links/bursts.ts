import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { temporaryFolder } from "../../test/e2e/support/folders.ts";
import { openNetwork } from "../../test/e2e/support/network.ts";
import { until } from "../../test/e2e/support/until.ts";
import { Child } from "../load/child.ts";
import { cpuTimeOf } from "../load/cpu-time.ts";
import type { LinksCost, LinksOrder } from "../load/links-process.ts";
import type { Row } from "../report.ts";
import { openAddresses } from "./addresses.ts";

const targets = { all: 400, silent: 40, intervalSeconds: 30 };
/** 10,000 bursts a minute. */
const many = { all: 5_000, intervalSeconds: 30 };
const aims = { ofFping: 1.5, partOfCore: 0.5, lateMs: 1_000 };
const exporter = { program: "prometheus-blackbox-exporter", port: 19_115 };
const pingsOfBurst = 5;

/** What asking costs, beside fping alone and the exporter of Prometheus, and whether what hangs delays the rest. */
export async function measureBursts(seconds: number): Promise<Row[]> {
  using network = openNetwork("be", 1);
  const addresses = openAddresses(network);
  const pinged = Array.from({ length: targets.all }, (_, index) =>
    index < targets.silent ? addresses.silent(index) : addresses.answering(index),
  );
  const order = { pinged, hanging: [], intervalSeconds: targets.intervalSeconds };
  const ours = await measure("watch", order, seconds);
  const bare = await measure("fping", order, seconds);
  const theirs = await measureExporter(pinged);
  const pages = pinged.slice(0, targets.silent).map((address) => `http://${address}/`);
  const crowd = {
    ...{ pinged: Array.from({ length: many.all }, (_, index) => addresses.answering(index)), hanging: pages },
    intervalSeconds: many.intervalSeconds,
  };
  const [ofMany, bareOfMany] = [await measure("watch", crowd, seconds), await measure("fping", crowd, seconds)];
  return [
    rowOfBursts(`${targets.all} targets at ${targets.intervalSeconds} s, ${targets.silent} of them silent`, ours, bare),
    { what: "the same by blackbox_exporter, one probe a ping", ...theirs },
    rowOfLateness(ours),
    rowOfBursts("10,000 bursts a minute", ofMany, bareOfMany),
    {
      what: "the same, part of one core",
      figure: percent(costOf(ofMany) / (seconds * 1_000)),
      compared: `fping alone: ${percent(bareOfMany.childrenMs / (seconds * 1_000))}; aim: ${percent(aims.partOfCore)}; without PostgreSQL's writes`,
    },
    {
      ...rowOfLateness(ofMany),
      what: `the same, begun late by more than a second, while ${pages.length} pages hang beside them`,
    },
  ];
}

async function measure(role: "watch" | "fping", order: LinksOrder, forSeconds: number): Promise<LinksCost> {
  await using child = new Child("links-process.ts", [role, `${forSeconds}`, JSON.stringify(order)]);
  return JSON.parse(await child.nextLine()) as LinksCost;
}

function costOf({ ownMs, childrenMs }: LinksCost): number {
  return ownMs + childrenMs;
}

function rowOfBursts(what: string, ours: LinksCost, bare: LinksCost): Row {
  const [each, bareEach] = [costOf(ours) / ours.bursts, bare.childrenMs / bare.bursts];
  const parts = `${(ours.childrenMs / ours.bursts).toFixed(2)} fping's, ${(ours.ownMs / ours.bursts).toFixed(2)} the monitor's`;
  return {
    what: `CPU of a burst of ${pingsOfBurst}: ${what}`,
    figure: `${each.toFixed(2)} ms (${parts}), of ${ours.bursts} bursts, ${ours.answered} answered`,
    compared: `fping alone: ${bareEach.toFixed(2)} ms, so ${(each / bareEach).toFixed(2)} times that; aim: ${aims.ofFping}`,
  };
}

function rowOfLateness({ lateMs }: LinksCost): Row {
  const late = lateMs.filter((ms) => ms > aims.lateMs).length;
  return {
    what: `begun late by more than a second, of ${lateMs.length}`,
    figure: `${late}`,
    compared: `the latest by ${(Math.max(...lateMs) / 1_000).toFixed(2)} s; aim: 0`,
  };
}

/** Prometheus would ask it five times for what is one burst here. */
async function measureExporter(pinged: readonly string[]): Promise<Pick<Row, "figure" | "compared">> {
  await using folder = await temporaryFolder();
  const config = join(folder.path, "blackbox.yml");
  await writeFile(
    config,
    "modules:\n  icmp:\n    prober: icmp\n    timeout: 1500ms\n    icmp: {preferred_ip_protocol: ip4}\n",
  );
  const address = `127.0.0.1:${exporter.port}`;
  const program = spawn(exporter.program, [`--config.file=${config}`, `--web.listen-address=${address}`], {
    stdio: "ignore",
  });
  const isMissing = await once(program, "spawn").then(
    () => false,
    () => true,
  );
  if (isMissing) return { figure: "not measured", compared: `apt-get install ${exporter.program}` };
  try {
    await until("the exporter answers", () =>
      fetch(`http://${address}/-/healthy`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    const { ownMs: before } = await cpuTimeOf(program.pid ?? 0);
    const probes: Promise<unknown>[] = [];
    const eachMs = (targets.intervalSeconds * 1_000) / (pinged.length * pingsOfBurst);
    for (let ping = 0; ping < pingsOfBurst; ping++) {
      for (const target of pinged) {
        probes.push(fetch(`http://${address}/probe?module=icmp&target=${target}`).then((found) => found.text()));
        await pause(eachMs);
      }
    }
    await Promise.all(probes);
    const each = ((await cpuTimeOf(program.pid ?? 0)).ownMs - before) / pinged.length;
    return { figure: `${each.toFixed(2)} ms a burst`, compared: "without who asks it" };
  } finally {
    const ended = once(program, "exit");
    program.kill("SIGTERM");
    await ended;
  }
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
