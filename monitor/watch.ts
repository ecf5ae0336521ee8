import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { atMost } from "../core/domain/at-most.ts";
import { type Address, parseAddress } from "../core/domain/ipam/address.ts";
import type { Check } from "../core/domain/monitoring/check.ts";
import { isMiss, type Sample } from "../core/domain/monitoring/sample.ts";
import { askSoon, finish, planChecks, type Schedule, takeDue } from "../core/domain/monitoring/schedule.ts";
import { type AskedSettings, type AskOptions, askAlone, askTogether } from "./ask.ts";
import { type HandOver, type OnSamples, openHandOver } from "./hand-over.ts";
import { type Uplink, type UplinkWatch, watchUplink } from "./uplink.ts";

/** How often is looked for what is due. Those that are pinged then share one fping. */
const tickMs = 3_000;
/** So much before its turn a check begins at the soonest, and the rest of a tick after it at the latest. */
const aheadMs = 2_200;
/** What is taken together with others begins 0.8 s after its turn at the latest. */
const lateAfterMs = 1_000;
/** Sockets that are open to targets at once; those that hang hold theirs for ten seconds. */
const mostAtOnce = 256;

export type WatchedCheck = Check & { intervalSeconds: number };

export type Clock = {
  /** for stamps: it may jump */
  now: () => Date;
  /** for intervals */
  monotonicMs: () => number;
  /** @throws what the signal says when it ends the pause */
  pause: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  pause: (ms, signal) => pause(ms, undefined, { signal }),
};

export type WatchOptions = AskOptions & {
  /** any of these answers while the monitor's own way out is up */
  uplink: readonly Address[];
  onSamples: OnSamples;
  onFault: (fault: unknown, doing: string) => void;
  /** how long after its turn a check began, also where it waited for others; negative: before */
  onBegin?: (afterMs: number) => void;
  clock?: Clock;
};

type Asked = { id: number; settings: AskedSettings };
/** @property dueAtMs its turn */
type DueCheck = Asked & { dueAtMs: number };
type Pinged = DueCheck & { settings: Extract<AskedSettings, { kind: "icmp" }> };

/** Asks each check at its turn, none twice at once, and none waits for another that hangs. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #clock: Clock;
  readonly #uplink: UplinkWatch;
  readonly #handOver: HandOver;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #limit = atMost(mostAtOnce);
  readonly #ticking: Promise<void>;
  #checks = new Map<number, Asked>();
  #schedule: Schedule = new Map();
  #lateChecks = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    // Each check that runs listens.
    setMaxListeners(0, this.#signal);
    this.#uplink = watchUplink(options.uplink, options, this.#clock.monotonicMs);
    this.#handOver = openHandOver({
      onSamples: options.onSamples,
      onFault: options.onFault,
      onRechecks: (rechecks) => {
        this.#schedule = askSoon(this.#schedule, rechecks, this.#clock.monotonicMs());
      },
    });
    this.#ticking = this.#tick();
  }

  get #signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Watches these from now on. Who was watched before keeps its turn. Heartbeats come by themselves. */
  replace(watched: readonly WatchedCheck[]): void {
    const asked = watched.flatMap(({ id, settings, intervalSeconds }) =>
      settings.kind === "heartbeat" ? [] : [{ id, settings, intervalSeconds }],
    );
    this.#checks = new Map(asked.map((check) => [check.id, check]));
    // From the first turn on that was not to be taken already.
    this.#schedule = planChecks(this.#schedule, asked, this.#clock.monotonicMs() + aheadMs);
  }

  /** As it is now, or, where that is not needed, as it was found last. */
  lookAtUplink(isNeeded: boolean): Promise<Uplink> {
    return this.#uplink.look(isNeeded, new AbortController().signal);
  }

  /** How many checks began more than a second after their turn. */
  countLate(): number {
    return this.#lateChecks;
  }

  /** Ends what runs, hands over what was found, and begins nothing more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ticking;
    await Promise.all(this.#running);
    await this.#handOver.end();
  }

  async #tick(): Promise<void> {
    while (!this.#signal.aborted) {
      this.#beginDue();
      this.#handOver.go();
      const untilNextMs = tickMs - (this.#clock.monotonicMs() % tickMs);
      await this.#clock.pause(untilNextMs, this.#signal).catch(() => undefined);
    }
  }

  #beginDue(): void {
    const { schedule, due } = takeDue(this.#schedule, this.#clock.monotonicMs() + aheadMs);
    this.#schedule = schedule;
    const checks = due.flatMap(({ checkId, dueAtMs }): DueCheck[] => {
      const check = this.#checks.get(checkId);
      return check === undefined ? [] : [{ ...check, dueAtMs }];
    });
    this.#pingTogether(checks.filter(isPing));
    for (const check of checks) if (!isPing(check)) this.#askOne(check);
  }

  #pingTogether(checks: readonly Pinged[]): void {
    if (checks.length === 0) return;
    const at = this.#begin(checks);
    const addresses = checks.map(({ settings }) => settings.address);
    const ask = async () => {
      const answers = await askTogether(addresses, this.#options, this.#signal);
      return checks.flatMap(({ id }, index) => {
        const answer = answers[index];
        return answer === undefined ? [] : [{ checkId: id, at, ...answer }];
      });
    };
    // They come together, so that one call takes many.
    this.#run(checks, ask, () => this.#handOver.go());
  }

  #askOne(check: DueCheck): void {
    this.#run([check], () =>
      this.#limit(async () => {
        const at = this.#begin([check]);
        return [{ checkId: check.id, at, ...(await askAlone(check.settings, this.#options, this.#signal)) }];
      }),
    );
  }

  /** @returns their stamp */
  #begin(checks: readonly DueCheck[]): Date {
    const atMs = this.#clock.monotonicMs();
    for (const { dueAtMs } of checks) {
      if (atMs - dueAtMs > lateAfterMs) this.#lateChecks += 1;
      this.#options.onBegin?.(atMs - dueAtMs);
    }
    return this.#clock.now();
  }

  #run(checks: readonly Asked[], ask: () => Promise<Sample[]>, next?: () => void): void {
    const ids = checks.map(({ id }) => id);
    const work = ask()
      .then((samples) => this.#take(samples))
      .then(next)
      .catch((fault: unknown) => this.#options.onFault(fault, `asking checks ${ids.join(", ")}`))
      .finally(() => {
        this.#schedule = finish(this.#schedule, ids, this.#clock.monotonicMs());
        this.#running.delete(work);
      });
    this.#running.add(work);
  }

  /** What was ended in the middle says nothing, nor does what is watched no more. */
  async #take(samples: readonly Sample[]): Promise<void> {
    const watched = samples.filter(({ checkId }) => this.#checks.has(checkId));
    if (this.#signal.aborted || watched.length === 0) return;
    // Also of the last samples: a stop ends it not.
    const uplink = await this.#uplink.look(watched.some(isMiss), new AbortController().signal);
    this.#handOver.take(watched, uplink);
  }
}

/** By its address; one by a name waits for the name first, and is asked alone. */
function isPing(check: DueCheck): check is Pinged {
  return check.settings.kind === "icmp" && parseAddress(check.settings.address).ok;
}
