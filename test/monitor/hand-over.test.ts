import { expect, test } from "vitest";
import type { Sample } from "../../core/domain/monitoring/sample.ts";
import { good, missed } from "../../monitor/answer.ts";
import { openHandOver } from "../../monitor/hand-over.ts";
import type { Uplink } from "../../monitor/uplink.ts";
import { settled } from "./support/manual-clock.ts";

const at = new Date("2026-11-28T01:00:00Z");
const sampleOf = (checkId: number, answer = good(1_000)): Sample => ({ checkId, at, ...answer });

function openTest() {
  const handed: number[][] = [];
  const uplinks: Uplink[] = [];
  const faults: string[] = [];
  const ends: (() => void)[] = [];
  const handOver = openHandOver({
    onSamples: async (samples, uplink) => {
      uplinks.push(uplink);
      handed.push(samples.map(({ checkId }) => checkId));
      await new Promise<void>((end) => ends.push(end));
      return [];
    },
    onRechecks: () => undefined,
    onFault: (fault, doing) => faults.push(`${doing}: ${fault}`),
  });
  return { handOver, handed, uplinks, faults, ends };
}

test("one call comes after the other, with all that was found meanwhile", async () => {
  const { handOver, handed, ends } = openTest();
  handOver.take([sampleOf(1)], "up");
  handOver.go();
  await settled();
  handOver.take([sampleOf(2)], "up");
  handOver.go();
  handOver.take([sampleOf(3)], "up");
  handOver.go();
  await settled();
  expect(handed).toEqual([[1]]);
  ends[0]?.();
  await settled();
  expect(handed).toEqual([[1], [2, 3]]);
  ends[1]?.();
  await handOver.end();
});

test("one call has what was found under the same uplink, in its order", async () => {
  const { handOver, handed, uplinks, ends } = openTest();
  handOver.take([sampleOf(1)], "up");
  handOver.take([sampleOf(2, missed("no-answer"))], "down");
  handOver.take([sampleOf(3, missed("no-answer"))], "down");
  handOver.take([sampleOf(4)], "up");
  handOver.go();
  for (let calls = 1; calls <= 3; calls += 1) {
    await settled();
    ends.at(-1)?.();
  }
  await handOver.end();
  expect(handed).toEqual([[1], [2, 3], [4]]);
  expect(uplinks).toEqual(["up", "down", "up"]);
});

test("of more than an hour's samples that nobody takes the oldest are lost, and that is said", async () => {
  const { handOver, handed, faults, ends } = openTest();
  handOver.take(
    Array.from({ length: 50_002 }, (_, id) => sampleOf(id)),
    "up",
  );
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
