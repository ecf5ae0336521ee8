import type { Logger } from "pino";
import { describeFault } from "../../core/db/fault.ts";
import type { HostingFailure } from "../../core/domain/hosting/hosting-failure.ts";
import { HostFailed } from "./hosts.ts";

/**
 * Does work on a host. What the host refuses is logged and told; anything else is thrown, so that the queue tries again.
 *
 * @param doing "planning an application", for the log
 */
export async function orTold(
  work: () => Promise<void>,
  {
    log,
    ticketId,
    doing,
    tell,
  }: { log: Logger; ticketId: number; doing: string; tell: (why: HostingFailure) => Promise<void> },
): Promise<void> {
  try {
    await work();
  } catch (fault) {
    if (!(fault instanceof HostFailed)) throw fault;
    log.error({ ticketId, fault: describeFault(fault) }, `${doing} failed`);
    await tell(fault.why);
  }
}
