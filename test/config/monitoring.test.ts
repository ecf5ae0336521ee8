import { describe, expect, it } from "vitest";
import { monitoringSection } from "../../config/monitoring-schema.ts";
import { loadProfile, profileNames } from "../../config/profile.ts";
import { showPrefix } from "../../core/domain/ipam/prefix.ts";
import { usualPolicy } from "../../core/domain/monitoring/policy.ts";

describe("what a profile says of what is watched", () => {
  it("is as usual where it says nothing", () => {
    const { networks, ...others } = monitoringSection.parse(undefined);
    expect(networks.map(showPrefix)).toEqual(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]);
    expect(others).toEqual({
      ...{ opensIncidents: true, incidentAfterMinutes: 5 },
      ...{ uplink: [], policy: usualPolicy, remindAfterMinutes: 60, publicPage: [] },
      certificateDays: [30, 14, 7, 1],
      keepDays: { samples: 7, minutes: 14, hours: 400 },
    });
  });

  it.each(profileNames())("is said by %s", (name) => {
    expect(loadProfile(name).monitoring.policy).toEqual(usualPolicy);
  });

  it.each([
    ["an interval of 0", { policy: { intervalSeconds: 0 } }, /policy\.intervalSeconds: must be .* for example 30/],
    [
      "an agreement of more than all",
      { policy: { agreedPercent: 101 } },
      /policy\.agreedPercent: must be .* for example 99\.5/,
    ],
    ["a network that is none", { networks: ["10.0.0.1/8"] }, /networks\.0: must be .* for example 10\.0\.0\.0\/8/],
    ["no network", { networks: [] }, /networks: must name a network, for example \[10\.0\.0\.0\/8\]/],
    ["a name as the uplink", { uplink: ["gateway"] }, /uplink\.0: must be .* for example 10\.1\.0\.1/],
    ["incidents by a word", { opensIncidents: "yes" }, /opensIncidents: must be true or false/],
    ["incidents that take days", { incidentAfterMinutes: 9000 }, /incidentAfterMinutes: must be .* for example 5/],
    ["samples of a day", { keepDays: { samples: 1 } }, /keepDays\.samples: must be .* for example 7/],
    ["a certificate's end today", { certificateDays: [0] }, /certificateDays\.0: must be whole days from 1 to 365/],
    ["a public page of devices", { publicPage: ["devices"] }, /publicPage\.0: must be one of applications, offices/],
    ["a public page that is no list", { publicPage: true }, /publicPage: must be a list, for example \[applications/],
    ["an unknown key", { network: [] }, /^: has unknown keys: network/],
  ])("%s is refused with an example of what is right", (_, section, message) => {
    const problems = monitoringSection.safeParse(section).error?.issues ?? [];
    expect(problems.map(({ path, message: said }) => `${path.join(".")}: ${said}`)).toEqual([
      expect.stringMatching(message),
    ]);
  });
});
