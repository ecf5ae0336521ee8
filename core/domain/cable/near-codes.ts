import { distance } from "../people/nearest.ts";

const mostShown = 3;

/**
 * The codes that somebody may have meant who mistyped one, the most alike first. Of each code one end is enough: half of a label
 * may be unreadable.
 */
export function nearCodes(typed: string, codes: readonly string[]): string[] {
  const wanted = typed.toUpperCase();
  const mostChanges = Math.max(2, Math.floor(wanted.length / 4));
  return codes
    .map((code) => ({ code, changes: Math.min(...[code, ...code.split("/")].map((part) => distance(wanted, part))) }))
    .filter(({ changes }) => changes <= mostChanges)
    .sort((one, other) => one.changes - other.changes || (one.code < other.code ? -1 : 1))
    .slice(0, mostShown)
    .map(({ code }) => code);
}
