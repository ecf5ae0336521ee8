import { expect, it } from "vitest";
import { neverAsked } from "../../../../core/domain/monitoring/check-state.ts";
import { foldSamples, type Watched } from "../../../../core/domain/monitoring/fold-samples.ts";
import { usualPolicy } from "../../../../core/domain/monitoring/policy.ts";
import type { Sample } from "../../../../core/domain/monitoring/sample.ts";
import { neverSeen } from "../../../../core/domain/monitoring/target-state.ts";
import { answer, at, miss } from "../../../support/monitoring.ts";

const ping = 1;
const page = 2;
const of = (checkId: number, sample: Sample): Sample => ({ ...sample, checkId });

/** Each batch with the second at which it comes. */
function foldAll(...batches: [number, Sample[]][]) {
  const checks = new Map([ping, page].map((id) => [id, neverAsked]));
  let watched: Watched = { targetId: 1, policy: usualPolicy, state: neverSeen, checks };
  const changes = batches.flatMap(([seconds, samples]) => {
    const folded = foldSamples(watched, samples, { uplink: "up", now: at(seconds) });
    watched = { ...watched, ...folded };
    return folded.changes;
  });
  return { state: watched.state, changes };
}

it("a page that hangs, whose samples come later than those of the ping after it, takes no flip from the target", () => {
  const { state } = foldAll(
    [1, [of(ping, answer(0)), of(page, answer(0))]],
    [64, [of(ping, miss(60)), of(ping, miss(63))]],
    [68, [of(page, miss(58))]],
    [125, [of(ping, answer(120)), of(ping, answer(123))]],
    [126, [of(page, answer(110))]],
    [190, [of(ping, miss(180)), of(ping, miss(183))]],
    [191, [of(page, miss(175))]],
  );
  expect(state.flapping.flips).toEqual([at(63), at(123), at(183)]);
});

it("a sample that comes late changes the target no earlier than it had changed before", () => {
  const { changes } = foldAll(
    [1, [of(ping, answer(0)), of(page, answer(0))]],
    [64, [of(ping, miss(60)), of(ping, miss(63))]],
    [95, [of(ping, answer(90)), of(ping, answer(93))]],
    [96, [of(page, miss(80)), of(page, miss(83))]],
  );
  expect(changes.map(({ to, at: since, confirmedAt }) => [to, since, confirmedAt])).toEqual([
    ["up", at(0), at(0)],
    ["down", at(60), at(63)],
    ["up", at(90), at(93)],
    ["down", at(90), at(90)],
  ]);
});
