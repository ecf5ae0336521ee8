import { findTicketFor, type Incident, isAffected } from "../../../core/db/monitoring/incidents.ts";
import { findJoinedOutage } from "../../../core/db/monitoring/joined-outages.ts";
import type { MaintenanceWindow } from "../../../core/db/monitoring/maintenance-windows.ts";
import type { StoredTarget } from "../../../core/db/monitoring/monitor-targets.ts";
import { findOutageAt, type StoredOutage } from "../../../core/db/monitoring/outages.ts";
import type { Present, PresentTarget } from "../../../core/db/monitoring/present-states.ts";
import type { Db } from "../../../core/db/tables.ts";
import { monthOf } from "../../../core/domain/calendar/report-days.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { type Check, isAsked } from "../../../core/domain/monitoring/check.ts";
import { type PictureDays, pictureDays } from "../../../core/domain/monitoring/picture-days.ts";
import { mayManageTargets, seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import { refusalOfJoining } from "../../../core/domain/monitoring/trouble.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Press } from "../../presses/press.ts";
import type { Button } from "../../rendered.ts";
import { type OfficeWords, showShortTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { statusButton, targetButton } from "./monitor-words.ts";
import { outageButton } from "./outage-words.ts";
import { assetOfTarget } from "./watched-device.ts";

const longestName = 50;

/**
 * What the page of a target knows of it.
 *
 * @property window maintenance of its own that lasts
 * @property planned maintenance to come, as far as it is shown
 * @property incident as the desk sees it
 */
type Shown = {
  target: StoredTarget;
  state: PresentTarget;
  present: Present;
  checks: readonly Check[];
  window: MaintenanceWindow | undefined;
  planned: readonly MaintenanceWindow[];
  outage: StoredOutage | undefined;
  incident: Incident | undefined;
};

/** What this person may do about a target, on its page. */
export async function targetButtons(
  db: Db,
  viewer: Person,
  { target, state, present, checks, window, planned, outage, incident }: Shown,
  office: OfficeWords,
  now: Date,
): Promise<Button[][]> {
  const ask: Button = { label: "🔄 Periksa sekarang", press: { do: "ask-target", targetId: target.id } };
  return [
    ...(!checks.some(isAsked) || target.isPaused ? [] : [[ask]]),
    ...(await outageButtons(db, state, office, now)),
    ...(incident === undefined ? [] : [[openButton(incident.ticketId)]]),
    ...(outage === undefined ? [] : await joinButtons(db, viewer, outage, present)),
    ...relatedButtons(target, state, present),
    await assetOfTarget(db, viewer, target.assetId),
    ...(mayManageTargets(viewer) ? [...cancelButtons(planned, office), ...manageButtons(target, state, window)] : []),
    [statusButton],
  ];
}

/** The desk has its own ways. */
async function joinButtons(db: Db, viewer: Person, outage: StoredOutage, present: Present): Promise<Button[][]> {
  const incident = await findTicketFor(db, outage);
  const hasJoined = incident !== undefined && (await isAffected(db, incident.outageId, viewer.id));
  if (seesAllTargets(viewer) || hasJoined) return [];
  const found = await findJoinedOutage(db, outage, present);
  if (refusalOfJoining(viewer, found) !== undefined) return [];
  return [[{ label: "🙋 Saya juga terdampak", press: { do: "join-outage", outageId: outage.id } }]];
}

function cancelButtons(planned: readonly MaintenanceWindow[], office: OfficeWords): Button[][] {
  return planned.map(({ id, beginsAt }) => [
    {
      label: `✖️ Batalkan jadwal ${showShortTime(beginsAt, office)}`,
      press: { do: "cancel-maintenance", windowId: id },
    },
  ]);
}

/** How it was: pictures, the month, and what lasts. */
async function outageButtons(db: Db, { id, seen }: PresentTarget, office: OfficeWords, now: Date): Promise<Button[][]> {
  const outage = seen.state === "down" ? await findOutageAt(db, id, now) : undefined;
  return [
    pictureButtons(id),
    [
      {
        label: "📊 Ketersediaan",
        press: { do: "availability-of", of: { targetId: id }, month: monthOf(now, office).name },
      },
      ...(outage === undefined ? [] : [outageButton(outage.id)]),
    ],
  ];
}

const rangeWords: Record<PictureDays, string> = { 1: "24 jam", 7: "7 hari", 30: "30 hari" };

/** Pictures of other ranges than the one that is shown. */
export function pictureButtons(targetId: number, shown?: PictureDays): Button[] {
  const others = pictureDays.filter((days) => days !== shown);
  return others.map((days) => ({ label: `📈 ${rangeWords[days]}`, press: { do: "draw-target", targetId, days } }));
}

function relatedButtons({ id, parentId }: StoredTarget, { cause }: PresentTarget, present: Present): Button[][] {
  const rootId = cause?.kind === "behind" ? cause.rootId : undefined;
  const visible = new Set(present.mine.map((each) => each.id));
  const above = [rootId, parentId].filter((each) => each !== undefined && each !== null && visible.has(each));
  const buttons = [...new Set(above)].flatMap((each): Button[] => {
    const target = present.all.get(each ?? 0);
    return target === undefined ? [] : [targetButton(target.id, `⬆️ ${shorten(target.name, longestName)}`)];
  });
  const hasBehind = present.mine.some(({ seen }) => seen.parentId === id);
  const behind: Button[] = hasBehind
    ? [{ label: "⬇️ Yang di belakangnya", press: { do: "target-behind", targetId: id, page: 0 } }]
    : [];
  return [buttons, behind];
}

/** Maintenance of what it lies behind is ended there. */
function endButton({ id }: MaintenanceWindow): Button {
  return { label: "🛠 Akhiri pemeliharaan", press: { do: "end-maintenance", windowId: id } };
}

function manageButtons(
  { id, version, isPaused, applicationId }: StoredTarget,
  { seen }: PresentTarget,
  window: MaintenanceWindow | undefined,
): Button[][] {
  const targetId = id;
  const maintenance: Button = { label: "🛠 Pemeliharaan", press: { do: "begin-maintenance", targetId } };
  const pausing: Press = { do: "pause-target", targetId, version, isPaused: true };
  const pause: Button = isPaused
    ? { label: "▶️ Lanjutkan", press: { do: "pause-target", targetId, version, isPaused: false } }
    : { label: "⏸ Jeda", press: seen.state === "down" ? { do: "ask-pausing-target", targetId } : pausing };
  const remove: Button = { label: "🗑 Hapus", press: { do: "ask-removing-target", targetId } };
  return [
    [
      { label: "✏️ Ubah", press: { do: "change-target", targetId, version } },
      { label: "📋 Pemeriksaan", press: { do: "target-checks", targetId } },
    ],
    ...(window === undefined ? [] : [[endButton(window)]]),
    // What a machine hosts comes, is paused and goes by itself.
    applicationId === null ? [maintenance, pause, remove] : [maintenance],
  ];
}
