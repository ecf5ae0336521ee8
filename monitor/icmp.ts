import { type Address, showAddress } from "../core/domain/ipam/address.ts";
import { type Burst, burstOf } from "../core/domain/monitoring/burst.ts";
import { PingFault, runFping } from "./fping.ts";

/** Of one address: five pings, a fifth of a second apart. */
const burst = { pings: 5, apartMs: 200, answerWithinMs: 1_500 };
/** Between two packets, of all. */
const betweenMs = 1;
/** A burst, and what is between the packets of all, take no longer. */
const longestMs = 30_000;

/**
 * Sends a burst of pings to each address, all at once, by one fping.
 *
 * @param addresses of both families, each once or more
 * @param signal ends fping
 * @returns by address, as `showAddress` writes it; one of a family that this machine does not have is missing
 * @throws PingFault fping asked nobody; its code is "no-fping" where it is not on PATH
 */
export async function sendBursts(
  addresses: readonly Address[],
  signal: AbortSignal,
  program = "fping",
): Promise<Map<string, Burst>> {
  const shown = [...new Set(addresses.map(showAddress))];
  if (shown.length === 0) return new Map();
  const options = ["-C", burst.pings, "-q", "-r", 0, "-p", burst.apartMs, "-t", burst.answerWithinMs, "-i", betweenMs];
  const doing = `sending bursts to ${shown.length} addresses by ${program}`;
  const { problem, ending } = await runFping({ doing, program, options, addresses: shown, longestMs, signal });
  const found = new Map(problem.split("\n").flatMap(burstIn));
  if (found.size === 0) throw new PingFault(`${doing}: ${ending}`);
  return found;
}

/** "10.1.2.3 : 0.41 0.077 - 12.3 0.079", milliseconds in the order sent; what else fping says there is no burst. */
function burstIn(line: string): [string, Burst][] {
  const [, address, trips] = /^(\S+)\s+:((?: (?:-|\d+(?:\.\d+)?))+)$/.exec(line.trimEnd()) ?? [];
  if (address === undefined || trips === undefined) return [];
  const roundTrips = trips.trim().split(" ");
  return [[address, burstOf(roundTrips.map((each) => (each === "-" ? null : Math.round(Number(each) * 1_000))))]];
}
