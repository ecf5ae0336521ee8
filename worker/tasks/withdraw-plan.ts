import { isStillHeld } from "../../core/actions/ticket/is-still-held.ts";
import { findApplicationByStack } from "../../core/db/hosting/applications.ts";
import { findPlatform } from "../../core/db/hosting/stacks.ts";
import { findWatched } from "../../core/db/hosting/watched-stacks.ts";
import type { Db } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import { wantedApplication } from "../../core/domain/hosting/wanted.ts";
import { machineStates } from "../../core/domain/procedures/machine-steps.ts";
import { whileHolding } from "../hosting/hold-stack.ts";
import type { HostingOptions } from "./plan-application.ts";

/**
 * A plan was given up, or an address that it needs, and by the stack's file anybody could still build it by hand, at addresses that are somebody else's by then:
 * the file becomes that of what stands, or goes with the stack where nothing does. A throw makes the queue try again, also while somebody works on the stack.
 */
export async function withdrawPlan(
  { stack }: { stack: string },
  { db, hosts }: Pick<HostingOptions, "db" | "hosts">,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await whileHolding(db, stack, signal, async (held) => {
    const standing = await findWatched(db, stack);
    if (standing !== undefined) return hosts.keepStanding(stack, standing);
    if (!(await isAskedFor(db, stack))) await hosts.forgetPlan(stack, held);
  });
}

/** Somebody asks for it anew, at addresses of its own, or some of it stands that was begun. */
async function isAskedFor(db: Db, stack: string): Promise<boolean> {
  const application = await findApplicationByStack(db, stack);
  if (application !== undefined) {
    const isHeld = () => db.transaction().execute((tx) => isStillHeld(tx, wantedApplication(application)));
    return application.begunPlanId !== null || (await isHeld());
  }
  const platform = await findPlatform(db, stack);
  if (platform?.isBegun) return true;
  if (platform === undefined || platform.ticketId === null) return false;
  const ticket = await findTicket(db, platform.ticketId);
  return ticket !== undefined && ticket.state in machineStates;
}
