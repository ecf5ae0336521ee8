import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { describeFault } from "../../core/db/fault.ts";
import type { FailedWork, HostingFailure } from "../../core/domain/hosting/hosting-failure.ts";
import { HostFailed } from "./hosts.ts";

/** What mostly passes by itself: an engine that is restarted, somebody's update by hand, a Pulumi that was ended. */
const passing: ReadonlySet<HostingFailure> = new Set([
  "host-unreachable",
  "state-unreachable",
  "stack-locked",
  "not-finished",
]);
const usualPausesMs: readonly number[] = [1_000, 3_000, 6_000, 10_000, 20_000];

/**
 * Does work on a host. What mostly passes is tried again, for less than a minute. What the host refuses then is logged and told;
 * anything else is thrown, so that the queue tries again.
 *
 * @param doing "planning an application", for the log
 * @param pausesMs before each further try
 */
export async function orTold(
  work: () => Promise<void>,
  {
    log,
    ticketId,
    doing,
    tell,
    signal,
    pausesMs = usualPausesMs,
  }: {
    log: Logger;
    ticketId: number;
    doing: string;
    tell: (failed: FailedWork) => Promise<void>;
    signal: AbortSignal;
    pausesMs?: readonly number[] | undefined;
  },
): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof HostFailed)) throw fault;
      const pauseMs = passing.has(fault.why) ? pausesMs[tries] : undefined;
      const fields = { ticketId, fault: describeFault(fault) };
      if (pauseMs === undefined) {
        log.error(fields, `${doing} failed`);
        return tell(fault);
      }
      log.warn(fields, `${doing} is tried again`);
      await pause(pauseMs, undefined, { signal });
    }
  }
}
