import { DateTime } from "luxon";
import { listWindowsIn } from "../../core/db/monitoring/maintenance-windows.ts";
import { listAlertsOf } from "../../core/db/monitoring/monitor-alerts.ts";
import { findLoss, type Loss } from "../../core/db/monitoring/monitor-samples.ts";
import { listChangesIn } from "../../core/db/monitoring/monitor-states.ts";
import type { OutageFacts } from "../../core/db/monitoring/outage-facts.ts";
import type { StoredOutage } from "../../core/db/monitoring/outages.ts";
import { listPowerQuestions } from "../../core/db/monitoring/power-questions.ts";
import { getPerson } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Span } from "../../core/domain/monitoring/spans.ts";
import type { OutageEvidenceText } from "./outage-evidence.ts";

/** @property zone IANA name @property zoneLabel "WIB" */
export type Clock = { zone: string; zoneLabel: string };

/** "28 November 2026 10.00.03 WIB" */
export function showInstant(at: Date, { zone, zoneLabel }: Clock): string {
  return `${DateTime.fromJSDate(at, { zone }).setLocale("id").toFormat("d MMMM yyyy HH.mm.ss")} ${zoneLabel}`;
}

/** "28-11-2026 10.00.03 WIB", of many. */
export function showStamp(at: Date, { zone, zoneLabel }: Clock): string {
  return `${DateTime.fromJSDate(at, { zone }).toFormat("dd-MM-yyyy HH.mm.ss")} ${zoneLabel}`;
}

/**
 * What the evidence is made of.
 *
 * @property span of the outage; where it lasts, as far as it is known to
 * @property lastDown when it was last seen, where nobody knows whether it lasts
 * @property cause as the desk says it; undefined: nobody has said it yet
 * @property isDropped samples from its beginning may be kept no more
 */
type Evidence = {
  span: Span;
  lastDown: Date | undefined;
  checkIds: readonly number[];
  isDropped: boolean;
  cause: string | undefined;
  clock: Clock;
};

/** Who is told what of which line. */
export async function evidenceFacts(
  db: Db,
  { outage, target, link, location, place, contact, rootName, beganBehindName, causeFromName }: OutageFacts,
  { span, lastDown, checkIds, isDropped, cause, clock }: Evidence,
): Promise<OutageEvidenceText["facts"]> {
  const loss = await findLoss(db, checkIds, span);
  const all = {
    Penyedia: link?.provider,
    "Nomor sirkit": link?.circuitNumber,
    Link: link?.name,
    Bandwidth: link?.bandwidthMbps == null ? null : `${link.bandwidthMbps} Mbps`,
    "Yang terputus": target.id === link?.id ? null : target.name,
    Lokasi: location,
    Alamat: place?.words,
    "Kontak di lokasi": contact?.words,
    "Terputus sejak": showInstant(outage.startedAt, clock),
    Sampai: showEnd(outage, lastDown, clock),
    Lama: showLength(span),
    "Karena terputusnya": rootName,
    "Mulanya karena terputusnya": rootName === null ? beganBehindName : null,
    Penyebab: cause === undefined || causeFromName === null ? cause : `${cause} (${causeFromName})`,
    "Paket hilang": loss === undefined ? null : showLoss(loss, isDropped, clock),
  };
  return Object.entries(all).flatMap(([label, value]) => (value == null ? [] : [{ label, value }]));
}

function showEnd({ endedAt, isUnwatched }: StoredOutage, lastDown: Date | undefined, clock: Clock): string {
  if (endedAt !== null && isUnwatched) return `terakhir diketahui terputus ${showInstant(endedAt, clock)}`;
  if (endedAt !== null) return showInstant(endedAt, clock);
  return lastDown === undefined ? "masih berlangsung" : `terakhir diketahui terputus ${showInstant(lastDown, clock)}`;
}

/** "100%", or what it is of. */
function showLoss({ percent, since }: Loss, isDropped: boolean, clock: Clock): string {
  const kept = isDropped ? ` (dari sampel yang masih disimpan, sejak ${showInstant(since, clock)})` : "";
  return `${percent.toLocaleString("id-ID", { maximumFractionDigits: 1 })}%${kept}`;
}

/** "2 jam 5 menit 3 detik" */
function showLength({ from, until }: Span): string {
  const seconds = Math.floor((until.getTime() - from.getTime()) / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = [hours > 0 ? `${hours} jam` : "", minutes > 0 ? `${minutes} menit` : "", `${seconds % 60} detik`];
  return parts.filter((part) => part !== "").join(" ");
}

/** What happened, in order. @param span as far as the graph goes */
export async function evidenceTimeline(
  db: Db,
  { outage }: OutageFacts,
  { span, clock }: { span: Span; clock: Clock },
): Promise<OutageEvidenceText["timeline"]> {
  const events = [
    { at: outage.startedAt, what: "Pemeriksaan pertama yang tidak menjawab" },
    { at: outage.confirmedAt, what: "Gangguan dipastikan" },
    ...(outage.endedAt === null ? [] : [{ at: outage.endedAt, what: "Jawaban pertama sesudah gangguan" }]),
    ...(await maintenanceEvents(db, outage.targetId, span)),
    ...(await unknownEvents(db, outage.targetId, span)),
    ...(await powerEvents(db, outage.id)),
    ...(await takenEvents(db, outage)),
  ];
  return events
    .toSorted((one, other) => +one.at - +other.at)
    .map(({ at, what }) => ({ at: showInstant(at, clock), what }));
}

async function maintenanceEvents(db: Db, id: number, span: Span) {
  const windows = (await listWindowsIn(db, span)).filter(({ targetId }) => targetId === id);
  return windows.flatMap(({ beginsAt, endsAt, reason }) => [
    { at: beginsAt, what: `Pemeliharaan dimulai: ${reason}` },
    ...(endsAt <= span.until ? [{ at: endsAt, what: "Pemeliharaan berakhir" }] : []),
  ]);
}

async function unknownEvents(db: Db, id: number, span: Span) {
  const changes = (await listChangesIn(db, [id], span)).get(id) ?? [];
  return changes
    .filter(({ at, to }) => to === "unknown" && at >= span.from)
    .map(({ at }) => ({ at, what: "Tidak diketahui: pemantau tidak dapat bertanya" }));
}

async function powerEvents(db: Db, outageId: number) {
  const questions = await listPowerQuestions(db, outageId);
  return questions.flatMap(({ askedAt, answeredAt, isOut }) => [
    { at: askedAt, what: "Kontak di lokasi ditanya apakah listrik padam" },
    ...(answeredAt === null
      ? []
      : [{ at: answeredAt, what: `Kontak di lokasi: ${isOut ? "ya, listrik padam" : "listrik tidak padam"}` }]),
  ]);
}

/** "Saya tangani". */
async function takenEvents(db: Db, outage: StoredOutage) {
  const taken = await Promise.all(
    (await listAlertsOf(db, outage)).map(async ({ acknowledgedBy, acknowledgedAt }) => {
      if (acknowledgedBy === null || acknowledgedAt === null || acknowledgedAt < outage.startedAt) return [];
      const { name } = await getPerson(db, acknowledgedBy);
      return [{ at: acknowledgedAt, what: `Diambil oleh ${name}` }];
    }),
  );
  return taken.flat();
}
