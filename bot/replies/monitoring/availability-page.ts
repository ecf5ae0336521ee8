import { findRollups } from "../../../core/db/monitoring/monitor-quality.ts";
import { listOutagesIn, type PlacedOutage } from "../../../core/db/monitoring/outages.ts";
import type { Db } from "../../../core/db/tables.ts";
import { type Month, measurable } from "../../../core/domain/calendar/report-days.ts";
import { localDay } from "../../../core/domain/calendar/working-calendar.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { shareUp, shareUpOfItself, shareUpWithoutPowerCuts } from "../../../core/domain/monitoring/availability.ts";
import {
  type AvailabilityLine,
  byShare,
  type Grouping,
  keepsAgreement,
  lineOfTarget,
  linesBy,
  type MeasuredTarget,
} from "../../../core/domain/monitoring/availability-lists.ts";
import { causeOf } from "../../../core/domain/monitoring/outage.ts";
import { qualityOf } from "../../../core/domain/monitoring/quality.ts";
import { emptyRollup, merge } from "../../../core/domain/monitoring/rollup.ts";
import type { Span } from "../../../core/domain/monitoring/spans.ts";
import { seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import { type OfficeWords, showShortTime } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { findVisible, lineWords, openButton } from "./availability.ts";
import { markOf, monthButtons, monthTitle, showShare, withoutAbove } from "./availability-words.ts";
import { showLatency, showPercent, showSpan, targetButton } from "./monitor-words.ts";
import { causeWords } from "./outage-words.ts";

const longestName = 40;
const shownOnPage = 10;

const nothing = {
  as: "text" as const,
  html: "Itu tidak dipantau pada bulan itu. Lihat yang ada: /status, lalu tekan 📊 Ketersediaan.",
};

/**
 * A target, an office or a provider in a month (R35): how much of it was up, against what was agreed. Its outages, the last
 * first, or its members, the lowest first, come by pages.
 */
export async function renderAvailabilityOf(
  db: Db,
  viewer: Person,
  { of, month: name, page }: { of: AvailabilityLine["of"]; month: string; page: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered> {
  const month = measurable(name, office, now);
  const line = lineIn(of, viewer, await findVisible(db, viewer, month.period, office));
  const months = monthButtons(month, office, now, (to) => ({ do: "availability-of", of, month: to, turns: true }));
  const list = listButton(of, line, name);
  if (line === undefined) return { ...nothing, buttons: [months, [list]] };
  const isOne = "targetId" in of;
  const first = page * shownOnPage;
  const outages = isOne ? (await listOutagesIn(db, [of.targetId], month.period)).toReversed() : [];
  const members = isOne ? [] : byShare(line.members).map(lineOfTarget);
  const shown = members.slice(first, first + shownOnPage);
  const hasMore = Math.max(outages.length, members.length) > first + shownOnPage;
  return {
    as: "text",
    html: lines(
      ...(await summaryLines(db, line, month, office)),
      shown.length === 0 ? undefined : html``,
      ...shown.map(lineWords),
    ).markup,
    buttons: [
      ...inRows(shown.map((member) => openButton(member, name))),
      ...outages.slice(first, first + shownOnPage).map((outage) => [outageButton(outage, month.period, office)]),
      pageButtons(page, hasMore, (to) => ({ do: "availability-of", of, month: name, page: to, turns: true })),
      months,
      isOne ? [targetButton(of.targetId, `🔎 Buka ${shorten(line.name, longestName)}`), list] : [list],
    ],
  };
}

async function summaryLines(
  db: Db,
  line: AvailabilityLine,
  month: Month & { period: Span },
  office: OfficeWords,
): Promise<Html[]> {
  return [
    html`📊 <b>Ketersediaan ${line.name}</b>`,
    html`${monthTitle(month, office)}. Pemeliharaan dan saat tidak diketahui tidak dihitung.\n`,
    agreementLine(line),
    ...figureLines(line),
    ...(await qualityLines(db, line.members, month.period, office)),
  ];
}

/** Back to the list in which it stands. */
function listButton(of: AvailabilityLine["of"], line: AvailabilityLine | undefined, month: string): Button {
  return { label: "📊 Ketersediaan", press: { do: "availability", by: groupingOf(of, line), month, page: 0 } };
}

function groupingOf(of: AvailabilityLine["of"], line: AvailabilityLine | undefined): Grouping {
  if ("provider" in of) return "provider";
  if ("officeId" in of) return "office";
  const kind = line?.members[0]?.kind ?? "link";
  // A site stands in its office.
  return kind === "site" ? "office" : kind;
}

function lineIn(of: AvailabilityLine["of"], viewer: Person, visible: readonly MeasuredTarget[]) {
  if ("targetId" in of) {
    const target = visible.find(({ id }) => id === of.targetId);
    return target && lineOfTarget(target);
  }
  if ("provider" in of) {
    const lines = seesAllTargets(viewer) ? linesBy("provider", visible) : [];
    return lines.find(({ name }) => name === of.provider);
  }
  return linesBy("office", visible).find((line) => "officeId" in line.of && line.of.officeId === of.officeId);
}

function agreementLine(line: AvailabilityLine): Html {
  const { figures, members, missed } = line;
  const [only] = members;
  const share = html`${markOf(line)} <b>${showShare(shareUp(figures))}</b>`;
  if (!("targetId" in line.of) || only === undefined) {
    return html`${share}, ${missed} dari ${members.length} di bawah target`;
  }
  const keeps = keepsAgreement(only);
  const verdict = keeps === undefined ? "belum terukur" : keeps ? "memenuhi target" : "di bawah target";
  return html`${share}, target ${showPercent(only.agreedPercent)}: ${verdict}`;
}

function figureLines({ figures, members }: AvailabilityLine): Html[] {
  const { measuredMs, downMs, powerCutMs, aboveMs, outages, longestMs } = figures;
  return [
    html`Tanpa listrik padam: ${showShare(shareUpWithoutPowerCuts(figures))}`,
    ...(aboveMs === 0 ? [] : [html`${withoutAbove(figures)}: ${showShare(shareUpOfItself(figures))}`]),
    outages === 0
      ? html`Tidak ada gangguan.`
      : html`Gangguan: ${outages} kali, ${showSpan(downMs)} seluruhnya, terlama ${showSpan(longestMs)}`,
    ...(powerCutMs === 0 ? [] : [html`Karena listrik padam: ${showSpan(powerCutMs)}`]),
    ...(aboveMs === 0 ? [] : [html`Karena yang di depannya: ${showSpan(aboveMs)}`]),
    html`Terukur: ${showSpan(measuredMs)}${members.length > 1 ? `, jumlah dari ${members.length} yang dipantau` : ""}`,
  ];
}

/** To the hour, in the current month. */
async function qualityLines(
  db: Db,
  members: readonly MeasuredTarget[],
  period: Span,
  office: OfficeWords,
): Promise<Html[]> {
  const ids = members.map(({ id }) => id);
  const today = localDay(period.until, office).startOf("day").toJSDate();
  const rollups = await findRollups(db, ids, period, today);
  const { latencyUs, lossPercent, lossPercents } = qualityOf([...rollups.values()].reduce(merge, emptyRollup));
  return [
    ...(latencyUs.p50 === null || latencyUs.p95 === null
      ? []
      : [html`Latensi: 50% di bawah ${showLatency(latencyUs.p50)}, 95% di bawah ${showLatency(latencyUs.p95)}`]),
    ...(lossPercent === null || lossPercents.p50 === null || lossPercents.p95 === null
      ? []
      : [
          html`Hilang, juga selama gangguan dan pemeliharaan: rata-rata ${showPercent(lossPercent)}, 50% di bawah ${showPercent(lossPercents.p50)}, 95% di bawah ${showPercent(lossPercents.p95)}`,
        ]),
  ];
}

/** "🔴 3 Nov 10.00, 2 jam, PLN (listrik)" */
function outageButton(outage: PlacedOutage, { until }: Span, office: OfficeWords): Button {
  const { id, startedAt, endedAt } = outage;
  const causeCode = causeOf(outage);
  const span = showSpan((endedAt ?? until).getTime() - startedAt.getTime());
  const cause = causeCode === null ? "" : `, ${causeWords[causeCode]}`;
  const label = `${endedAt === null ? "🔴" : "⚫"} ${showShortTime(startedAt, office)}, ${span}${cause}`;
  return { label, press: { do: "outage", outageId: id } };
}
