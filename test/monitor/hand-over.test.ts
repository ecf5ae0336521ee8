import { expect, test } from "vitest";
import type { Sample } from "../../core/domain/monitoring/sample.ts";
import { good, missed, unasked } from "../../monitor/answer.ts";
import { openHandOver } from "../../monitor/hand-over.ts";
import { settled } from "./support/manual-clock.ts";

const at = new Date("2026-11-28T01:00:00Z");
const sampleOf = (checkId: number, answer = good(1_000)): Sample => ({ checkId, at, ...answer });

function openTest() {
  const handed: number[][] = [];
  const looks: boolean[] = [];
  const faults: string[] = [];
  const ends: (() => void)[] = [];
  const handOver = openHandOver({
    onSamples: async (samples) => {
      handed.push(samples.map(({ checkId }) => checkId));
      await new Promise<void>((end) => ends.push(end));
      return [];
    },
    onRechecks: () => undefined,
    onFault: (fault, doing) => faults.push(`${doing}: ${fault}`),
    lookAtUplink: async (isNeeded) => {
      looks.push(isNeeded);
      return "up";
    },
  });
  return { handOver, handed, looks, faults, ends };
}

test("one call comes after the other, with all that was found meanwhile", async () => {
  const { handOver, handed, ends } = openTest();
  handOver.take([sampleOf(1)]);
  handOver.go();
  await settled();
  handOver.take([sampleOf(2)]);
  handOver.go();
  handOver.take([sampleOf(3)]);
  handOver.go();
  await settled();
  expect(handed).toEqual([[1]]);
  ends[0]?.();
  await settled();
  expect(handed).toEqual([[1], [2, 3]]);
  ends[1]?.();
  await handOver.end();
});

test("the uplink is in question where somebody was asked in vain, not where nobody was asked", async () => {
  const { handOver, looks, ends } = openTest();
  for (const answer of [good(1_000), unasked("cannot-ask"), missed("no-answer")]) {
    handOver.take([sampleOf(1, answer)]);
    handOver.go();
    await settled();
    ends.at(-1)?.();
    await settled();
  }
  expect(looks).toEqual([false, false, true]);
});

test("of more than an hour's samples that nobody takes the oldest are lost, and that is said", async () => {
  const { handOver, handed, faults, ends } = openTest();
  handOver.take(Array.from({ length: 50_002 }, (_, id) => sampleOf(id)));
  handOver.go();
  await settled();
  expect(faults).toEqual(["keeping samples that nobody takes: Error: 2 samples were lost"]);
  expect(handed[0]?.slice(0, 2)).toEqual([2, 3]);
  const ending = handOver.end();
  while (handed.flat().length < 50_000) {
    ends.at(-1)?.();
    await settled();
  }
  ends.at(-1)?.();
  await ending;
});
