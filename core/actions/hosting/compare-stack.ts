import { listForeignStates } from "../../db/hosting/foreign-states.ts";
import { endDrift, insertDrift, listDrift } from "../../db/hosting/stack-drift.ts";
import { markAsApproved } from "../../db/hosting/stacks.ts";
import {
  listWatched,
  lockWatched,
  markChecked,
  markState,
  type WatchedStack,
} from "../../db/hosting/watched-stacks.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { compareLooks, type Drift } from "../../domain/hosting/drift.ts";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import { refusalOfOperating } from "../../domain/hosting/watch-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { tell, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refusalOfUpdating } from "../ticket/freeze.ts";
import { noteState } from "./stack-states.ts";

/** The looks of the hour, each a task of its own: one that fails, or takes long, stops no other. */
export async function beginLooksOfHour(tx: Tx, { tasks }: Setting): Promise<void> {
  for (const { stack } of await listWatched(tx)) await tasks.enqueue(tx, "compare-stack", { stack });
}

/** Somebody asks for a look now, beside the schedule; they are told what it found. */
export async function askForLook(
  tx: Tx,
  person: Person,
  setting: Setting,
  { stack }: { stack: string },
): Promise<Outcome> {
  const watched = await lockForOperator(tx, person, stack);
  if (!watched.ok) return watched;
  await setting.tasks.enqueue(tx, "compare-stack", { stack, personId: person.id });
  return accept();
}

/** Somebody wants what was changed by hand, on the host or by Pulumi, to be as it was approved. */
export async function askToPutBack(
  tx: Tx,
  person: Person,
  setting: Setting,
  { stack }: { stack: string },
): Promise<Outcome> {
  const watched = await lockForOperator(tx, person, stack);
  if (!watched.ok) return watched;
  const drift = await listDrift(tx, stack);
  const foreign = await listForeignStates(tx, stack);
  if (drift.length === 0 && foreign.length === 0) return refuse("nothing-to-put-back", { stack });
  const frozen = await refusalOfUpdating(tx, setting);
  if (frozen !== undefined) return { ok: false, refusal: frozen };
  await setting.tasks.enqueue(tx, "put-back-stack", { stack, personId: person.id });
  const differences = { differences: drift.length, foreignStates: foreign.length };
  await record(tx, setting, watched.value, "put-back-asked", differences, person.id);
  return accept();
}

async function lockForOperator(tx: Tx, person: Person, stack: string): Promise<Outcome<WatchedStack>> {
  const mayOperate = refusalOfOperating(person);
  if (!mayOperate.ok) return mayOperate;
  const watched = await lockWatched(tx, stack);
  if (watched === undefined) return refuse("stack-not-watched", { stack });
  if (watched.isChanging || watched.isClosing) return refuse("stack-is-changing", { stack });
  if (watched.applicationState === "isolated") return refuse("application-isolated", { stack });
  return accept(watched);
}

/**
 * What keeps a stack from being put back that somebody wanted to have so. @param program hash of the one that would do it, which
 * may build something else than the one that was approved
 */
export async function hindranceOfPuttingBack(
  tx: Tx,
  setting: Setting,
  { stack, program }: { stack: string; program: string },
): Promise<HostingFailure | undefined> {
  const watched = await lockWatched(tx, stack);
  if (watched === undefined || watched.isChanging || watched.isClosing) return "being-changed";
  if (watched.applicationState === "isolated") return "isolated";
  if (watched.program !== program) return "program-changed";
  return (await refusalOfUpdating(tx, setting)) && "approvals-frozen";
}

/** What a look at a stack found. `host`: what differs there, why it could not be seen, or that it was left alone. */
export type Look = {
  stack: string;
  /** of Pulumi's state and of when it was written; undefined: it could not be read */
  stateHash: string | undefined;
  host: { drift: readonly Drift[] } | { problem: HostingFailure } | "left-alone";
  /** who asked for it, and is told */
  personId?: number | undefined;
};

/** The data center is told of each difference once; what is gone is not listed any more. */
export async function recordLook(tx: Tx, setting: Setting, { stack, stateHash, host, personId }: Look): Promise<void> {
  const watched = await lockWatched(tx, stack);
  if (watched === undefined) return;
  if (stateHash !== undefined) await recordState(tx, setting, watched, stateHash);
  if (host !== "left-alone") {
    await markChecked(tx, stack, "problem" in host ? host.problem : null, setting.now);
    if ("drift" in host) await recordDrift(tx, setting, watched, host.drift);
  }
  if (personId !== undefined) await tell(tx, [personId], { kind: "stack-compared", stack }, setting);
}

/** It was not compared: who asked for it is told why. */
export async function recordNotCompared(
  tx: Tx,
  setting: Setting,
  { stack, personId, problem }: { stack: string; personId: number; problem: HostingFailure },
): Promise<void> {
  await tell(tx, [personId], { kind: "stack-compared", stack, problem }, setting);
}

/** A state that was never known to be ours is taken for it from now on. */
async function recordState(tx: Tx, setting: Setting, watched: WatchedStack, stateHash: string): Promise<void> {
  const { stack, checkedAt } = watched;
  const verdict = await noteState(tx, setting, { stack, stateHash, checkedAt });
  if (verdict !== "not-known") return;
  await markState(tx, stack, stateHash, setting.now);
  await record(tx, setting, watched, "stack-state-known", { stateHash });
}

async function recordDrift(tx: Tx, setting: Setting, watched: WatchedStack, drift: readonly Drift[]): Promise<void> {
  const { stack, checkedAt: after } = watched;
  const { found, gone } = compareLooks(await listDrift(tx, stack), drift);
  await endDrift(
    tx,
    gone.map(({ id }) => id),
    setting.now,
  );
  await insertDrift(tx, stack, found, { after, now: setting.now });
  if (gone.length > 0) await record(tx, setting, watched, "drift-ended", { differences: gone.length });
  if (found.length === 0) return;
  const between = { after: after?.toISOString() ?? null };
  await record(tx, setting, watched, "drift-found", { differences: found.length, ...between });
  await tellRole(tx, "data-center", { kind: "drift-found", stack }, setting);
}

/** It was put back, or why not: who wanted it is told. */
export async function recordPutBack(
  tx: Tx,
  setting: Setting,
  { stack, personId, problem }: { stack: string; personId: number; problem: HostingFailure | null },
): Promise<void> {
  const watched = await lockWatched(tx, stack);
  if (watched === undefined) return;
  // Also where a change was given up in the middle.
  if (problem === null) await markAsApproved(tx, stack, watched.planId, setting.now);
  await record(tx, setting, watched, problem === null ? "stack-put-back" : "put-back-failed", { problem }, personId);
  await tell(tx, [personId], { kind: "stack-put-back", stack, problem }, setting);
}

/** @param personId null: a machine did it */
function record(
  tx: Tx,
  { now }: Setting,
  { stack, applicationId, planId }: WatchedStack,
  event: string,
  details: Record<string, string | number | null>,
  personId: number | null = null,
): Promise<void> {
  return writeJournal(tx, {
    at: now,
    actorId: personId,
    event,
    subject: applicationId === null ? { kind: "plan", id: planId } : { kind: "application", id: applicationId },
    details: { stack, ...details },
  });
}
