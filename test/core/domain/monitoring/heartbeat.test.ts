import { describe, expect, it } from "vitest";
import { judge, neverAsked } from "../../../../core/domain/monitoring/check-state.ts";
import { foldSamples, foldSilence } from "../../../../core/domain/monitoring/fold-samples.ts";
import { beatAt, missedBeat } from "../../../../core/domain/monitoring/heartbeat.ts";
import { usualPolicy } from "../../../../core/domain/monitoring/policy.ts";
import { neverSeen } from "../../../../core/domain/monitoring/target-state.ts";
import { at, miss } from "../../../support/monitoring.ts";

const hourly = { everySeconds: 3_600, graceSeconds: 600 };
const beating = { state: "up" as const, answeredAt: at(0), missedAt: null };
const look = (seconds: number, state: Parameters<typeof missedBeat>[2] = beating, since = at(-9_999)) =>
  missedBeat(1, hourly, state, { since, now: at(seconds), recheckSeconds: 3 });

describe("a beat that does not come", () => {
  it.each([
    ["within its interval", 3_600, false],
    ["at the end of its grace", 4_200, false],
    ["after its grace", 4_201, true],
  ])("%s is missed: %i s, %s", (_, seconds, isMissed) => {
    expect(look(seconds) !== undefined).toBe(isMissed);
  });

  it("is a miss like any other", () => {
    expect(look(4_201)).toMatchObject({ checkId: 1, at: at(4_201), isOk: false, problem: "no-heartbeat", sent: 1 });
  });

  it("is awaited by nobody before the first one", () => {
    expect(look(99_999, { state: "unknown", answeredAt: null, missedAt: null })).toBeUndefined();
  });

  it("is awaited from the start of the monitor on: who could not be heard is not missed", () => {
    expect(look(7_200, beating, at(7_000))).toBeUndefined();
    expect(look(7_000 + 4_201, beating, at(7_000))).toBeDefined();
  });

  it("is missed again soon, until it is certain, and then each interval", () => {
    const missed = { ...beating, missedAt: at(4_201) };
    expect(look(4_203, missed)).toBeUndefined();
    expect(look(4_204, missed)).toBeDefined();
    const down = { ...missed, state: "down" as const };
    expect(look(4_204, down)).toBeUndefined();
    expect(look(4_201 + 3_600, down)).toBeDefined();
  });
});

it("who beats once an hour is not unknown in between, as who is asked each half minute would be", () => {
  const { state } = judge(neverAsked, beatAt(1, at(0)), usualPolicy, { uplink: "unknown", now: at(0) });
  const watched = { targetId: 1, policy: usualPolicy, state: { ...neverSeen, state: "up" as const } };
  const checks = new Map([[1, state]]);
  const stateAfter = (seconds: number, ownIntervals: ReadonlyMap<number, number>) =>
    foldSilence({ ...watched, checks, ownIntervals }, at(seconds)).state.state;
  expect(stateAfter(4_000, new Map([[1, 4_200]]))).toBe("up");
  expect(stateAfter(4_000, new Map())).toBe("unknown");
});

it("who did not beat is up with the next beat: another one may be a day away", () => {
  const daily = { targetId: 1, policy: usualPolicy, state: neverSeen, checks: new Map() };
  const ownIntervals = new Map([[1, 90_000]]);
  const samples = [beatAt(1, at(0)), miss(90_001), miss(90_004), beatAt(1, at(95_000))];
  const folded = foldSamples({ ...daily, ownIntervals }, samples, { uplink: "unknown", now: at(95_000) });
  expect(folded.changes.map(({ to }) => to)).toEqual(["up", "down", "up"]);
  expect(folded.state.since).toEqual(at(95_000));
});
