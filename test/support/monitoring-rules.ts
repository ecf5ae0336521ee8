import { prefixOf } from "../../core/domain/ipam/prefix.ts";
import type { MonitoringRules } from "../../core/domain/monitoring/monitoring-rules.ts";
import { usualPolicy } from "../../core/domain/monitoring/policy.ts";

/** What the profile of the office in the tests says of what is watched. */
export const testMonitoring: MonitoringRules = {
  policy: usualPolicy,
  networks: [prefixOf("10.0.0.0/8"), prefixOf("172.16.0.0/12")],
  uplink: [],
  keepDays: { samples: 7, minutes: 14, hours: 400 },
  remindAfterMinutes: 60,
  // What opens tickets is tried by tests of that.
  opensIncidents: false,
  incidentAfterMinutes: 5,
  certificateDays: [30, 14, 7, 1],
  publicPage: [],
};
