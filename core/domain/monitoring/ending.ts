import { dayInMilliseconds } from "../durations.ts";

/** Whole days until it ends, rounded down; below 0 once it has. */
export function daysUntil(endsAt: Date, now: Date): number {
  return Math.floor((endsAt.getTime() - now.getTime()) / dayInMilliseconds);
}

/**
 * Which warning is due now; undefined: none, or it was told. What lies between two looks is told once, by the last of it.
 *
 * @param days before the end on which somebody is told
 * @param toldDays up to which one was told; null: of none
 */
export function dueWarning(
  { endsAt, toldDays }: { endsAt: Date; toldDays: number | null },
  days: readonly number[],
  now: Date,
): number | undefined {
  if (endsAt <= now) return undefined;
  const left = daysUntil(endsAt, now);
  const reached = days.filter((each) => left <= each);
  const due = reached.length === 0 ? undefined : Math.min(...reached);
  return due === undefined || (toldDays !== null && toldDays <= due) ? undefined : due;
}
