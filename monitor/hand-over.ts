import type { Sample } from "../core/domain/monitoring/sample.ts";
import type { Uplink } from "./uplink.ts";

/** A check to be asked beside its turns, e.g. after a miss; 0: at once. */
export type Recheck = { checkId: number; inSeconds: number };

/**
 * Takes samples, those of a check in the order asked, one call after the other. When it throws that is logged, and the
 * same samples come again.
 */
export type OnSamples = (samples: readonly Sample[], uplink: Uplink) => Promise<readonly Recheck[]>;

type HandOverOptions = {
  onSamples: OnSamples;
  onRechecks: (rechecks: readonly Recheck[]) => void;
  onFault: (fault: unknown, doing: string) => void;
  lookAtUplink: (isNeeded: boolean) => Promise<Uplink>;
};

/** While nobody takes them, e.g. the database is away: an hour of 400 targets at 30 s. Of more the oldest are lost. */
const mostWaiting = 50_000;
/** One call is one transaction. */
const mostAtOnce = 2_000;

export type HandOver = {
  take: (samples: readonly Sample[]) => void;
  /** Begins to hand over what waits, unless that is under way. */
  go: () => void;
  /** When nothing waits, or nobody takes it. */
  end: () => Promise<void>;
};

/** What was found waits here until it is taken: who asks goes on meanwhile. */
export function openHandOver({ onSamples, onRechecks, onFault, lookAtUplink }: HandOverOptions): HandOver {
  let waiting: Sample[] = [];
  let underWay: Promise<void> | undefined;

  async function handAll(): Promise<void> {
    while (waiting.length > 0) {
      const samples = waiting.slice(0, mostAtOnce);
      const uplink = await lookAtUplink(samples.some(isMiss));
      onRechecks(await onSamples(samples, uplink));
      const handed = new Set(samples);
      waiting = waiting.filter((sample) => !handed.has(sample));
    }
  }

  function go(): Promise<void> {
    underWay ??= handAll()
      .catch((fault: unknown) => onFault(fault, `handing over ${waiting.length} samples`))
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  }

  return {
    take(samples) {
      waiting.push(...samples);
      const tooMany = waiting.length - mostWaiting;
      if (tooMany <= 0) return;
      waiting = waiting.slice(tooMany);
      onFault(new Error(`${tooMany} samples were lost`), "keeping samples that nobody takes");
    },
    go: () => void go(),
    async end() {
      await underWay;
      await go();
    },
  };
}

/** Somebody was asked and did not answer as wanted: is it the target, or our own way out? */
function isMiss({ isOk, sent }: Sample): boolean {
  return !isOk && sent > 0;
}
