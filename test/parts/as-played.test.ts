import { expect, test } from "vitest";
import { loadProfile, type Profile } from "../../config/profile.ts";
import { addressOf } from "../../core/domain/ipam/address.ts";
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

test("the links of a playground are asked often, and no uplink is; a real office's as its profile says", () => {
  const monitoring = { ...profile.monitoring, uplink: [addressOf("10.1.0.1")] };
  const played = asPlayed({ ...profile, monitoring }, { mode: "playground" });
  expect(played.monitoring).toMatchObject({ uplink: [], policy: { intervalSeconds: 5, recheckSeconds: 1 } });
  expect(asPlayed({ ...profile, monitoring }, { mode: "telegram" }).monitoring).toEqual(monitoring);
});
