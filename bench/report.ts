import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";

/** One line of a benchmark's table; `compared` is measured in the same run, with what it is. */
export type Row = { what: string; figure: string; compared?: string };

const file = join(import.meta.dirname, "README.md");

/**
 * Puts the table between the benchmark's marks in README.md, with date, commit and machine.
 *
 * @returns what was written
 * @throws Error there are no marks for it
 */
export async function writeReport(name: string, rows: readonly Row[]): Promise<string> {
  const report = [
    `Measured ${new Date().toISOString().slice(0, 10)}, commit ${commit()}, on ${machine()}.`,
    "",
    "| | measured | compared with |",
    "|---|---|---|",
    ...rows.map(({ what, figure, compared = "" }) => `| ${what} | ${figure} | ${compared} |`),
  ].join("\n");
  const text = await readFile(file, "utf8");
  const [begin, end] = [`<!-- ${name}: begin -->\n`, `<!-- ${name}: end -->`];
  const [before, rest] = text.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error(`bench/README.md has no marks for ${name}`);
  await writeFile(file, `${before}${begin}\n${report}\n\n${end}${after}`);
  return report;
}

/** The middle one of an odd number of figures. */
export function median(figures: readonly number[]): number {
  const middle = figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
  if (middle === undefined) throw new Error("there is no median of nothing");
  return middle;
}

function commit(): string {
  return execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8" }).trim();
}

function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cores.length} cores (${cores[0]?.model.trim()}), ${memory} GB, Linux ${release().split("-")[0]}, Node ${process.versions.node}`;
}
