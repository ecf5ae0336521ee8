import type { Address } from "../ipam/address.ts";
import type { Prefix } from "../ipam/prefix.ts";
import type { Policy } from "./policy.ts";
import type { PublicKind } from "./public-status.ts";

/** What the profile says of what is watched. */
export type MonitoringRules = {
  /** How targets are judged that say nothing of it themselves. */
  policy: Policy;
  /** In which the addresses lie that people may have watched. */
  networks: readonly Prefix[];
  /** Of the links of a playground: these are asked and no others, whatever the networks say. Absent: nothing is played. */
  playedAddresses?: readonly string[];
  /** Any of these answers while the monitor's own way out is up; none: nobody looks. */
  uplink: readonly Address[];
  /** How many days samples, figures of minutes and figures of hours are kept; those of days stay. */
  keepDays: { samples: number; minutes: number; hours: number };
  /** While nobody takes an outage. */
  remindAfterMinutes: number;
  /** An outage that lasts so long after it was certain opens a ticket by itself, where such are opened. */
  opensIncidents: boolean;
  incidentAfterMinutes: number;
  /** So many days before the end of a certificate infrastructure is told, once each. */
  certificateDays: readonly number[];
  /** What everybody may see at `/status`; nothing: there is no such page. */
  publicPage: readonly PublicKind[];
};
