import { beginWritingState, endWritingState } from "../../core/actions/hosting/stack-states.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Db } from "../../core/db/tables.ts";
import { HostFailed, type Hosts } from "./hosts.ts";
import type { WatchedHosts } from "./watched-hosts.ts";

type Options = { db: Db; setting: (now: Date) => Setting; watched: Pick<WatchedHosts, "hashOfState"> };

/**
 * Does what writes Pulumi's state of a stack. What somebody else wrote before is noted first, and how the state was left is
 * kept, so that the next look knows it as ours. After a fault, which may be the loss of the stack to another worker, nothing is
 * said of how it was left.
 */
export async function whileWriting<Done>(
  { db, setting, watched }: Options,
  stack: string,
  work: () => Promise<Done>,
): Promise<Done> {
  const begin = { stack, stateHash: await watched.hashOfState(stack) };
  await db.transaction().execute((tx) => beginWritingState(tx, setting(new Date()), begin));
  const end = async (stateHash: string | undefined) => {
    await db.transaction().execute((tx) => endWritingState(tx, setting(new Date()), { stack, stateHash }));
  };
  try {
    const done = await work();
    await end(await watched.hashOfState(stack));
    return done;
  } catch (fault) {
    // Who holds the stack may be writing something that is not ours.
    if (fault instanceof HostFailed) {
      await end(fault.why === "stack-locked" ? undefined : await watched.hashOfState(stack));
    }
    throw fault;
  }
}

/** Hosts whose work on a stack keeps how it left the state. */
export function notingWriting(hosts: Hosts, options: Options): Hosts {
  return {
    ...hosts,
    recover: (stack, ...rest) => whileWriting(options, stack, () => hosts.recover(stack, ...rest)),
    update: (stack, ...rest) => whileWriting(options, stack, () => hosts.update(stack, ...rest)),
    forgetAccess: (stack, ...rest) => whileWriting(options, stack, () => hosts.forgetAccess(stack, ...rest)),
    // It refreshes the state first.
    previewRemoval: (stack, ...rest) => whileWriting(options, stack, () => hosts.previewRemoval(stack, ...rest)),
    remove: (stack, ...rest) => whileWriting(options, stack, () => hosts.remove(stack, ...rest)),
  };
}
