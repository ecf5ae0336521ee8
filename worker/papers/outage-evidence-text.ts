import { DateTime } from "luxon";
import { findLastDown } from "../../core/db/monitoring/last-down.ts";
import { listMainChecks } from "../../core/db/monitoring/monitor-checks.ts";
import { listSamplesIn } from "../../core/db/monitoring/monitor-samples.ts";
import { findOutageFacts } from "../../core/db/monitoring/outage-facts.ts";
import type { OutageEvidenceDetails } from "../../core/db/paper-content.ts";
import type { Db } from "../../core/db/tables.ts";
import { hourInMilliseconds, minuteInMilliseconds } from "../../core/domain/durations.ts";
import { csvOf } from "../../core/domain/form/csv.ts";
import type { Check, CheckSettings } from "../../core/domain/monitoring/check.ts";
import { mayBeDropped, type Sample } from "../../core/domain/monitoring/sample.ts";
import type { Span } from "../../core/domain/monitoring/spans.ts";
import { drawChart } from "./chart.ts";
import { chartText } from "./chart-text.ts";
import { type Clock, evidenceFacts, evidenceTimeline, showInstant, showStamp } from "./evidence-facts.ts";
import type { OutageEvidenceText } from "./outage-evidence.ts";

/** In the file; a week of one ping each half minute is 20,160. */
const mostSamples = 50_000;
/** On paper, from the beginning and from the end. */
const shownOfEach = 60;
const aroundMs = 10 * minuteInMilliseconds;

type Setting = { zone: string; now: Date; keepDays: number };

/** What is sent to the provider of one outage. @param setting.keepDays how long samples are kept */
export async function outageEvidenceText(
  db: Db,
  details: OutageEvidenceDetails,
  setting: Setting,
): Promise<OutageEvidenceText> {
  const { facts, lastDown, span, checks, clock } = await findEvidence(db, details, setting);
  const { samples, cut } = await samplesAround(db, checks, span, setting);
  const graphed = around(span, setting.now, (span.until.getTime() - span.from.getTime()) / 4);
  const { zone, now, keepDays } = setting;
  const isDropped = mayBeDropped(span.from, now, keepDays);
  const checkIds = checks.map(({ id }) => id);
  const subtitle = `Gangguan sejak ${showInstant(span.from, clock)}`;
  return {
    head: `Diskominfo ${details.regency}`,
    title: `Gangguan ${facts.target.name}`,
    facts: await evidenceFacts(db, facts, { lastDown, span, checkIds, isDropped, cause: details.cause, clock }),
    timeline: await evidenceTimeline(db, facts, { span: graphed, clock }),
    graph: drawChart(await chartText(db, facts.target.id, graphed, { zone, subtitle })),
    samples: {
      note: noteOf(samples, span, { ...setting, clock, cut }),
      rows: shownOf(samples).map(rowOf(checks, clock)),
    },
    made: `Dibuat ${showInstant(now, clock)}`,
  };
}

const sampleColumns = [
  ...(["waktu", "pemeriksaan", "dikirim", "diterima", "min_ms", "rata_rata_ms", "maks_ms", "jitter_ms"] as const),
  "hasil",
];

/** All samples around an outage, as a list; times with the office's distance from UTC. */
export async function outageSamplesCsv(db: Db, details: OutageEvidenceDetails, setting: Setting): Promise<string> {
  const { span, checks } = await findEvidence(db, details, setting);
  const names = new Map(checks.map(({ id, settings }) => [id, checkName(settings)]));
  const { samples, cut } = await samplesAround(db, checks, span, setting);
  const rows = samples.map((sample) => [
    DateTime.fromJSDate(sample.at, { zone: setting.zone }).toISO() ?? "",
    ...[names.get(sample.checkId) ?? "", String(sample.sent), String(sample.received)],
    ...[sample.minUs, sample.avgUs, sample.maxUs, sample.jitterUs].map(showMs),
    resultOf(sample),
  ]);
  const note = cut === null ? [] : [["", cut, ...sampleColumns.slice(2).map(() => "")]];
  return csvOf([sampleColumns, ...rows, ...note]);
}

async function findEvidence(
  db: Db,
  { outageId, zoneLabel }: OutageEvidenceDetails,
  { zone, now }: Pick<Setting, "zone" | "now">,
) {
  const facts = await findOutageFacts(db, outageId);
  if (facts === undefined) throw new Error(`making evidence of outage ${outageId}: there is none`);
  const { outage, target } = facts;
  const lastDown = await findLastDown(db, outage, now);
  const span: Span = { from: outage.startedAt, until: outage.endedAt ?? lastDown ?? now };
  return { facts, lastDown, span, checks: await listMainChecks(db, target.id, span), clock: { zone, zoneLabel } };
}

/** Some minutes before it and after it, at most some hours. */
function around({ from, until }: Span, now: Date, wantedMs: number): Span {
  const ms = Math.min(6 * hourInMilliseconds, Math.max(aroundMs, wantedMs));
  const end = new Date(until.getTime() + ms);
  return { from: new Date(from.getTime() - ms), until: end < now ? end : now };
}

/** @returns cut: where there are more, that they are left out */
async function samplesAround(
  db: Db,
  checks: readonly Check[],
  span: Span,
  { now }: Setting,
): Promise<{ samples: Sample[]; cut: string | null }> {
  const ids = checks.map(({ id }) => id);
  const found = await listSamplesIn(db, ids, around(span, now, aroundMs), mostSamples + 1);
  const most = mostSamples.toLocaleString("id-ID");
  const cut = found.length > mostSamples ? `Hanya ${most} sampel yang pertama. Yang sesudahnya tidak ikut.` : null;
  return { samples: found.slice(0, mostSamples), cut };
}

function shownOf(samples: readonly Sample[]): readonly Sample[] {
  if (samples.length <= 2 * shownOfEach) return samples;
  return [...samples.slice(0, shownOfEach), ...samples.slice(-shownOfEach)];
}

/** What is missing is said, not only left out. */
function noteOf(
  samples: readonly Sample[],
  { from }: Span,
  { now, keepDays, clock, cut }: Setting & { clock: Clock; cut: string | null },
): string | null {
  const isDropped = mayBeDropped(from, now, keepDays);
  const kept = `Sampel mentah disimpan ${keepDays} hari`;
  if (samples.length === 0) {
    return isDropped
      ? `${kept} dan sudah dihapus. Grafik di atas memakai angka per menit atau per jam yang masih disimpan.`
      : "Tidak ada sampel dari waktu itu.";
  }
  const [first] = samples;
  const dropped =
    isDropped && first !== undefined ? `${kept}: yang sebelum ${showInstant(first.at, clock)} sudah dihapus.` : "";
  const left = samples.length - shownOf(samples).length;
  const more =
    left > 0
      ? `Di sini ${shownOfEach} yang pertama dan ${shownOfEach} yang terakhir; ${left} di antaranya ada dalam berkas CSV.`
      : "";
  return [dropped, more, cut ?? ""].filter((part) => part !== "").join(" ") || null;
}

function rowOf(checks: readonly Check[], clock: Clock) {
  const names = new Map(checks.map(({ id, settings }) => [id, checkName(settings)]));
  return (sample: Sample): string[] => [
    ...[showStamp(sample.at, clock), names.get(sample.checkId) ?? ""],
    ...[String(sample.sent), String(sample.received)],
    ...[showMs(sample.avgUs), showMs(sample.jitterUs), resultOf(sample)],
  ];
}

function checkName(settings: CheckSettings): string {
  switch (settings.kind) {
    case "icmp":
      return `ping ${settings.address}`;
    case "tcp":
      return `TCP ${settings.address}:${settings.port}`;
    case "http":
      return settings.url;
    case "dns":
      return `DNS ${settings.name}`;
    case "heartbeat":
      return "tanda berkala";
  }
}

function resultOf({ isOk, problem }: Sample): string {
  if (isOk) return "menjawab";
  if (problem === "cannot-ask" || problem === "resolver-silent") return "tidak dapat ditanya";
  return problem === null || ["no-answer", "timeout", "refused"].includes(problem)
    ? "tidak menjawab"
    : "menjawab salah";
}

function showMs(us: number | null): string {
  if (us === null) return "";
  return (us / 1_000).toLocaleString("id-ID", { maximumFractionDigits: 3, useGrouping: false });
}
