import { type Month, monthOf } from "../../../core/domain/calendar/report-days.ts";
import { dayInMilliseconds } from "../../../core/domain/durations.ts";
import {
  type Availability,
  percentOf,
  shareUp,
  shareUpOfItself,
  shareUpWithoutPowerCuts,
} from "../../../core/domain/monitoring/availability.ts";
import { type AvailabilityLine, keepsAgreement } from "../../../core/domain/monitoring/availability-lists.ts";
import type { Span } from "../../../core/domain/monitoring/spans.ts";
import type { Press } from "../../presses/press.ts";
import type { Button } from "../../rendered.ts";
import { type OfficeWords, showDay, showMonth, showTime } from "../office-words.ts";
import { showSpan } from "./monitor-words.ts";

/** "November 2026", or how far it is. */
export function monthTitle({ name, until, period }: Month & { period: Span }, office: OfficeWords): string {
  if (period.until >= until) return showPeriod(name, office);
  const [first, last] = name.split("_");
  const end = `sampai ${showTime(period.until, office)}`;
  return first !== undefined && last !== undefined ? `${showDay(first)} ${end}` : `${showMonth(name, office)}, ${end}`;
}

/** "November 2026", or "1 Nov 2026 sampai 15 Nov 2026". */
export function showPeriod(name: string, office: Pick<OfficeWords, "zone">): string {
  const [first, last] = name.split("_");
  return first !== undefined && last !== undefined
    ? `${showDay(first)} sampai ${showDay(last)}`
    : showMonth(name, office);
}

/** The month before, and the one after where it has begun. */
export function monthButtons({ name, from }: Month, office: OfficeWords, now: Date, to: (month: string) => Press) {
  const button = (month: string, label: string): Button => ({ label, press: to(month) });
  const [before, after] = [monthOf(from, office, -1).name, monthOf(from, office, 1).name];
  return [
    button(before, `⏪ ${showMonth(before, office)}`),
    ...(name < monthOf(now, office).name ? [button(after, `${showMonth(after, office)} ⏩`)] : []),
  ];
}

/** "99,31%". @param share from 0 to 1 */
export function showShare(share: number | null): string {
  if (share === null) return "–";
  return `${percentOf(share).toLocaleString("id-ID", { maximumFractionDigits: 2 })}%`;
}

/** ", terukur 11 menit": of less than a day a share says little yet. Of several the longest. */
export function measuredWords({ members }: Pick<AvailabilityLine, "members">): string {
  const longestMs = Math.max(0, ...members.map(({ figures }) => figures.measuredMs));
  return longestMs === 0 || longestMs >= dayInMilliseconds ? "" : `, terukur ${showSpan(longestMs)}`;
}

/** ✅ as agreed, ⚠️ less, or one of its members is; ⚪ nothing was measured. */
export function markOf({ members, missed }: Pick<AvailabilityLine, "members" | "missed">): string {
  if (missed > 0) return "⚠️";
  return members.some((member) => keepsAgreement(member)) ? "✅" : "⚪";
}

/** What is left out of `shareUpOfItself`: "Tanpa listrik padam dan yang di depannya". */
export function withoutAbove({ powerCutMs }: Availability): string {
  return powerCutMs === 0 ? "Tanpa yang di depannya" : "Tanpa listrik padam dan yang di depannya";
}

/** "99,8% tanpa listrik padam", "99,9% tanpa yang di depannya", where these say something else. */
export function otherShares(figures: Availability): string[] {
  const shares = [
    ...(figures.powerCutMs === 0 ? [] : [[shareUpWithoutPowerCuts(figures), "tanpa listrik padam"] as const]),
    ...(figures.aboveMs === 0 ? [] : [[shareUpOfItself(figures), withoutAbove(figures).toLowerCase()] as const]),
  ];
  return shares.flatMap(([share, words]) => (share === shareUp(figures) ? [] : `${showShare(share)} ${words}`));
}
