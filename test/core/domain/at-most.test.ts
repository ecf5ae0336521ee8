import { expect, test } from "vitest";
import { atMost } from "../../../core/domain/at-most.ts";
import { settled } from "../../monitor/support/manual-clock.ts";

test("so many run at once, the others in their order, and one that throws leaves its place", async () => {
  const limit = atMost(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const run = (number: number) =>
    limit(async () => {
      begun.push(number);
      await new Promise<void>((end) => ends.push(end));
      if (number === 1) throw new Error("one");
      return number;
    });
  const all = Promise.allSettled([1, 2, 3, 4].map(run));
  await settled();
  expect(begun).toEqual([1, 2]);
  ends[0]?.();
  await settled();
  expect(begun).toEqual([1, 2, 3]);
  ends[1]?.();
  await settled();
  for (const end of ends) end();
  expect((await all).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled", "fulfilled"]);
});
