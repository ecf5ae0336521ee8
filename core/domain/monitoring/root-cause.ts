import type { Target } from "./target.ts";
import type { TargetState } from "./target-state.ts";
import { ancestorsOf } from "./tree.ts";

export type Seen = Pick<Target, "id" | "parentId" | "isPaused"> &
  Pick<TargetState, "state" | "since" | "confirmedAt" | "reachedSince" | "isSuspected" | "answeredAt" | "missedAt">;

/** Why a target is down. */
export type Cause =
  /** nothing it lies behind is the reason */
  | { kind: "own" }
  | { kind: "behind"; rootId: number }
  /** what it lies behind may be the reason, and is not judged yet */
  | { kind: "open" };

/** What went down so shortly after a target may be its reason. source: office practice */
export const sameTimeMs = 120_000;
/** So long is waited for what a target lies behind, and for a target that answered after that came back. source: office practice */
const settleMs = 30_000;
/**
 * So long for a target that did not answer since what it lies behind came back: where there was no power, its router starts only
 * now, which takes up to three minutes. source: office practice
 */
export const returnMs = 180_000;

/**
 * The causes of all that is down, by target: the highest ancestor that is down in the same time. An ancestor that is
 * reached ends the way up: through it the monitor sees that far. One that is unknown, paused or not asked says nothing.
 */
export function causesOf(targets: readonly Seen[], now: Date): Map<number, Cause> {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const causes = new Map<number, Cause>();
  for (const target of targets) if (isDown(target)) findCause(target, byId, causes, now);
  return causes;
}

/** What lies behind each root, in the order of the targets. */
export function hiddenBehind(causes: ReadonlyMap<number, Cause>): Map<number, number[]> {
  const hidden = new Map<number, number[]>();
  for (const [id, cause] of causes) {
    if (cause.kind !== "behind") continue;
    const ids = hidden.get(cause.rootId);
    if (ids === undefined) hidden.set(cause.rootId, [id]);
    else ids.push(id);
  }
  return hidden;
}

/** A root is a root of its own: what lies behind one that itself lies behind another belongs to that. */
function findCause(target: Seen, byId: ReadonlyMap<number, Seen>, causes: Map<number, Cause>, now: Date): Cause {
  const found = causes.get(target.id);
  if (found !== undefined) return found;
  // Should they lie in a circle after all, it ends here.
  causes.set(target.id, { kind: "own" });
  const { root, isOpen } = highestDown(target, byId, now);
  const ofRoot = root && findCause(root, byId, causes, now);
  let cause: Cause = isOpen ? { kind: "open" } : { kind: "own" };
  if (root !== undefined) cause = ofRoot?.kind === "own" ? { kind: "behind", rootId: root.id } : (ofRoot ?? cause);
  causes.set(target.id, cause);
  return cause;
}

function highestDown(target: Seen, byId: ReadonlyMap<number, Seen>, now: Date): { root?: Seen; isOpen: boolean } {
  let root: Seen | undefined;
  for (const id of ancestorsOf(target.id, byId)) {
    const ancestor = byId.get(id);
    if (ancestor === undefined || ancestor.isPaused || ancestor.state === "unknown") continue;
    if (ancestor.state !== "down") return found(root, !vouches(ancestor, target, now));
    if (isInSameTime(ancestor, target)) root = ancestor;
  }
  return found(root, false);
}

function found(root: Seen | undefined, isOpen: boolean) {
  return root === undefined ? { isOpen } : { root, isOpen };
}

function isDown({ state, isPaused }: Seen): boolean {
  return state === "down" && !isPaused;
}

/** What fails days after a target is not the reason why that is down. */
function isInSameTime(ancestor: Seen, target: Seen): boolean {
  if (ancestor.since === null || target.since === null) return false;
  return ancestor.since.getTime() <= target.since.getTime() + sameTimeMs;
}

/**
 * Whether an ancestor that is reached was reached while the target was not: it answered after the target's first miss,
 * and, where it came back only after that, the target still missed some time later.
 */
function vouches(ancestor: Seen, target: Seen, now: Date): boolean {
  const { since, confirmedAt, answeredAt, missedAt } = target;
  const { reachedSince } = ancestor;
  if (since === null || confirmedAt === null || missedAt === null || reachedSince === null) return true;
  if (reachedSince > since) {
    const hasAnswered = answeredAt !== null && answeredAt >= reachedSince;
    const missesAgain = hasAnswered && missedAt.getTime() >= answeredAt.getTime() + settleMs;
    return missesAgain || missedAt.getTime() >= reachedSince.getTime() + returnMs;
  }
  if (now.getTime() >= confirmedAt.getTime() + settleMs) return true;
  return !ancestor.isSuspected && ancestor.answeredAt !== null && ancestor.answeredAt >= since;
}
