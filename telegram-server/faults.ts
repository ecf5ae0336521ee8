import { randomInt } from "node:crypto";
import { draw, drawsBelow } from "./fault-draws.ts";
import { type FaultKind, type FaultRule, type Moment, momentOf } from "./fault-kinds.ts";
import { type FaultHit, type FaultPlan, readFaultPlan } from "./fault-plan.ts";

/** Older ones are forgotten. */
const longestRecord = 10_000;

/** Faults on demand. Seeded: the same plan and the same calls give the same faults. */
export type Faults = {
  /**
   * Begins a plan in the place of the present one. A rule that stands in both goes on, with what it has done; where nothing was
   * under way, or the seed is another, positions and record begin anew.
   *
   * @throws PersonRefusal 400 a plan that is none
   */
  start(plan: FaultPlan): void;
  /** What faults have changed for a time (the clock, who blocked the bot, what is held back) is as before. The record stays. */
  end(): void;
  /** What is under way, and how often each rule has happened. */
  plan(): { seed: number; rules: readonly FaultRule[]; happened: readonly number[] } | undefined;
  /** What has happened since the plan began, oldest first. */
  record(): FaultHit[];
  /** Told of each fault, and that a plan began or ended. @returns ends the subscription */
  subscribe(listener: () => void): () => void;
};

/** A fault that happens now; `untilItEnds` is what undoes it when its rule ends, and gives how to call that off. */
export type Happening = { hit: FaultHit; untilItEnds(undo: () => void): () => void };

export type Decision = {
  moment: Moment;
  /** the method of a call; absent: the moment */
  place?: string;
  chat?: number | undefined;
  /** whether a fault of that kind could happen to it; absent: all of them */
  fits?: (kind: FaultKind) => boolean;
};

/** As the parts of the server see it that carry the faults out. */
export type FaultsInside = Faults & {
  /** Asked at each moment: whether something happens, and what. The first rule that does is the only one. */
  decide(decision: Decision): Happening | undefined;
  now(): Date;
  /** @returns undoes it */
  shiftClock(ms: number): () => void;
  /** aborted when the server closes */
  closing: AbortSignal;
  close(): void;
};

type Active = { rule: FaultRule; key: string; happened: number; undo: Set<() => void>; timer?: NodeJS.Timeout };

/** @param begin carries out what happens at the start of a rule */
export function openFaults(realNow: () => Date, begin: (happening: Happening) => void): FaultsInside {
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let active: Active[] = [];
  let replay: Map<string, FaultHit> | undefined;
  let seed = 0;
  let record: FaultHit[] = [];
  let counts = new Map<string, number>();
  let clockOffsetMs = 0;

  const tell = () => {
    for (const listener of listeners) listener();
  };

  function endRule(ended: Active): void {
    clearTimeout(ended.timer);
    active = active.filter((other) => other !== ended);
    for (const undo of [...ended.undo]) undo();
    ended.undo.clear();
  }

  function beginning(rule: FaultRule): Active {
    const begun: Active = { rule, key: JSON.stringify(rule), happened: 0, undo: new Set() };
    if (rule.forSeconds === undefined) return begun;
    begun.timer = setTimeout(() => {
      endRule(begun);
      tell();
    }, rule.forSeconds * 1000).unref();
    return begun;
  }

  function happen(which: Active, hit: FaultHit): Happening {
    which.happened++;
    record.push(hit);
    if (record.length > longestRecord) record.shift();
    tell();
    const untilItEnds = (undo: () => void) => {
      which.undo.add(undo);
      return () => which.undo.delete(undo);
    };
    return { hit, untilItEnds };
  }

  function choose(
    among: readonly Active[],
    { moment, place = moment, chat, fits = () => true }: Decision,
  ): Happening | undefined {
    const nth = (counts.get(place) ?? 0) + 1;
    counts.set(place, nth);
    const at = realNow().toISOString();
    const found = { at, place, nth, ...(chat === undefined ? {} : { chat }) };
    const recorded = replay?.get(`${place} ${nth}`);
    for (const each of among) {
      const { rule, key, happened } = each;
      if (replay !== undefined) {
        if (recorded === undefined || key !== keyInReplay(recorded.rule) || !fits(rule.kind)) continue;
        return happen(each, { ...found, draw: recorded.draw, rule });
      }
      if (momentOf(rule.kind) !== moment || !fits(rule.kind)) continue;
      if (rule.methods?.includes(place) === false || (rule.chat !== undefined && rule.chat !== chat)) continue;
      const drawn = draw(seed, key, place, nth);
      if (drawn >= (rule.probability ?? 1) * drawsBelow || happened >= (rule.next ?? Infinity)) continue;
      return happen(each, { ...found, draw: drawn, rule });
    }
    return undefined;
  }

  function startRules(rules: readonly FaultRule[]): void {
    const keys = new Set(rules.map((rule) => JSON.stringify(rule)));
    for (const each of [...active]) if (!keys.has(each.key)) endRule(each);
    const kept = new Map(active.map((each) => [each.key, each]));
    active = rules.map((rule) => kept.get(JSON.stringify(rule)) ?? beginning(rule));
    for (const each of active) {
      if (kept.has(each.key) || momentOf(each.rule.kind) !== "start") continue;
      const happening = choose([each], { moment: "start" });
      if (happening !== undefined) begin(happening);
    }
  }

  function endAll(): void {
    for (const each of [...active]) endRule(each);
    replay = undefined;
  }

  function forget(): void {
    record = [];
    counts = new Map();
  }

  return {
    start(given) {
      const plan = readFaultPlan(given);
      if ("replay" in plan) {
        endAll();
        forget();
        replay = new Map(plan.replay.map((hit) => [`${hit.place} ${hit.nth}`, hit]));
        const keys = new Set(plan.replay.map(({ rule }) => keyInReplay(rule)));
        startRules([...keys].map((key) => JSON.parse(key) as FaultRule));
      } else {
        const wanted = plan.seed ?? (active.length === 0 ? randomInt(drawsBelow) : seed);
        if (replay !== undefined || wanted !== seed) endAll();
        if (active.length === 0) forget();
        seed = wanted;
        startRules(plan.rules);
      }
      tell();
    },
    end() {
      endAll();
      tell();
    },
    plan() {
      if (active.length === 0) return undefined;
      return { seed, rules: active.map(({ rule }) => rule), happened: active.map(({ happened }) => happened) };
    },
    record: () => [...record],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    decide: (decision) => (active.length === 0 ? undefined : choose(active, decision)),
    now: () => new Date(realNow().getTime() + clockOffsetMs),
    shiftClock(ms) {
      clockOffsetMs += ms;
      return () => {
        clockOffsetMs -= ms;
      };
    },
    closing: closing.signal,
    close() {
      endAll();
      closing.abort();
    },
  };
}

/** What a recording brings back lasts until its end. */
function keyInReplay({ forSeconds: _, ...rule }: FaultRule): string {
  return JSON.stringify(rule);
}
