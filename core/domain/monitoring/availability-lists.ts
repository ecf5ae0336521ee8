import { type Availability, shareUp, shareUpOfItself, shareUpWithoutPowerCuts, together } from "./availability.ts";
import type { Target, TargetKind } from "./target.ts";

/** What was measured of one target in a period. */
export type MeasuredTarget = Pick<Target, "id" | "kind" | "name" | "officeId"> & {
  officeCode: string | null;
  officeName: string | null;
  provider: string | null;
  circuitNumber: string | null;
  /** of availability in a month */
  agreedPercent: number;
  figures: Availability;
};

/** By what availability is listed. */
export const groupings = ["link", "office", "provider", "application", "device", "job"] as const;
export type Grouping = (typeof groupings)[number];

/** One line of such a list: a target, or all that are one office's or one provider's. */
export type AvailabilityLine = {
  of: { targetId: number } | { officeId: number } | { provider: string };
  name: string;
  figures: Availability;
  members: readonly MeasuredTarget[];
  /** of the members */
  missed: number;
};

/** What an office is connected by; its applications stand apart, for they run in the data center. */
const ofOffices: readonly TargetKind[] = ["site", "link", "device"];

/** The lowest first; of which nothing was measured, last. */
export function linesBy(by: Grouping, targets: readonly MeasuredTarget[]): AvailabilityLine[] {
  return byShare(linesOf(by, targets));
}

function linesOf(by: Grouping, targets: readonly MeasuredTarget[]): AvailabilityLine[] {
  if (by === "office") {
    const own = targets.filter(({ kind, officeId }) => officeId !== null && ofOffices.includes(kind));
    return [...Map.groupBy(own, ({ officeId }) => officeId ?? 0)].map(([officeId, members]) =>
      lineOf({ officeId }, members[0]?.officeName ?? "", members),
    );
  }
  if (by === "provider") {
    const provided = targets.filter(({ provider }) => provider !== null);
    return [...Map.groupBy(provided, ({ provider }) => provider ?? "")].map(([provider, members]) =>
      lineOf({ provider }, provider, members),
    );
  }
  return targets.filter(({ kind }) => kind === by).map((target) => lineOfTarget(target));
}

export function lineOfTarget(target: MeasuredTarget): AvailabilityLine {
  return lineOf({ targetId: target.id }, target.name, [target]);
}

function lineOf(of: AvailabilityLine["of"], name: string, members: readonly MeasuredTarget[]): AvailabilityLine {
  const figures = together(members.map((member) => member.figures));
  return { of, name, figures, members, missed: members.filter((each) => keepsAgreement(each) === false).length };
}

/** The lowest first; of which nothing was measured, last. */
export function byShare<Line extends { name: string; figures: Availability }>(lines: readonly Line[]): Line[] {
  const share = ({ figures }: Line) => shareUp(figures) ?? 2;
  return lines.toSorted((one, other) => share(one) - share(other) || one.name.localeCompare(other.name, "id"));
}

/**
 * Whether what was agreed was kept: a power cut is no fault of who provides it, and of a link neither is what it lies behind.
 *
 * @returns undefined: nothing was measured
 */
export function keepsAgreement({
  kind,
  figures,
  agreedPercent,
}: Pick<MeasuredTarget, "kind" | "figures" | "agreedPercent">): boolean | undefined {
  const share = kind === "link" ? shareUpOfItself(figures) : shareUpWithoutPowerCuts(figures);
  return share === null ? undefined : 100 * share >= agreedPercent;
}
