import { z } from "zod";
import { addressOf, parseAddress } from "../core/domain/ipam/address.ts";
import { parsePrefix, prefixOf } from "../core/domain/ipam/prefix.ts";
import { usualPolicy } from "../core/domain/monitoring/policy.ts";
import { publicKinds } from "../core/domain/monitoring/public-status.ts";
import { unknownKeysOr } from "./schema-messages.ts";

/** The networks of offices, where the profile names none. source: RFC 1918 */
const localNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

function wholeNumber(unit: string, min: number, max: number, usual: number) {
  const error = `must be whole ${unit} from ${min} to ${max}, for example ${usual}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

function whole(unit: string, min: number, max: number, usual: number) {
  return wholeNumber(unit, min, max, usual).default(usual);
}

const network = z
  .string()
  .refine((entered) => parsePrefix(entered).ok, { error: "must be a network, for example 10.0.0.0/8" })
  .transform(prefixOf);
const address = z
  .string()
  .refine((entered) => parseAddress(entered).ok, { error: "must be an address, for example 10.1.0.1" })
  .transform(addressOf);

const agreedError = "must be percent from 50 to 100, for example 99.5";
const agreedPercent = z
  .number({ error: agreedError })
  .min(50, { error: agreedError })
  .max(100, { error: agreedError })
  .default(usualPolicy.agreedPercent);

const policy = z.strictObject(
  {
    intervalSeconds: whole("seconds", 10, 86_400, usualPolicy.intervalSeconds),
    missesUntilDown: whole("misses", 1, 20, usualPolicy.missesUntilDown),
    successesUntilUp: whole("successes", 1, 20, usualPolicy.successesUntilUp),
    recheckSeconds: whole("seconds", 1, 3600, usualPolicy.recheckSeconds),
    degradedLossPercent: whole("percent", 1, 100, usualPolicy.degradedLossPercent),
    degradedLatencyMs: whole("milliseconds", 1, 60_000, usualPolicy.degradedLatencyMs),
    degradedSamples: whole("samples", 1, 100, usualPolicy.degradedSamples),
    flapChanges: whole("changes", 2, 100, usualPolicy.flapChanges),
    flapWindowMinutes: whole("minutes", 1, 1440, usualPolicy.flapWindowMinutes),
    agreedPercent,
  },
  { error: unknownKeysOr("must hold figures such as intervalSeconds and missesUntilDown, or be left out") },
);

/** How long figures are kept; what is late comes within two days. */
const keepDays = z.strictObject(
  {
    samples: whole("days", 3, 90, 7),
    minutes: whole("days", 3, 366, 14),
    hours: whole("days", 31, 3660, 400),
  },
  { error: unknownKeysOr("must hold samples, minutes and hours, for example { samples: 7, minutes: 14, hours: 400 }") },
);

/** How links, sites, devices and applications are watched. What is left out is as usual. */
export const monitoringSection = z
  .strictObject(
    {
      networks: z
        .array(network, { error: "must be a list of networks, for example [10.0.0.0/8]" })
        .min(1, { error: "must name a network, for example [10.0.0.0/8]: nothing else may be watched" })
        .prefault(localNetworks),
      uplink: z.array(address, { error: "must be a list of addresses, for example [10.1.0.1]" }).default([]),
      policy: policy.prefault({}),
      keepDays: keepDays.prefault({}),
      remindAfterMinutes: whole("minutes", 5, 1440, 60),
      opensIncidents: z.boolean({ error: "must be true or false" }).default(true),
      incidentAfterMinutes: whole("minutes", 0, 1440, 5),
      certificateDays: z
        .array(wholeNumber("days", 1, 365, 14), {
          error: "must be a list of days before the end, for example [30, 14, 7, 1]; [] means nobody is told",
        })
        .default([30, 14, 7, 1]),
      publicPage: z
        .array(z.enum(publicKinds, { error: `must be one of ${publicKinds.join(", ")}` }), {
          error: "must be a list, for example [applications, offices]; [] means no such page",
        })
        .default([]),
    },
    {
      error: unknownKeysOr(
        "must hold networks, uplink, policy, keepDays, remindAfterMinutes, opensIncidents, incidentAfterMinutes, certificateDays and publicPage, or be left out",
      ),
    },
  )
  .prefault({});
