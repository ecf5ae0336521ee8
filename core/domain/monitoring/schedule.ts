/** When one check is due; milliseconds of a clock that never jumps, of whatever beginning. */
type Slot = {
  intervalMs: number;
  dueAtMs: number;
  isRunning: boolean;
  /** asked for while it ran: due then, if that is sooner */
  againAtMs: number | null;
};

/** By the id of the check. */
export type Schedule = ReadonlyMap<number, Slot>;

export type Due = { checkId: number; dueAtMs: number };

/** Multiples of it spread over a unit more evenly than chance does. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/** Takes over what is watched now: who was in it keeps its turn, who comes anew gets one within its interval. */
export function planChecks(
  former: Schedule,
  checks: readonly { id: number; intervalSeconds: number }[],
  atMs: number,
): Schedule {
  return new Map(
    checks.map(({ id, intervalSeconds }) => {
      const intervalMs = intervalSeconds * 1_000;
      const slot = former.get(id);
      if (slot?.intervalMs === intervalMs) return [id, slot];
      const dueAtMs = turnAfter(id, intervalMs, atMs);
      return [id, { intervalMs, dueAtMs, isRunning: slot?.isRunning ?? false, againAtMs: null }];
    }),
  );
}

/** The checks that are due and run now; none is taken again before it is finished. */
export function takeDue(schedule: Schedule, atMs: number): { schedule: Schedule; due: Due[] } {
  const due = [...schedule].flatMap(([checkId, { dueAtMs, isRunning }]) =>
    isRunning || dueAtMs > atMs ? [] : [{ checkId, dueAtMs }],
  );
  const taken = new Map(schedule);
  for (const { checkId } of due) change(taken, checkId, (slot) => ({ ...slot, isRunning: true }));
  return { schedule: taken, due };
}

/** They ran. Turns that went by meanwhile are left out, so that a pause is followed by no crowd. */
export function finish(schedule: Schedule, checkIds: readonly number[], atMs: number): Schedule {
  const finished = new Map(schedule);
  for (const checkId of checkIds) {
    change(finished, checkId, (slot) => {
      const turn = turnAfter(checkId, slot.intervalMs, Math.max(atMs, slot.dueAtMs));
      return { ...slot, isRunning: false, againAtMs: null, dueAtMs: Math.min(turn, slot.againAtMs ?? turn) };
    });
  }
  return finished;
}

/** Beside their turns, once; one that runs follows after it. */
export function askSoon(
  schedule: Schedule,
  rechecks: readonly { checkId: number; inSeconds: number }[],
  atMs: number,
): Schedule {
  const changed = new Map(schedule);
  for (const { checkId, inSeconds } of rechecks) {
    const soon = atMs + inSeconds * 1_000;
    change(changed, checkId, (slot) =>
      slot.isRunning
        ? { ...slot, againAtMs: Math.min(soon, slot.againAtMs ?? soon) }
        : { ...slot, dueAtMs: Math.min(soon, slot.dueAtMs) },
    );
  }
  return changed;
}

function change(slots: Map<number, Slot>, checkId: number, by: (slot: Slot) => Slot): void {
  const slot = slots.get(checkId);
  if (slot !== undefined) slots.set(checkId, by(slot));
}

/** The first one after that instant. Each check has its place within the interval. */
function turnAfter(checkId: number, intervalMs: number, afterMs: number): number {
  const phaseMs = Math.floor(((checkId * goldenRatio) % 1) * intervalMs);
  return phaseMs + (Math.floor((afterMs - phaseMs) / intervalMs) + 1) * intervalMs;
}
