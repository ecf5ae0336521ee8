import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkout, temporaryFolder } from "../test/e2e/support/folders.ts";
import { kill, processesOn, type RunningProcess } from "../test/e2e/support/processes.ts";
import { type LaunchOptions, npmStart } from "../test/e2e/support/simpul.ts";
import { residentMegabytes } from "./memory.ts";
import { median, type Row } from "./report.ts";

const times = 5;

/** A start by npm of a program that does nothing. */
const emptyPackage = { scripts: { setup: "true", prestart: "npm run --silent setup", start: "true" } };

/** A bot that loads the same Telegram library, and waits. */
const bareBot = `
  const { Telegraf } = await import("telegraf");
  new Telegraf("1:none");
  console.log("ready");
  setInterval(() => {}, 60_000);
`;

/** From the clone to the line that it runs, the same again, and what it then holds in memory. */
export async function start(): Promise<Row[]> {
  await using folder = await temporaryFolder();
  const cwd = join(folder.path, "simpul");
  const home = join(folder.path, "home");
  const options = { cwd, env: { SIMPUL_HOME: home } };

  const cloning = timed(() => execFileSync("git", ["clone", "--quiet", checkout, cwd]));
  const packages = timed(() => execFileSync("npm", ["run", "--silent", "setup"], { cwd, stdio: "ignore" }));
  const first = await measureStart(options, home);
  const again = await repeat(() => measureStart(options, home));

  const empty = join(folder.path, "empty");
  await mkdir(empty);
  await writeFile(join(empty, "package.json"), JSON.stringify(emptyPackage));
  const node = await repeat(() => timed(() => execFileSync(process.execPath, ["-e", "0"])));
  const npm = await repeat(() => timed(() => execFileSync("npm", ["start"], { cwd: empty, stdio: "ignore" })));
  const bots = await repeat(measureBareBot);
  const bot = { ms: median(bots.map(({ ms }) => ms)), megabytes: median(bots.map(({ megabytes }) => megabytes)) };

  return [
    {
      what: "clone to ready",
      figure: seconds(cloning + packages + first.ms),
      compared: `of it installing the packages, with npm's cache warm: ${seconds(packages)}`,
    },
    {
      what: "second start",
      figure: seconds(median(again.map(({ ms }) => ms))),
      compared: `npm starting nothing: ${seconds(median(npm))}; \`node -e 0\`: ${seconds(median(node))}; a bare telegraf bot: ${seconds(bot.ms)}`,
    },
    {
      what: "memory of Simpul",
      figure: megabytes(median(again.map(({ simpul }) => simpul))),
      compared: `a bare telegraf bot: ${megabytes(bot.megabytes)}`,
    },
    {
      what: "memory of all but PostgreSQL",
      figure: megabytes(median(again.map((each) => each.simpul + each.npm))),
      compared: `of it npm, which waits for the end: ${megabytes(median(again.map((each) => each.npm)))}`,
    },
  ];
}

async function measureStart(options: LaunchOptions, home: string) {
  const begin = performance.now();
  await using launched = npmStart(options);
  const address = await launched.isReady();
  const ms = performance.now() - begin;
  await fetch(new URL("playground", address));
  const ours = (await processesOn(home)).filter(({ command }) => !command.includes("postgres"));
  const isNpm = ({ command }: RunningProcess) => command.startsWith("npm");
  const npm = await memoryOf(ours.filter(isNpm));
  const simpul = await memoryOf(ours.filter((each) => !isNpm(each)));
  launched.interrupt();
  await launched.hasEnded();
  return { ms, simpul, npm };
}

async function measureBareBot() {
  const begin = performance.now();
  const bot = spawn(process.execPath, ["--input-type=module", "-e", bareBot], { cwd: checkout });
  await once(bot.stdout, "data");
  const ms = performance.now() - begin;
  const pid = bot.pid ?? 0;
  const megabytes = await memoryOf([{ pid }]);
  kill(pid, "SIGTERM");
  await once(bot, "exit");
  return { ms, megabytes };
}

async function memoryOf(processes: readonly { pid: number }[]): Promise<number> {
  let megabytes = 0;
  for (const { pid } of processes) megabytes += await residentMegabytes(pid);
  return megabytes;
}

async function repeat<Figure>(measure: () => Figure | Promise<Figure>): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (let count = 0; count < times; count++) figures.push(await measure());
  return figures;
}

function timed(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function megabytes(figure: number): string {
  return `${Math.round(figure)} MB`;
}
