import { expect, test } from "vitest";
import { readEnvironment } from "../../config/env.ts";
import { pingAll } from "../../monitor/ping.ts";
import { pingOf } from "../../parts/worker.ts";

test("a network that is played is not asked, a real one is", async () => {
  const system = { isRoot: false, homeDirectory: "/home/simpul", checkout: "/opt/simpul" };
  const environmentOf = (variables: Record<string, string>) => {
    const read = readEnvironment(variables, system);
    if (!read.ok) throw new Error("reading an environment for a test");
    return read.environment;
  };
  const ask = pingOf(environmentOf({}));
  expect(await ask([], AbortSignal.abort())).toBe("playground");
  expect(pingOf(environmentOf({ TELEGRAM_BOT_TOKEN: `1234567890:${"A".repeat(35)}` }))).toBe(pingAll);
});
