import { expect, test } from "vitest";
import { runChaos } from "../../bench/chaos/chaos.ts";
import { seeds } from "./seeds.ts";

/** Longer than all that is waited for: what fails is then said by its check. */
const timeout = 900_000;

test.each(seeds)(
  "nothing is lost or done twice while everything is killed, seed $seed: $because",
  {
    timeout,
  },
  async ({ seed, kills }) => {
    const { checks } = await runChaos({ seed, until: { kills }, gapMs: 400, withRedis: false });

    const failed = checks.filter(({ problems }) => problems.length > 0);
    expect(failed).toEqual([]);
  },
);
