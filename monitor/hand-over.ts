import type { Sample } from "../core/domain/monitoring/sample.ts";
import type { Uplink } from "./uplink.ts";

/** A check to be asked beside its turns, e.g. after a miss; 0: at once. */
export type Recheck = { checkId: number; inSeconds: number };

/**
 * Takes samples that were found under the same uplink, those of a check in the order asked, one call after the other. When it throws that is logged, and the
 * same samples come again.
 */
export type OnSamples = (samples: readonly Sample[], uplink: Uplink) => Promise<readonly Recheck[]>;

type HandOverOptions = {
  onSamples: OnSamples;
  onRechecks: (rechecks: readonly Recheck[]) => void;
  onFault: (fault: unknown, doing: string) => void;
};

/** It may wait for long: it is judged by the uplink of when it was found. */
type Found = { sample: Sample; uplink: Uplink };

/** While nobody takes them, e.g. the database is away: an hour of 400 targets at 30 s. Of more the oldest are lost. */
const mostWaiting = 50_000;
/** One call is one transaction. */
const mostAtOnce = 2_000;

export type HandOver = {
  /** @param uplink as it was when they were found */
  take: (samples: readonly Sample[], uplink: Uplink) => void;
  /** Begins to hand over what waits, unless that is under way. */
  go: () => void;
  /** When nothing waits, or nobody takes it. */
  end: () => Promise<void>;
};

/** What was found waits here until it is taken: who asks goes on meanwhile. */
export function openHandOver({ onSamples, onRechecks, onFault }: HandOverOptions): HandOver {
  let waiting: Found[] = [];
  let underWay: Promise<void> | undefined;

  async function handAll(): Promise<void> {
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const found = begunAlike(waiting.slice(0, mostAtOnce), first.uplink);
      const samples = found.map(({ sample }) => sample);
      onRechecks(await onSamples(samples, first.uplink));
      const handed = new Set(found);
      waiting = waiting.filter((each) => !handed.has(each));
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
    take(samples, uplink) {
      waiting.push(...samples.map((sample) => ({ sample, uplink })));
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

/** The first of them, until the uplink was another: one call has one. */
function begunAlike(found: readonly Found[], uplink: Uplink): readonly Found[] {
  const other = found.findIndex((each) => each.uplink !== uplink);
  return other < 0 ? found : found.slice(0, other);
}
