import { expect, test } from "vitest";
import { loadProfile, type Profile } from "../../config/profile.ts";
import { asPlayed } from "../../parts/foundation.ts";
import { testHosting } from "../support/hosting.ts";

const profile: Profile = { ...loadProfile("labura"), hosting: structuredClone(testHosting) as never };

test.each([
  ["a real office", { mode: "telegram" }, true],
  ["the playground", { mode: "playground", hasDocker: false }, false],
  ["the playground, when it is asked for", { mode: "playground", hasDocker: true }, true],
] as const)("%s builds on hosts: %j is %s", (_who, environment, isBuilt) => {
  expect(asPlayed(profile, environment).hosting !== undefined).toBe(isBuilt);
});
