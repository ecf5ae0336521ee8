import { type Finding, finding } from "../check.ts";
import { compareVersions, takesCycle } from "./version-range.ts";

/** A line of versions that is maintained together. */
export type Cycle = {
  /** "8.1", or "20" */
  cycle: string;
  /** The last day with security fixes, "2025-12-31"; "maintained" where no day is known. */
  ends: string;
};

/** What is known of how long runtimes and frameworks are maintained, by product. From config/end-of-life.yaml. */
export type EndOfLife = ReadonlyMap<string, readonly Cycle[]>;

/** Something that an application is made of or runs on. Either its version is known, or which ones it takes, or neither. */
export type Component = {
  /** As the table of ends calls it: "php", "laravel". */
  product: string;
  version?: string;
  /** "^8.1 || ^8.2" */
  range?: string;
  /** The file that says so. */
  path: string;
};

/** Time enough to plan an upgrade. Source: office practice. */
const soonDays = 180;
const dayMs = 86_400_000;

/** What is no longer maintained, or will soon not be. What the table does not hold is not judged. @param now when that is asked */
export function problemsOfAge(components: readonly Component[], table: EndOfLife, now: Date): Finding[] {
  return components.flatMap((component) => {
    const cycles = table.get(component.product);
    if (cycles === undefined) return [];
    const { product, version, range, path } = component;
    if (version !== undefined) return problemOfVersion(product, version, path, cycles, now);
    if (range !== undefined) return problemOfRange(product, range, path, cycles, now);
    return [finding("version-unknown", { product, path })];
  });
}

/** Between two cycles that are known, or before all of them, the end of the next one is a bound. */
function problemOfVersion(
  product: string,
  version: string,
  path: string,
  cycles: readonly Cycle[],
  now: Date,
): Finding[] {
  const cycle = cycleOf(version, cycles);
  if (cycle !== undefined) return problemOfEnd(product, version, path, cycle.ends, now);
  const newer = cycles.filter((each) => compareVersions(each.cycle, version) > 0);
  const next = newer.toSorted((one, other) => compareVersions(one.cycle, other.cycle))[0];
  const found = next === undefined ? [] : problemOfEnd(product, version, path, next.ends, now);
  return found[0]?.code === "end-of-life" ? found : [finding("version-unknown", { product, version, path })];
}

/** A range is judged by the latest cycle that it takes. */
function problemOfRange(product: string, range: string, path: string, cycles: readonly Cycle[], now: Date): Finding[] {
  const taken = cycles.filter(({ cycle }) => takesCycle(range, cycle) === true);
  const latest = taken.toSorted((one, other) => compareVersions(other.cycle, one.cycle))[0];
  if (latest === undefined) return [finding("version-unknown", { product, version: range, path })];
  return problemOfEnd(product, latest.cycle, path, latest.ends, now);
}

function problemOfEnd(product: string, version: string, path: string, ends: string, now: Date): Finding[] {
  if (ends === "maintained") return [];
  const daysLeft = (Date.parse(`${ends}T23:59:59Z`) - now.getTime()) / dayMs;
  if (daysLeft < 0) return [finding("end-of-life", { product, version, path, ended: ends })];
  return daysLeft < soonDays ? [finding("ends-soon", { product, version, path, ends })] : [];
}

/** "8.1.27" is of "8.1", "10.48.2" of "10". */
function cycleOf(version: string, cycles: readonly Cycle[]): Cycle | undefined {
  const parts = version.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join(".");
    const found = cycles.find(({ cycle }) => cycle === name || cycle === `${name}.0`);
    if (found !== undefined) return found;
  }
  return undefined;
}
