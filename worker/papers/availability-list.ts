import { findAvailability } from "../../core/db/monitoring/availability.ts";
import { findRollups } from "../../core/db/monitoring/monitor-quality.ts";
import type { AvailabilityListDetails } from "../../core/db/paper-content.ts";
import { getPerson } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import { measurable } from "../../core/domain/calendar/report-days.ts";
import { localDay } from "../../core/domain/calendar/working-calendar.ts";
import { minuteInMilliseconds } from "../../core/domain/durations.ts";
import { csvOf } from "../../core/domain/form/csv.ts";
import {
  type Availability,
  shareUp,
  shareUpOfItself,
  shareUpWithoutPowerCuts,
} from "../../core/domain/monitoring/availability.ts";
import {
  type AvailabilityLine,
  byShare,
  keepsAgreement,
  lineOfTarget,
  linesBy,
} from "../../core/domain/monitoring/availability-lists.ts";
import type { Policy } from "../../core/domain/monitoring/policy.ts";
import { qualityOf } from "../../core/domain/monitoring/quality.ts";
import { emptyRollup, merge, type Rollup } from "../../core/domain/monitoring/rollup.ts";
import { maySeeTarget, seesAllTargets } from "../../core/domain/monitoring/target-access.ts";
import { targetKindNames } from "../../core/domain/monitoring/target-file.ts";

/** As the first line names them. Shares in percent, spans in minutes, latency in milliseconds. */
const availabilityColumns = [
  ...([
    "bulan",
    "jenis",
    "nama",
    "kode_kantor",
    "penyedia",
    "nomor_sirkit",
    "target_persen",
    "tersedia_persen",
  ] as const),
  ...(["tanpa_listrik_padam_persen", "tanpa_listrik_padam_dan_yang_di_depan_persen", "memenuhi_target"] as const),
  ...(["terukur_menit", "gangguan", "terputus_menit", "listrik_padam_menit", "yang_di_depan_menit"] as const),
  ...(["terlama_menit", "latensi_p50_ms", "latensi_p95_ms", "hilang_persen"] as const),
  ...(["hilang_p50_persen", "hilang_p95_persen"] as const),
];

/** What was measured in a month of all that the person may see for whom it is made: each target, then offices and providers as a whole. */
export async function availabilityCsv(
  db: Db,
  { personId, month: name }: AvailabilityListDetails & { personId: number },
  { zone, now, policy }: { zone: string; now: Date; policy: Policy },
): Promise<string> {
  const viewer = await getPerson(db, personId);
  const { period } = measurable(name, { zone }, now);
  const visible = (await findAvailability(db, period, policy)).filter((target) => maySeeTarget(viewer, target));
  const today = localDay(period.until, { zone }).startOf("day").toJSDate();
  const ids = visible.map(({ id }) => id);
  const rollups = await findRollups(db, ids, period, today);
  const isDesk = seesAllTargets(viewer);
  const groups = [
    ...linesBy("office", visible).map((line) => ({ line, kind: "semua di kantor" })),
    ...(isDesk ? linesBy("provider", visible).map((line) => ({ line, kind: "semua dari penyedia" })) : []),
  ];
  const targets = byShare(visible).map((target) => ({
    line: lineOfTarget(target),
    kind: targetKindNames[target.kind],
  }));
  const rows = [...targets, ...groups].map(({ line, kind }) => rowOf(line, { name, kind, rollups, isDesk }));
  return csvOf([[...availabilityColumns], ...rows]);
}

type Row = { name: string; kind: string; rollups: ReadonlyMap<number, Rollup>; isDesk: boolean };

function rowOf(line: AvailabilityLine, { name, kind, rollups, isDesk }: Row): string[] {
  const { of, figures, members } = line;
  const [only] = members;
  const isOne = "targetId" in of;
  const keeps = isOne && only !== undefined ? keepsAgreement(only) : undefined;
  const provider = isDesk && (isOne || "provider" in of) ? (only?.provider ?? "") : "";
  return [
    ...[name, kind, line.name, "provider" in of ? "" : (only?.officeCode ?? ""), provider],
    ...[isDesk && isOne ? (only?.circuitNumber ?? "") : "", isOne ? decimal(only?.agreedPercent ?? null) : ""],
    ...[shareUp(figures), shareUpWithoutPowerCuts(figures), shareUpOfItself(figures)].map(percent),
    keeps === undefined ? "" : keeps ? "ya" : "tidak",
    ...spanCells(figures),
    ...qualityCells(members.map(({ id }) => rollups.get(id) ?? emptyRollup).reduce(merge, emptyRollup)),
  ];
}

function spanCells({ measuredMs, outages, downMs, powerCutMs, aboveMs, longestMs }: Availability): string[] {
  const minutes = (ms: number) => decimal(ms / minuteInMilliseconds);
  return [minutes(measuredMs), String(outages), ...[downMs, powerCutMs, aboveMs, longestMs].map(minutes)];
}

function qualityCells(rollup: Rollup): string[] {
  const { latencyUs, lossPercent, lossPercents } = qualityOf(rollup);
  const ms = (us: number | null) => decimal(us === null ? null : us / 1_000);
  return [
    ...[ms(latencyUs.p50), ms(latencyUs.p95), decimal(lossPercent)],
    ...[decimal(lossPercents.p50), decimal(lossPercents.p95)],
  ];
}

function percent(share: number | null): string {
  return decimal(share === null ? null : Math.floor(share * 1e6 + 1e-6) / 1e4);
}

const decimals = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 4, useGrouping: false });

/** With a comma, as spreadsheets here read it; nothing where nothing is known. */
function decimal(value: number | null): string {
  return value === null ? "" : decimals.format(value);
}
