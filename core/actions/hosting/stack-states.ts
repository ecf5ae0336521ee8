import { insertForeignState } from "../../db/hosting/foreign-states.ts";
import { lockKnownState, markNotWriting, markState, markWriting } from "../../db/hosting/watched-stacks.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { judgeState } from "../../domain/hosting/state-watch.ts";
import { tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";

type Found = {
  stack: string;
  /** of Pulumi's state as it is now, and of when it was written */
  stateHash: string;
};

/** A machine of ours is about to write the state. What somebody else wrote before is noted, since it is seen no more then. */
export async function beginWritingState(tx: Tx, setting: Setting, found: Found): Promise<void> {
  await noteState(tx, setting, found);
  await markWriting(tx, found.stack, setting.now);
}

/** A machine of ours has written the state, whatever came of it; `undefined`: it was not let, and wrote nothing. */
export async function endWritingState(
  tx: Tx,
  { now }: Setting,
  { stack, stateHash }: { stack: string; stateHash: string | undefined },
): Promise<void> {
  if (stateHash === undefined) await markNotWriting(tx, stack);
  else await markState(tx, stack, stateHash, now);
}

/** Leadership is told once of each state that somebody else wrote. @param checkedAt of the last look, which found it ours */
export async function noteState(
  tx: Tx,
  setting: Setting,
  { stack, stateHash, checkedAt = null }: Found & { checkedAt?: Date | null },
): Promise<"ours" | "foreign" | "not-known"> {
  const known = await lockKnownState(tx, stack);
  if (known === undefined) return "not-known";
  const verdict = judgeState(known, stateHash);
  if (verdict !== "foreign") return verdict;
  const after = laterOf(known.stateHashAt, checkedAt);
  const id = await insertForeignState(tx, { stack, stateHash, after, now: setting.now });
  if (id === undefined) return verdict;
  await writeJournal(tx, {
    at: setting.now,
    actorId: null,
    event: "foreign-state-found",
    subject: { kind: "stack-state", id },
    details: { stack, stateHash, after: after?.toISOString() ?? null },
  });
  await tellRole(tx, "leadership", { kind: "foreign-state-found", foreignStateId: id }, setting);
  return verdict;
}

function laterOf(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}
