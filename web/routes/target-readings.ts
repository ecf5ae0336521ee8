import type { TargetFigures } from "../../core/db/monitoring/target-figures.ts";
import { dayInMilliseconds } from "../../core/domain/durations.ts";

export type Labelled = { labels: Record<string, string>; value: number };

/** A gauge for each target. What nothing is known of is left out. */
type TargetReading = {
  name: string;
  help: string;
  of: (target: TargetFigures, now: Date) => number | null;
};

/** Their labels are the target's id, name and kind, and its office's code: of people's words the name alone, and no address. */
export const targetLabels = ["target", "name", "kind", "office"] as const;

export const targetReadings: readonly TargetReading[] = [
  {
    name: "simpul_target_latency_seconds",
    help: "Mean round trip of the last samples; the slowest of several checks.",
    of: ({ latencyUs }) => (latencyUs === null ? null : latencyUs / 1_000_000),
  },
  {
    name: "simpul_target_loss_ratio",
    help: "What was lost of the last samples, 0 to 1; the worst of several checks.",
    of: ({ lossRatio }) => lossRatio,
  },
  {
    name: "simpul_target_last_sample_age_seconds",
    help: "Since the newest sample of the last day.",
    of: ({ lastSampleAt }, now) =>
      lastSampleAt === null ? null : Math.max(0, (now.getTime() - lastSampleAt.getTime()) / 1_000),
  },
  {
    name: "simpul_target_certificate_days",
    help: "Days until its certificate ends; below 0 once it has.",
    of: ({ certificateEndsAt }, now) =>
      certificateEndsAt === null ? null : (certificateEndsAt.getTime() - now.getTime()) / dayInMilliseconds,
  },
  { name: "simpul_target_outages", help: "Outages that were ever recorded.", of: ({ outages }) => outages },
];

/** By which a graph tells one from another. */
export function labelsOf({ id, name, kind, officeCode }: TargetFigures): Labelled["labels"] {
  return { target: String(id), name, kind, office: officeCode ?? "" };
}

export function valuesOf({ of }: TargetReading, targets: readonly TargetFigures[], now: Date): Labelled[] {
  return targets.flatMap((target) => {
    const value = of(target, now);
    return value === null ? [] : [{ labels: labelsOf(target), value }];
  });
}
