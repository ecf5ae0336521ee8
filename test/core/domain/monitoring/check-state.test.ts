import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { judge, lapse, neverAsked } from "../../../../core/domain/monitoring/check-state.ts";
import { usualPolicy } from "../../../../core/domain/monitoring/policy.ts";
import { answer, at, judgeAll, miss, type Told } from "../../../support/monitoring.ts";

/** One sample each 30 s: `+` answer, `-` miss, `x` miss while the uplink is down, `~` bad answer, ` ` none. */
const samplesOf = (drawn: string): Told[] =>
  [...drawn].flatMap((sign, index) => {
    const seconds = index * 30;
    if (sign === "+") return [{ sample: answer(seconds) }];
    if (sign === "~") return [{ sample: answer(seconds, { received: 3 }) }];
    if (sign === "-") return [{ sample: miss(seconds) }];
    return sign === "x" ? [{ sample: miss(seconds), uplink: "down" as const }] : [];
  });

const shown = (drawn: string) =>
  judgeAll(samplesOf(drawn)).changes.map((change) => {
    const turn = (instant: Date) => (instant.getTime() - at(0).getTime()) / 30_000;
    return `${change.to} since ${turn(change.at)}, certain at ${turn(change.confirmedAt)}`;
  });

describe("the state of a check", () => {
  test.each([
    ["is up with the first answer", "+++", ["up since 0, certain at 0"]],
    ["is down after two misses, since the first", "+--", ["up since 0, certain at 0", "down since 1, certain at 2"]],
    ["is not down by single misses", "+-+-+-++", ["up since 0, certain at 0"]],
    [
      "is up again after two answers, since the first",
      "--+-++",
      ["down since 0, certain at 1", "up since 4, certain at 5"],
    ],
    [
      "is unknown since the first miss of a row in which the uplink is down",
      "+-xx+",
      ["up since 0, certain at 0", "unknown since 1, certain at 2", "up since 4, certain at 4"],
    ],
    [
      "needs two answers after an unknown time, when it was down before that",
      "--x+-++",
      ["down since 0, certain at 1", "unknown since 2, certain at 2", "up since 5, certain at 6"],
    ],
    [
      "is unknown where nobody asked for three intervals, from the first turn on that was left out",
      "++    +",
      ["up since 0, certain at 0", "unknown since 2, certain at 6", "up since 6, certain at 6"],
    ],
    ["is kept over one turn that was left out", "+ + +", ["up since 0, certain at 0"]],
    ["counts no misses over an unknown time", "+-    -", ["up since 0, certain at 0", "unknown since 2, certain at 6"]],
    [
      "is degraded while most samples are bad, until one of five is",
      "++~~~++++",
      ["up since 0, certain at 0", "degraded since 4, certain at 4", "up since 8, certain at 8"],
    ],
    ["is not degraded by one bad sample in three", "+~++~++~++", ["up since 0, certain at 0"]],
    [
      "is degraded where each second sample is a miss",
      "+-+-+-+-~+",
      ["up since 0, certain at 0", "degraded since 8, certain at 8"],
    ],
  ])("%s", (_name, drawn, changes) => {
    expect(shown(drawn)).toEqual(changes);
  });

  it("is degraded by latency, too", () => {
    const slow = [0, 30, 60, 90].map((seconds) => ({ sample: answer(seconds, { avgUs: 300_000 }) }));
    expect(judgeAll(slow).state.state).toBe("degraded");
  });

  it("asks again soon while it is not certain, and the ancestors with the first miss", () => {
    const judgeNow = (state: typeof neverAsked, sample: ReturnType<typeof miss>) =>
      judge(state, sample, usualPolicy, { uplink: "up", now: sample.at });
    const up = judgeAll([{ sample: answer(0) }]).state;
    const first = judgeNow(up, miss(30));
    expect(first).toMatchObject({ recheckInSeconds: 3, asksAncestors: true });
    const second = judgeNow(first.state, miss(33));
    expect(second.recheckInSeconds).toBeUndefined();
    expect(second.asksAncestors).toBeUndefined();
    expect(judgeNow(second.state, miss(60)).recheckInSeconds).toBeUndefined();
    expect(judgeNow(second.state, answer(60)).recheckInSeconds).toBe(3);
  });

  it("hears nothing from samples of nobody, of before and of the future", () => {
    const { state } = judgeAll([{ sample: answer(60) }]);
    const dropped = (sample: ReturnType<typeof miss>, now: Date) =>
      judge(state, sample, usualPolicy, { uplink: "up", now }).dropped;
    expect(dropped({ ...miss(90), sent: 0, problem: "cannot-ask" }, at(90))).toBe("nobody-asked");
    expect(dropped(miss(60), at(90))).toBe("older");
    expect(dropped(miss(30), at(62))).toBe("older");
    expect(dropped(miss(900), at(90))).toBe("from-the-future");
  });

  it("begins to count anew when the clock was ahead, and keeps what it said", () => {
    const { state } = judgeAll([{ sample: answer(86_400) }]);
    const judged = judge(state, miss(30), usualPolicy, { uplink: "up", now: at(30) });
    expect(judged.dropped).toBeUndefined();
    expect(judged.changes).toEqual([]);
    expect(judged.state).toMatchObject({ state: "up", since: at(30), misses: 1 });
  });

  it("never asked stays unknown, however long", () => {
    expect(lapse(neverAsked, usualPolicy, at(86_400))).toEqual({ state: neverAsked, changes: [] });
  });

  it("changes in the order of time, and is what its last change says", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(..."++++---x~ "), { maxLength: 120 }), (signs) => {
        const { state, changes } = judgeAll(samplesOf(signs.join("")));
        for (const [index, change] of changes.entries()) {
          const former = changes[index - 1];
          expect(change.from).toBe(former?.to ?? "unknown");
          expect(change.to).not.toBe(change.from);
          expect(change.at.getTime()).toBeGreaterThan(former?.at.getTime() ?? 0);
          expect(change.confirmedAt.getTime()).toBeGreaterThanOrEqual(change.at.getTime());
        }
        expect(state.state).toBe(changes.at(-1)?.to ?? "unknown");
      }),
    );
  });
});

it("what is unknown already stays the very same, however often it is looked at", () => {
  const former = judgeAll(samplesOf("++")).state;
  const once = lapse(former, usualPolicy, at(1_000)).state;
  expect(once).toMatchObject({ state: "unknown", rowSince: null });
  expect(lapse(once, usualPolicy, at(1_005)).state).toBe(once);
});
