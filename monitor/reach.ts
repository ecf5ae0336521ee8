import type { AskOptions } from "./ask.ts";
import { askTcp } from "./tcp.ts";

/** A gateway opens it, or refuses. */
const usualPort = 443;
/** As long as a burst of pings that nobody answers. */
const answerWithinMs = 2_000;

/**
 * Whether something is at an address, where no ping can be sent: a port that refuses is an answer, too. Silence may be
 * that of a filter.
 */
export async function isReached(
  address: string,
  options: AskOptions,
  stop: AbortSignal,
  port = usualPort,
): Promise<boolean> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(answerWithinMs)]);
  const { isOk, problem } = await askTcp({ kind: "tcp", address, port }, { ...options, signal });
  return isOk || problem === "refused";
}
