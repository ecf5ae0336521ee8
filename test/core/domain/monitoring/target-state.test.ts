import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type CheckState, neverAsked } from "../../../../core/domain/monitoring/check-state.ts";
import { calmAt, nextFlapping, notFlapping } from "../../../../core/domain/monitoring/flapping.ts";
import { usualPolicy } from "../../../../core/domain/monitoring/policy.ts";
import type { State } from "../../../../core/domain/monitoring/state.ts";
import { judgeTarget, neverSeen } from "../../../../core/domain/monitoring/target-state.ts";
import { at } from "../../../support/monitoring.ts";

const check = (state: State, seconds: number, than: Partial<CheckState> = {}): CheckState => ({
  ...neverAsked,
  state,
  since: at(seconds),
  ...than,
});

const just = (seconds: number) => ({ at: at(seconds), now: at(seconds) });

describe("the state of a target", () => {
  test.each<[State[], State]>([
    [[], "unknown"],
    [["unknown"], "unknown"],
    [["up", "unknown"], "up"],
    [["up", "degraded", "unknown"], "degraded"],
    [["up", "degraded", "down"], "down"],
  ])("of checks that are %j is %s", (states, state) => {
    const checks = states.map((each) => check(each, 10));
    expect(judgeTarget(neverSeen, checks, just(20), usualPolicy).state.state).toBe(state);
  });

  it("is down since the first of its checks is, and up since the last of them", () => {
    const bothUp = judgeTarget(neverSeen, [check("up", 0), check("up", 0)], just(0), usualPolicy);
    const bothDown = judgeTarget(bothUp.state, [check("down", 60), check("down", 55)], just(65), usualPolicy);
    expect(bothDown.change).toEqual({ from: "up", to: "down", at: at(55), confirmedAt: at(65) });
    const oneDown = judgeTarget(bothDown.state, [check("up", 90), check("down", 55)], just(95), usualPolicy);
    expect(oneDown.change).toBeUndefined();
    expect(oneDown.state.since).toEqual(at(55));
    const back = judgeTarget(oneDown.state, [check("up", 90), check("up", 120)], just(125), usualPolicy);
    expect(back.change).toEqual({ from: "down", to: "up", at: at(120), confirmedAt: at(125) });
  });

  it("is up again since its checks are, whichever of them cannot be asked later", () => {
    const { state } = judgeTarget(neverSeen, [check("down", 0), check("up", 0)], just(0), usualPolicy);
    const { change } = judgeTarget(state, [check("up", 60), check("unknown", 80)], just(85), usualPolicy);
    expect(change).toMatchObject({ to: "up", at: at(60) });
  });

  it.each([
    ["cannot be asked any more", [check("unknown", 3_630), check("up", 0)]],
    ["is removed", [check("up", 0)]],
    ["is removed, where the other was asked in the same instant", [check("up", 60)]],
  ])("was down all the time until the check by which it was so %s", (_, left) => {
    const up = judgeTarget(neverSeen, [check("up", 0), check("up", 0)], just(0), usualPolicy);
    const down = judgeTarget(up.state, [check("down", 60), check("up", 0)], just(63), usualPolicy);
    const { state, change } = judgeTarget(down.state, left, just(3_700), usualPolicy);
    expect(change).toEqual({ from: "down", to: "up", at: at(3_700), confirmedAt: at(3_700) });
    expect(state).toMatchObject({ since: at(3_700), reachedSince: at(3_700) });
  });

  it("is reached since it came back, also where it is slow meanwhile, until it is not", () => {
    let target = neverSeen;
    const reached = (["up", "degraded", "up", "unknown", "degraded", "down"] as const).map((state, index) => {
      target = judgeTarget(target, [check(state, index * 10)], just(index * 10), usualPolicy).state;
      return target.reachedSince;
    });
    expect(reached).toEqual([at(0), at(0), at(0), null, at(40), null]);
  });

  it("changes never before its former change", () => {
    const states = fc.constantFrom<State>("up", "down", "degraded", "unknown");
    fc.assert(
      fc.property(fc.array(fc.tuple(states, states, fc.nat(50)), { maxLength: 40 }), (drawn) => {
        let target = neverSeen;
        for (const [index, [one, other, before]] of drawn.entries()) {
          const seconds = index * 10;
          const judged = judgeTarget(
            target,
            [check(one, seconds - before), check(other, seconds)],
            just(seconds),
            usualPolicy,
          );
          if (judged.change !== undefined && target.since !== null)
            expect(judged.change.at.getTime()).toBeGreaterThanOrEqual(target.since.getTime());
          target = judged.state;
        }
      }),
    );
  });

  it("is suspected while a check missed and is not down", () => {
    const suspected = (checks: CheckState[]) => judgeTarget(neverSeen, checks, just(9), usualPolicy).state.isSuspected;
    expect(suspected([check("up", 0), check("up", 0, { misses: 1 })])).toBe(true);
    expect(suspected([check("up", 0), check("down", 0, { misses: 2 })])).toBe(false);
  });
});

describe("flapping", () => {
  const policy = { flapChanges: 4, flapWindowMinutes: 10 };
  const flip = (seconds: number, from: State, to: State) => ({
    from,
    to,
    at: at(seconds - 5),
    confirmedAt: at(seconds),
  });
  const flips = [
    flip(60, "up", "down"),
    flip(120, "down", "up"),
    flip(180, "up", "down"),
    flip(240, "down", "degraded"),
  ];

  it("begins with so many flips within the window, and ends when less than half of them are left in it", () => {
    expect(nextFlapping(notFlapping, flips.slice(0, 3), just(180), policy).isFlapping).toBe(false);
    const flapping = nextFlapping(notFlapping, flips, just(240), policy);
    expect(flapping.isFlapping).toBe(true);
    expect(calmAt(flapping.flips, policy)).toEqual(at(780));
    expect(nextFlapping(flapping, [], just(779), policy).isFlapping).toBe(true);
    expect(nextFlapping(flapping, [], just(780), policy).isFlapping).toBe(false);
  });

  it("is not begun by what is spread over a longer time, nor by degraded and unknown", () => {
    const slow = flips.map((each, index) => ({ ...each, confirmedAt: at(index * 210) }));
    expect(nextFlapping(notFlapping, slow, just(630), policy).isFlapping).toBe(false);
    const others = flips.map((each) => ({ ...each, from: "unknown" as const, to: "degraded" as const }));
    expect(nextFlapping(notFlapping, others, just(240), policy).flips).toEqual([]);
    const unseen = flips.map((each) => ({ ...each, from: "unknown" as const, to: "down" as const }));
    expect(nextFlapping(notFlapping, unseen, just(240), policy).flips).toEqual([]);
  });

  it("is as a count of the flips in each window says", () => {
    const states = fc.constantFrom<State>("up", "down", "up", "down", "degraded", "unknown");
    const isFlipTo = (from: string, to: string) => /^((up|degraded) down|down (up|degraded))$/.test(`${from} ${to}`);
    const windowSeconds = policy.flapWindowMinutes * 60;
    fc.assert(
      fc.property(fc.array(fc.record({ state: states, gap: fc.nat(240) }), { maxLength: 60 }), (steps) => {
        let [seconds, flapping, former]: [number, typeof notFlapping, State] = [0, notFlapping, "up"];
        const flippedAt: number[] = [];
        const counts: number[] = [];
        for (const { state, gap } of steps) {
          seconds += gap;
          const changes = state === former ? [] : [flip(seconds, former, state)];
          if (isFlipTo(former, state)) flippedAt.push(seconds);
          flapping = nextFlapping(flapping, changes, just(seconds), policy);
          former = state;

          counts.push(flippedAt.filter((each) => each > seconds - windowSeconds).length);
          expect(flapping.flips).toHaveLength(counts.at(-1) ?? 0);
          const sinceFew = counts.slice(counts.findLastIndex((count) => count < policy.flapChanges / 2) + 1);
          expect(flapping.isFlapping).toBe(sinceFew.some((count) => count >= policy.flapChanges));
        }
      }),
    );
  });
});
