type Version = readonly number[];

/**
 * Whether a range of versions, as composer.json, package.json and requirements.txt write them, takes any version of that cycle:
 * "^7.2" takes some of 7.4 and none of 8.0.
 *
 * @param cycle "8.1", or "20"
 * @returns undefined where the range cannot be read
 */
export function takesCycle(range: string, cycle: string): boolean | undefined {
  const version = versionOf(cycle);
  if (version === undefined) return undefined;
  let isUnreadable = false;
  for (const alternative of range.split(/\s*\|\|?\s*/)) {
    const bounds = boundsOf(alternative.trim());
    if (bounds === undefined) isUnreadable = true;
    else if (bounds.every((bound) => meets(version, bound))) return true;
  }
  return isUnreadable ? undefined : false;
}

/** The lowest version that is named, which is what it was written for; undefined where none is. */
export function versionIn(text: string): string | undefined {
  return /\d+(?:\.\d+)*/.exec(text)?.[0];
}

/** From `from` on, and before `before`. */
type Bound = { from?: Version; before?: Version };

function boundsOf(text: string): Bound[] | undefined {
  const between = /^v?(\d[\d.]*)\s+-\s+v?(\d[\d.]*)$/.exec(text);
  if (between !== null) return [{ from: versionOf(between[1]) ?? [], before: next(versionOf(between[2]) ?? []) }];
  const parts = text
    .replaceAll(/(>=|<=|==|=|>|<|~=|~|\^)\s+/g, "$1")
    .split(/[\s,]+/)
    .filter((part) => part !== "");
  const bounds = parts.map(boundOf);
  return bounds.some((bound) => bound === undefined) ? undefined : bounds.filter((bound) => bound !== undefined);
}

function boundOf(text: string): Bound | undefined {
  if (text === "*" || text === "x" || text === "latest") return {};
  const [, operator = "", digits = ""] =
    /^(\^|~=|~|>=|<=|===?|=|!=|>|<)?v?(\d+(?:\.\d+)*)(?:\.[x*])*(?:[-@+][\w.-]*)?$/i.exec(text) ?? [];
  const version = versionOf(digits);
  if (version === undefined) return undefined;
  const [major = 0, minor = 0] = version;
  if (operator === "!=") return {};
  if (operator === ">=" || operator === ">") return { from: version };
  if (operator === "<=") return { before: next(version) };
  if (operator === "<") return { before: version };
  if (operator === "^") return { from: version, before: major === 0 ? [0, minor + 1] : [major + 1] };
  if (operator === "~" || operator === "~=")
    return { from: version, before: next(version.slice(0, Math.max(1, version.length - 1))) };
  return { from: version, before: next(version) };
}

function meets(cycle: Version, { from, before }: Bound): boolean {
  const end = next(cycle);
  return (from === undefined || compare(end, from) > 0) && (before === undefined || compare(cycle, before) < 0);
}

function next(version: Version): Version {
  return [...version.slice(0, -1), (version.at(-1) ?? 0) + 1];
}

export function compareVersions(one: string, other: string): number {
  return compare(versionOf(one) ?? [], versionOf(other) ?? []);
}

function compare(one: Version, other: Version): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function versionOf(text = ""): Version | undefined {
  return /^\d{1,6}(?:\.\d{1,6})*$/.test(text) ? text.split(".").map(Number) : undefined;
}
