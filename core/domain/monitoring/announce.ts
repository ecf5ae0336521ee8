import { minuteInMilliseconds } from "../durations.ts";
import type { Flapping } from "./flapping.ts";
import { causesOf, hiddenBehind, type Seen } from "./root-cause.ts";
import { isReached } from "./state.ts";
import { ancestorsOf } from "./tree.ts";

/** A target as who announces sees it. */
export type Announced = Seen & { flapping: Flapping; hasCheck: boolean; isInMaintenance: boolean };

/** One message that stands with people until its cause is over, and is edited as things change. */
export type Alert = {
  /** the same for all that is said of one cause; again the same when one that ended is told anew */
  key: string;
  kind: "down" | "flapping";
  rootId: number;
  /** what is down behind it, maintenance aside */
  children: readonly number[];
  /** when the root went down, or began to flap */
  since: Date;
  /** when it was told or reminded of */
  toldAt: Date;
  /** the last flip of what flaps; null: it does not */
  flippedAt: Date | null;
  /** somebody takes care of it */
  isAcknowledged: boolean;
};

export type Message =
  /** anew, or in the place of what was told under that key */
  | ({ action: "tell" | "edit" | "remind" } & Pick<Alert, "key" | "kind" | "rootId" | "children" | "since">)
  | {
      action: "close";
      key: string;
      kind: Ending;
      rootId: number;
      since: Date;
      until: Date;
    };

/** `absorbed`: told by the message of what it lies behind. `unwatched`: paused, without a check, or gone. */
export type Ending = "restored" | "absorbed" | "unwatched";

/**
 * Who is told what now: one message for one cause.
 *
 * - What is down is told once with the count of what lies behind it; what lies behind, is in maintenance or not certain yet is not.
 * - What flaps is told once, edited at each flip, and neither told as down nor as restored meanwhile; not where what it lies behind goes down and up with it.
 * - What becomes unknown is not told; a message that stands stays.
 * - What was told is always ended, in maintenance too.
 * - It is reminded of while nobody took it.
 *
 * @param standing what was told and is not over
 */
export function announce(
  standing: readonly Alert[],
  targets: readonly Announced[],
  now: Date,
  { remindAfterMinutes }: { remindAfterMinutes: number },
): { standing: Alert[]; messages: Message[] } {
  const causes = causesOf(targets, now);
  const byId = new Map(targets.map((target) => [target.id, target]));
  const hidden = hiddenBehind(causes);
  const childrenOf = (id: number) => (hidden.get(id) ?? []).filter((child) => !byId.get(child)?.isInMaintenance);
  const told = new Set(standing.map(({ rootId }) => rootId));

  const ended = standing.flatMap((each) => {
    const kind = endingOf(byId.get(each.rootId), causes.get(each.rootId)?.kind);
    if (kind === undefined) return [];
    const { key, rootId, since } = each;
    const until = kind === "restored" ? (byId.get(rootId)?.reachedSince ?? now) : now;
    return [{ action: "close" as const, key, kind, rootId, since, until }];
  });
  const over = new Set(ended.map(({ key }) => key));
  const kept = standing
    .filter(({ key }) => !over.has(key))
    .map((each) => follow(each, byId.get(each.rootId), childrenOf(each.rootId), now, remindAfterMinutes));
  const begun = targets
    .filter(({ id }) => !told.has(id))
    .flatMap((target) => {
      const cause = causes.get(target.id)?.kind;
      return begin(target, cause === "own", flapsByItself(target, cause, byId), childrenOf(target.id), now);
    });
  return {
    standing: [...kept.map(({ alert }) => alert), ...begun],
    messages: [
      ...ended,
      ...kept.flatMap(({ message }) => message ?? []),
      ...begun.map((each) => ({ action: "tell" as const, ...saidOf(each) })),
    ],
  };
}

function endingOf(root: Announced | undefined, cause: string | undefined): Ending | undefined {
  if (root === undefined || root.isPaused || !root.hasCheck) return "unwatched";
  if (cause === "behind") return "absorbed";
  return isReached(root.state) && !root.flapping.isFlapping ? "restored" : undefined;
}

function begin(
  target: Announced,
  isOwnCause: boolean,
  isFlapping: boolean,
  children: readonly number[],
  now: Date,
): Alert[] {
  if (target.isPaused || target.isInMaintenance || !(isOwnCause || isFlapping)) return [];
  const since = target.since ?? now;
  return [
    {
      key: `${target.id}@${since.toISOString()}`,
      kind: isFlapping ? "flapping" : "down",
      rootId: target.id,
      children,
      since,
      toldAt: now,
      flippedAt: flippedAtOf(target),
      isAcknowledged: false,
    },
  ];
}

/** @param cause why it is down, where it is */
function flapsByItself(target: Announced, cause: string | undefined, byId: ReadonlyMap<number, Announced>): boolean {
  const { isFlapping, flips } = target.flapping;
  if (!isFlapping || !(isReached(target.state) || cause === "own")) return false;
  return ancestorsOf(target.id, byId).every((id) => (byId.get(id)?.flapping.flips.length ?? 0) < flips.length / 2);
}

/** @param children that lie behind it now */
function follow(
  former: Alert,
  root: Announced | undefined,
  children: readonly number[],
  now: Date,
  remindAfterMinutes: number,
): { alert: Alert; message?: Message } {
  if (root === undefined || root.isInMaintenance || root.state === "unknown") return { alert: former };
  const kind = root.flapping.isFlapping ? "flapping" : "down";
  const changed = {
    ...former,
    kind,
    children: kind === "flapping" ? former.children : children,
    flippedAt: flippedAtOf(root),
  } as const;
  const hasFlipped = changed.flippedAt?.getTime() !== former.flippedAt?.getTime();
  if (kind !== former.kind || hasFlipped || isOther(changed.children, former.children)) {
    return { alert: changed, message: { action: "edit", ...saidOf(changed) } };
  }
  const isDue = now.getTime() >= former.toldAt.getTime() + remindAfterMinutes * minuteInMilliseconds;
  if (former.isAcknowledged || !isDue) return { alert: former };
  const reminded = { ...former, toldAt: now };
  return { alert: reminded, message: { action: "remind", ...saidOf(reminded) } };
}

function flippedAtOf({ flapping: { isFlapping, flips } }: Announced): Date | null {
  return isFlapping ? (flips.at(-1) ?? null) : null;
}

function saidOf({ key, kind, rootId, children, since }: Alert) {
  return { key, kind, rootId, children, since };
}

function isOther(some: readonly number[], others: readonly number[]): boolean {
  return some.length !== others.length || some.some((each, index) => each !== others[index]);
}
