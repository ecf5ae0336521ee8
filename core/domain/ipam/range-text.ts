import { accept, type Outcome, refuse } from "../outcome.ts";
import { type Family, parseAddress, showAddress } from "./address.ts";
import type { Range } from "./ranges.ts";

/** Reads "10.1.2.10-10.1.2.50", or one address alone. */
export function parseRange(entered: string): Outcome<Range & { family: Family }> {
  const [from = "", to, ...more] = entered.split(/\s*[-–]\s*/);
  if (more.length > 0) return refuse("range-unreadable");
  const first = parseAddress(from);
  if (!first.ok) return first;
  const last = to === undefined ? first : parseAddress(to);
  if (!last.ok) return last;
  if (first.value.family !== last.value.family) return refuse("range-of-two-families");
  if (last.value.number < first.value.number) {
    return refuse("range-backwards", { meant: `${showAddress(last.value)}-${showAddress(first.value)}` });
  }
  return accept({ family: first.value.family, first: first.value.number, last: last.value.number });
}

/** "10.1.2.10-10.1.2.50", or the address where it is one. */
export function showRange({ family, first, last }: Range & { family: Family }): string {
  const from = showAddress({ family, number: first });
  return first === last ? from : `${from}-${showAddress({ family, number: last })}`;
}
