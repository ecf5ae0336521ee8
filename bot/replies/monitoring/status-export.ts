import { DateTime } from "luxon";
import { findStopped } from "../../../core/db/monitoring/last-look.ts";
import { listLosses } from "../../../core/db/monitoring/monitor-quality.ts";
import { findPresent, type Present, type PresentTarget } from "../../../core/db/monitoring/present-states.ts";
import { listTargetFigures, type TargetFigures } from "../../../core/db/monitoring/target-figures.ts";
import type { Db } from "../../../core/db/tables.ts";
import { dayInMilliseconds } from "../../../core/domain/durations.ts";
import { csvOf } from "../../../core/domain/form/csv.ts";
import { sinceOf } from "../../../core/domain/monitoring/heartbeat.ts";
import { publicKindOf } from "../../../core/domain/monitoring/public-status.ts";
import { publicNames, targetKindNames } from "../../../core/domain/monitoring/target-file.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { stoppedLine } from "./monitor-stopped.ts";
import { stateWordsOf } from "./monitor-words.ts";
import { stateOf } from "./status.ts";

const columns = [
  ...["jenis", "nama", "kode_kantor", "keadaan", "sejak", "penyebab", "pemeliharaan"],
  ...[
    "latensi_terakhir_ms",
    "hilang_terakhir_persen",
    "hilang_24_jam_persen",
    "diperiksa_terakhir",
    "sertifikat_berakhir",
    "gangguan",
    "halaman_publik",
  ],
];

/** How all stands that this person may see, as a list for a spreadsheet; times with the office's distance from UTC. */
export async function renderStatusExport(
  db: Db,
  viewer: Person,
  _screen: { kind: "status-export" },
  office: OfficeWords,
  now: Date,
): Promise<Rendered> {
  const present = await findPresent(db, viewer, now);
  const figures = await listTargetFigures(db, now);
  const byId = new Map(figures.map((each) => [each.id, each]));
  const losses = await listLosses(db, new Date(now.getTime() - dayInMilliseconds));
  const rows = present.mine.map((target) =>
    rowOf(target, { figures: byId.get(target.id), lossPercent: losses.get(target.id) }, present, office),
  );
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(csvOf([columns, ...rows])),
    name: "status.csv",
    caption: lines(
      html`📤 Status ${rows.length} yang dipantau, ${showTime((await findStopped(db, now)) ?? now, office)}`,
      await stoppedLine(db, office, now),
    ).markup,
  };
}

function rowOf(
  target: PresentTarget,
  { figures, lossPercent }: { figures: TargetFigures | undefined; lossPercent: number | undefined },
  present: Present,
  office: OfficeWords,
): string[] {
  const { kind, name, officeCode, seen, cause, isInMaintenance, isPublic } = target;
  const time = (at: Date | null | undefined) =>
    at ? (DateTime.fromJSDate(at, { zone: office.zone }).toISO() ?? "") : "";
  const root = cause?.kind === "behind" ? present.all.get(cause.rootId) : undefined;
  return [
    ...[
      targetKindNames[kind],
      name,
      officeCode ?? "",
      stateWordsOf(target)[stateOf(target)].label,
      time(sinceOf(target, seen)),
    ],
    ...[root?.name ?? "", isInMaintenance ? "ya" : ""],
    ...[showNumber(figures?.latencyUs, 1_000), showNumber(figures?.lossRatio, 0.01)],
    showNumber(lossPercent, 1),
    ...[time(figures?.lastSampleAt), time(figures?.certificateEndsAt), String(figures?.outages ?? 0)],
    publicKindOf(kind) === undefined ? "" : publicNames[isPublic ? "yes" : "no"],
  ];
}

/** "12,5": spreadsheets here write a comma. */
function showNumber(value: number | null | undefined, unit: number): string {
  return value == null ? "" : (value / unit).toFixed(1).replace(".", ",");
}
