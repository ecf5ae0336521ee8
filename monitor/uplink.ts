import type { Address } from "../core/domain/ipam/address.ts";
import { showAddress } from "../core/domain/ipam/address.ts";
import { type AskOptions, askTogether } from "./ask.ts";
import { isReached } from "./reach.ts";

/** The monitor's own way out; "unknown": the profile names no address for it, or nobody could be asked. */
export type Uplink = "up" | "down" | "unknown";

/**
 * So long an answer holds. It is shorter than what lies between two misses of a target, so that the second one is never
 * judged by an uplink that was last seen before the first.
 */
const holdsMs = 2_000;

export type UplinkWatch = { look: (isNeeded: boolean, signal: AbortSignal) => Promise<Uplink> };

/**
 * Looks at the monitor's own uplink, when somebody did not answer or it was not up before. Where no ping can be sent it
 * is asked by a port.
 *
 * @param addresses any of which answers while it is up
 */
export function watchUplink(
  addresses: readonly Address[],
  options: AskOptions,
  monotonicMs: () => number,
  isReachedByPort = isReached,
): UplinkWatch {
  const shown = addresses.map(showAddress);
  /** what was asked last, also while it is under way: many that find a miss together ask once */
  let last: { answer: Promise<Uplink>; atMs: number } | undefined;
  let known: Uplink | undefined;
  /** Some drop all but pings: only of what was reached by a port before does silence say anything. */
  let wasReachedByPort = false;

  async function ask(signal: AbortSignal): Promise<Uplink> {
    const answers = await askTogether(shown, options, signal);
    if (answers.some(({ isOk }) => isOk)) return "up";
    return answers.some(({ sent }) => sent > 0) ? "down" : askByPort(signal);
  }

  async function askByPort(signal: AbortSignal): Promise<Uplink> {
    const reached = await Promise.all(shown.map((address) => isReachedByPort(address, options, signal)));
    if (!reached.includes(true)) return wasReachedByPort ? "down" : "unknown";
    wasReachedByPort = true;
    return "up";
  }

  async function askNow(signal: AbortSignal): Promise<Uplink> {
    known = await ask(signal);
    return known;
  }

  return {
    async look(isNeeded, signal) {
      if (shown.length === 0) return "unknown";
      if (!isNeeded && known === "up") return "up";
      const atMs = monotonicMs();
      if (last === undefined || atMs - last.atMs >= holdsMs) last = { answer: askNow(signal), atMs };
      return last.answer;
    },
  };
}
