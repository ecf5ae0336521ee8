import {
  beginLooksOfHour,
  hindranceOfPuttingBack,
  recordLook,
  recordNotCompared,
  recordPutBack,
} from "../../core/actions/hosting/compare-stack.ts";
import { isStackHeld } from "../../core/db/hosting/stack-leases.ts";
import { findWatched, type WatchedStack } from "../../core/db/hosting/watched-stacks.ts";
import type { HostingFailure } from "../../core/domain/hosting/hosting-failure.ts";
import { whileHolding } from "../hosting/hold-stack.ts";
import { HostFailed, type Hosts } from "../hosting/hosts.ts";
import { whileWriting } from "../hosting/note-writing.ts";
import type { WatchedHosts } from "../hosting/watched-hosts.ts";
import type { HostingOptions } from "./plan-application.ts";

export type WatchOptions = Pick<HostingOptions, "db" | "setting" | "log"> & {
  hosts: Pick<Hosts, "recover">;
  watched: WatchedHosts;
};

type Asked = { stack: string; personId?: number };

/** Each hour: one task for each stack that stands. */
export async function beginLooks({ db, setting }: Pick<WatchOptions, "db" | "setting">): Promise<void> {
  await db.transaction().execute((tx) => beginLooksOfHour(tx, setting(new Date())));
}

/** Compares a stack with its host, and keeps what was seen. What is just being changed is left alone, and who asked is told. */
export async function compareStack(
  asked: Asked,
  options: WatchOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db } = options;
  const { stack, personId } = asked;
  const leave = () => tellNotCompared(asked, "being-changed", options);
  if (await isStackHeld(db, stack)) return leave();
  await whileHolding(db, stack, signal, async (held) => {
    const watched = await findWatched(db, stack);
    if (watched === undefined || watched.isChanging || watched.isClosing) return leave();
    await look(watched, options, { signal: held, personId });
  });
}

async function tellNotCompared(
  { stack, personId }: Asked,
  problem: HostingFailure,
  { db, setting }: Pick<WatchOptions, "db" | "setting">,
): Promise<void> {
  if (personId === undefined) return;
  await db.transaction().execute((tx) => recordNotCompared(tx, setting(new Date()), { stack, personId, problem }));
}

/** Every try failed. */
export function giveUpCompare(asked: Asked, options: Pick<WatchOptions, "db" | "setting">): Promise<void> {
  return tellNotCompared(asked, "not-finished", options);
}

async function look(
  watched: WatchedStack,
  { db, setting, watched: hosts, log }: WatchOptions,
  { signal, personId }: { signal: AbortSignal; personId?: number | undefined },
): Promise<void> {
  const { stack } = watched;
  const stateHash = await orFailure(() => hosts.hashOfState(stack));
  const drift =
    watched.applicationState === "isolated" || stateHash instanceof HostFailed
      ? undefined
      : await orFailure(() => hosts.compare(stack, watched, signal));
  signal.throwIfAborted();
  const failed = [stateHash, drift].find((each) => each instanceof HostFailed);
  if (failed !== undefined) log.error({ stack, why: failed.why, said: failed.message }, "comparing a stack failed");
  const seen = { stack, personId, stateHash: stateHash instanceof HostFailed ? undefined : stateHash };
  const host = failed === undefined ? hostOf(drift) : { problem: failed.why };
  await db.transaction().execute((tx) => recordLook(tx, setting(new Date()), { ...seen, host }));
}

function hostOf(drift: Awaited<ReturnType<WatchedHosts["compare"]>> | HostFailed | undefined) {
  return drift === undefined || drift instanceof HostFailed ? "left-alone" : { drift };
}

async function orFailure<Seen>(ask: () => Promise<Seen>): Promise<Seen | HostFailed> {
  try {
    return await ask();
  } catch (fault) {
    if (fault instanceof HostFailed) return fault;
    throw fault;
  }
}

/** Makes what was changed by hand as it was approved, looks whether it is, and tells who wanted it. */
export async function putBackStack(
  { stack, personId }: Required<Asked>,
  options: WatchOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, setting, hosts, watched: watchedHosts } = options;
  await whileHolding(db, stack, signal, async (held) => {
    const watched = await findWatched(db, stack);
    if (watched === undefined) return;
    const program = await watchedHosts.hashOfProgram();
    const hindrance = await db
      .transaction()
      .execute((tx) => hindranceOfPuttingBack(tx, setting(new Date()), { stack, program }));
    if (hindrance !== undefined) return recordResult({ stack, personId, problem: hindrance }, options);
    const failed = await orFailure(async () => {
      // A machine of ours was ended in the middle, and what it left is in the way.
      if (watched.writingSince !== null) await hosts.recover(stack, watched.input, held);
      await whileWriting(options, stack, () => watchedHosts.putBack(stack, watched.input, held));
    });
    held.throwIfAborted();
    if (failed instanceof HostFailed) return tell({ stack, personId }, failed, options);
    await look(watched, options, { signal: held });
    await recordResult({ stack, personId, problem: null }, options);
  });
}

async function tell(asked: Required<Asked>, failed: HostFailed, options: WatchOptions): Promise<void> {
  options.log.error({ stack: asked.stack, why: failed.why, said: failed.message }, "putting back a stack failed");
  await recordResult({ ...asked, problem: failed.why }, options);
}

/** Every try failed. */
export function giveUpPutBack(asked: Required<Asked>, options: Pick<WatchOptions, "db" | "setting">): Promise<void> {
  return recordResult({ ...asked, problem: "not-finished" }, options);
}

async function recordResult(
  result: { stack: string; personId: number; problem: HostingFailure | null },
  { db, setting }: Pick<WatchOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordPutBack(tx, setting(new Date()), result));
}
