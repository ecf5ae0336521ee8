import { type Finding, fail, ok, warn } from "./finding.ts";

/** A clock elsewhere that was asked, and ours before and after. */
export type ClockLook = {
  whose: string;
  theirs: Date;
  askedAt: Date;
  answeredAt: Date;
  /** of their clock */
  unitMs: number;
};

const offMs = 60_000;
const doubtfulMs = 5_000;

/** The times of tickets are those of this machine; and with a clock that is far off no certificate is valid. */
export function judgeClock({ whose, theirs, askedAt, answeredAt, unitMs }: ClockLook): Finding {
  const what = "clock";
  const ahead = askedAt.getTime() - theirs.getTime() - unitMs;
  const behind = theirs.getTime() - answeredAt.getTime();
  const difference = Math.max(ahead, behind, 0);
  if (difference < doubtfulMs) return ok(what, `agrees with that of ${whose}`);
  const says = `${Math.round(difference / 1000)} s ${ahead > behind ? "ahead of" : "behind"} that of ${whose}`;
  const fix = "timedatectl set-ntp true; then see timedatectl status";
  return difference < offMs ? warn(what, says, fix) : fail(what, says, fix);
}
