import { dayInMilliseconds } from "../../core/domain/durations.ts";

/** "3 hari", for how long something has been open. */
export function showAge(since: Date, now: Date): string {
  const days = Math.floor((now.getTime() - since.getTime()) / dayInMilliseconds);
  return days < 1 ? "kurang dari sehari" : `${days} hari`;
}
