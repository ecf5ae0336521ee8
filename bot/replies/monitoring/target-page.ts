import { findIncidentOf } from "../../../core/db/monitoring/incidents.ts";
import {
  listPlannedWindows,
  listWindowsAt,
  type MaintenanceWindow,
} from "../../../core/db/monitoring/maintenance-windows.ts";
import { listChecksOf } from "../../../core/db/monitoring/monitor-checks.ts";
import { findQuality } from "../../../core/db/monitoring/monitor-quality.ts";
import { findLastSample } from "../../../core/db/monitoring/monitor-samples.ts";
import { listCheckStates } from "../../../core/db/monitoring/monitor-states.ts";
import { findTarget, type StoredTarget } from "../../../core/db/monitoring/monitor-targets.ts";
import { findOpenOutage } from "../../../core/db/monitoring/outages.ts";
import { findPresent, type Present, type PresentTarget } from "../../../core/db/monitoring/present-states.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import { localDay } from "../../../core/domain/calendar/working-calendar.ts";
import { dayInMilliseconds } from "../../../core/domain/durations.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { isEndingSoon, warningDays } from "../../../core/domain/monitoring/certificate.ts";
import { type Check, isAsked } from "../../../core/domain/monitoring/check.ts";
import { daysUntil } from "../../../core/domain/monitoring/ending.ts";
import { sinceOf } from "../../../core/domain/monitoring/heartbeat.ts";
import { followsHosting } from "../../../core/domain/monitoring/hosted.ts";
import { behindOf } from "../../../core/domain/monitoring/present.ts";
import type { Quality } from "../../../core/domain/monitoring/quality.ts";
import type { Sample } from "../../../core/domain/monitoring/sample.ts";
import { mayManageTargets, maySeeTarget, seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import { ancestorsOf } from "../../../core/domain/monitoring/tree.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showDay, showTime } from "../office-words.ts";
import { stoppedLine } from "./monitor-stopped.ts";
import {
  behindWords,
  downWord,
  kindWords,
  linkKindWords,
  problemWords,
  showCheck,
  showLatency,
  showPercent,
  showSpan,
  stateWordsOf,
} from "./monitor-words.ts";
import { handlingLine, listAlertsFor, ticketLine } from "./outage-handling.ts";
import { listPage, stateOf } from "./status.ts";
import { targetButtons } from "./target-buttons.ts";
import { targetGone } from "./target-gone.ts";

const checksShown = 8;
const plannedShown = 3;
const longestName = 50;

/** One target: how it is and since when, why, how good its way is now and was over a day. */
export async function renderTarget(
  db: Db,
  viewer: Person,
  { targetId }: { targetId: number },
  office: OfficeWords,
  now: Date,
  heading?: Html,
): Promise<Rendered | undefined> {
  const target = await findTarget(db, targetId);
  if (target === undefined || !maySeeTarget(viewer, target)) return targetGone;
  const present = await findPresent(db, viewer, now);
  const state = present.all.get(targetId);
  if (state === undefined) return targetGone;
  const checks = await listChecksOf(db, targetId);
  const behind = behindOf(present, targetId);
  const outage = await findOpenOutage(db, state.cause?.kind === "behind" ? state.cause.rootId : targetId);
  // Administrators see outages, and no tickets.
  const incident = outage && worksAtDesk(viewer) ? await findIncidentOf(db, outage.id) : undefined;
  const windows = await listWindowsAt(db, now);
  const window = windows.find((each) => each.targetId === targetId);
  const planned = (await listPlannedWindows(db, targetId, now)).slice(0, plannedShown);
  return {
    as: "text",
    html: lines(
      heading,
      html`${kindWords[target.kind].icon} <b>${target.name}</b>`,
      await ownerLine(db, target),
      target.place === null ? undefined : html`📍 ${target.place}`,
      await stoppedLine(db, office, now),
      ...stateLines(state, office, now),
      maintenanceLine(state, windows, present, office),
      ...planned.map((window) => plannedLine(window, office)),
      ...causeLines(state, present),
      behind.length > 0 ? html`⛓ ${behindWords(behind)} ikut terputus.` : undefined,
      outage && (await handlingLine(db, viewer, await listAlertsFor(db, outage), office)),
      incident && (await ticketLine(db, incident, false)),
      ...(await qualityLines(db, checks.filter(isAsked), viewer, office, now)),
      ...(await beatLines(db, checks, office, now)),
      ...linkLines(target, viewer, office, now),
      target.isPublic || !seesAllTargets(viewer) ? undefined : html`🌐 Tidak tampil di halaman publik.`,
      checks.length === 0 ? html`Belum ada pemeriksaan untuk ini.` : undefined,
    ).markup,
    buttons: await targetButtons(
      db,
      viewer,
      { target, state, present, checks, window, planned, outage, incident },
      office,
      now,
    ),
  };
}

async function ownerLine(db: Db, { officeId }: StoredTarget): Promise<Html> {
  return officeId === null ? html`Milik bersama` : html`${(await findOffice(db, officeId)).name}`;
}

function stateLines(target: PresentTarget, office: OfficeWords, now: Date): Html[] {
  const { seen } = target;
  const isJob = target.kind === "job";
  const state = stateOf(target);
  const { icon, label } = stateWordsOf(target)[state];
  const at = sinceOf(target, seen);
  const lasts = at === null ? "" : ` (${showSpan(now.getTime() - at.getTime())})`;
  const since = at !== null && state !== "paused" ? `, sejak ${showTime(at, office)}${lasts}` : "";
  // It gave its last word before it was awaited.
  const awaited =
    isJob && state === "down" && seen.since !== null ? `; ditunggu sejak ${showTime(seen.since, office)}` : "";
  return [
    html`\n${icon} <b>${label}</b>${since}${awaited}`,
    ...(state === "unknown" && seen.since === null && !isJob ? [html`Belum pernah diperiksa.`] : []),
    ...(seen.isSuspected && state !== "down"
      ? [html`⏳ Baru saja ${isJob ? "terlambat berkabar" : "tidak menjawab"}, sedang dipastikan.`]
      : []),
    ...(seen.flapping.isFlapping ? [html`🔁 Naik turun berulang kali.`] : []),
  ];
}

/** Of its own, or of the nearest that it lies behind. @param windows all that last */
function maintenanceLine(
  { id, isInMaintenance }: PresentTarget,
  windows: readonly MaintenanceWindow[],
  present: Present,
  office: OfficeWords,
): Html | undefined {
  if (!isInMaintenance) return undefined;
  const tree = new Map([...present.all].map(([each, { seen }]) => [each, seen]));
  const above = [id, ...ancestorsOf(id, tree)];
  const window = above.flatMap((each) => windows.filter(({ targetId }) => targetId === each)).at(0);
  if (window === undefined) return html`🛠 Dalam pemeliharaan`;
  const followed = window.targetId === id ? undefined : present.all.get(window.targetId)?.name;
  const of = followed === undefined ? "" : ` (mengikuti ${followed})`;
  return html`🛠 Dalam pemeliharaan sampai ${showTime(window.endsAt, office)}: ${window.reason}${of}`;
}

function plannedLine({ beginsAt, endsAt, reason }: MaintenanceWindow, office: OfficeWords): Html {
  return html`🗓 Pemeliharaan terjadwal ${showTime(beginsAt, office)} sampai ${showTime(endsAt, office)}: ${reason}`;
}

function causeLines({ cause }: PresentTarget, present: Present): Html[] {
  if (cause?.kind === "open") return [html`Penyebabnya sedang dipastikan.`];
  if (cause?.kind !== "behind") return [];
  const root = present.all.get(cause.rootId);
  if (root === undefined) return [];
  const behind = behindWords(behindOf(present, cause.rootId));
  return [html`Penyebab: <b>${root.name}</b> ${downWord(root.kind)}, ${behind}.`];
}

async function qualityLines(
  db: Db,
  checks: readonly Check[],
  viewer: Person,
  { monitoring }: OfficeWords,
  now: Date,
): Promise<Html[]> {
  const dayAgo = new Date(now.getTime() - dayInMilliseconds);
  const parts: Html[] = [];
  for (const check of checks.slice(0, checksShown)) {
    const last = await findLastSample(db, check.id, dayAgo);
    const quality = await findQuality(db, check.id, { since: dayAgo, now });
    // Addresses are the desk's.
    const name = seesAllTargets(viewer) ? showCheck(check.settings) : check.settings.kind.toUpperCase();
    parts.push(html`\n<i>${shorten(name, longestName * 2)}</i>`);
    if (last !== undefined)
      parts.push(html`Terakhir: ${showSample(last)} (${showSpan(now.getTime() - last.at.getTime())} lalu)`);
    if (mayManageTargets(viewer) && isByCertificate(last, check))
      parts.push(
        html`Bila sertifikatnya tidak penting, misalnya halaman router: lewat 📋 Pemeriksaan tambahkan halaman itu lagi dengan <b>Sertifikat: Tidak dinilai</b>, lalu hapus yang ini. Bila halaman itu mengalihkan ke nama lain, tulis alamat tujuannya.`,
      );
    if (quality !== undefined) parts.push(html`24 jam: ${showQuality(quality)}`);
    const ends = last?.certificateEndsAt;
    if (ends)
      parts.push(html`Sertifikat: ${daysLeft(ends, warningDays(check.settings, monitoring.certificateDays), now)}`);
  }
  return parts;
}

/** People can say that it does not matter; of what is hosted a machine says how it is asked. */
function isByCertificate(last: Sample | undefined, { settings }: Check): boolean {
  const isOfCertificate = last?.problem === "certificate-invalid" || last?.problem === "certificate-expired";
  return isOfCertificate && !followsHosting(settings);
}

async function beatLines(db: Db, checks: readonly Check[], office: OfficeWords, now: Date): Promise<Html[]> {
  const beats = checks.filter((check) => !isAsked(check));
  const states = await listCheckStates(
    db,
    beats.map(({ targetId }) => targetId),
  );
  return beats.map(({ id, targetId, settings }) => {
    const at = states.get(targetId)?.get(id)?.answeredAt;
    const last = at
      ? `Terakhir berkabar ${showTime(at, office)} (${showSpan(now.getTime() - at.getTime())} lalu)`
      : "Belum pernah berkabar";
    return html`\n<i>${showCheck(settings)}</i>\n${last}`;
  });
}

function showSample({ isOk, sent, received, avgUs, jitterUs, problem }: Sample): string {
  if (!isOk) return problem === null ? "tidak menjawab" : problemWords[problem];
  const latency = avgUs === null ? "menjawab" : showLatency(avgUs);
  const loss = sent > 1 ? `, hilang ${showPercent((100 * (sent - received)) / sent)}` : "";
  return `${latency}${loss}${jitterUs === null ? "" : `, jitter ${showLatency(jitterUs)}`}`;
}

function showQuality({ lossPercent, meanUs, latencyUs }: Quality): string {
  const parts = [
    meanUs === null ? undefined : `rata-rata ${showLatency(meanUs)}`,
    latencyUs.p95 === null ? undefined : `95% di bawah ${showLatency(latencyUs.p95)}`,
    lossPercent === null ? undefined : `hilang ${showPercent(lossPercent)} (termasuk saat terputus)`,
  ].filter((part) => part !== undefined);
  return parts.join(", ");
}

function daysLeft(endsAt: Date, warnedDays: readonly number[], now: Date): string {
  const days = daysUntil(endsAt, now);
  const mark = isEndingSoon(endsAt, warnedDays, now) ? "⚠️ " : "";
  return days < 0 ? `${mark}sudah berakhir` : `${mark}berakhir ${days} hari lagi`;
}

/** Contract and phone numbers are the desk's. */
function linkLines(target: StoredTarget, viewer: Person, office: OfficeWords, now: Date): Html[] {
  if (!seesAllTargets(viewer)) return [];
  const { linkKind, provider, circuitNumber, bandwidthMbps, endsOn, nocPhone, contact } = target;
  const facts = [
    linkKind === null ? undefined : linkKindWords[linkKind],
    provider ?? undefined,
    circuitNumber === null ? undefined : `sirkit ${circuitNumber}`,
    bandwidthMbps === null ? undefined : `${bandwidthMbps} Mbps`,
    endsOn === null ? undefined : contractWords(endsOn, office, now),
  ].filter((fact) => fact !== undefined);
  return [
    ...(facts.length === 0 ? [] : [html`\n${facts.join(" · ")}`]),
    ...(nocPhone === null ? [] : [html`☎️ NOC: ${nocPhone}`]),
    ...(contact === null ? [] : [html`👤 ${contact}`]),
  ];
}

function contractWords(endsOn: string, office: OfficeWords, now: Date): string {
  const isOver = endsOn < localDay(now, office).toISODate();
  return isOver ? `⚠️ kontrak sudah berakhir ${showDay(endsOn)}` : `kontrak sampai ${showDay(endsOn)}`;
}

/** What lies right behind it, as far as this person may see it. */
export async function renderBehind(
  db: Db,
  viewer: Person,
  { targetId, page }: { targetId: number; page: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const target = await findTarget(db, targetId);
  if (target === undefined || !maySeeTarget(viewer, target)) return targetGone;
  const present = await findPresent(db, viewer, now);
  const all = present.mine.filter(({ seen }) => seen.parentId === targetId);
  const heading = `⬇️ Di belakang ${target.name}`;
  return listPage(db, { heading, all, page, present, office, now }, (to) => ({
    ...{ do: "target-behind", targetId, page: to, turns: true },
  }));
}

const askedProblems = {
  playground: "Ruang coba tidak menanyai jaringan yang sebenarnya.",
  "not-asked": "Pemeriksaan tidak dapat dijalankan. Coba lagi sebentar lagi.",
};

/** What its checks have just found, for who asked. */
export async function renderTargetAsked(
  db: Db,
  viewer: Person,
  { targetId, problem }: { targetId: number; problem?: keyof typeof askedProblems },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const heading = problem === undefined ? html`🔄 Baru saja diperiksa\n` : html`⚠️ ${askedProblems[problem]}\n`;
  return renderTarget(db, viewer, { targetId }, office, now, heading);
}
