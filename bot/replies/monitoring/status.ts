import { findPresent, type Present, type PresentTarget } from "../../../core/db/monitoring/present-states.ts";
import type { Db } from "../../../core/db/tables.ts";
import { monthOf } from "../../../core/domain/calendar/report-days.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { sinceOf } from "../../../core/domain/monitoring/heartbeat.ts";
import { behindOf, shownStateOf } from "../../../core/domain/monitoring/present.ts";
import { mayManageTargets } from "../../../core/domain/monitoring/target-access.ts";
import { targetKinds } from "../../../core/domain/monitoring/target-values.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { showShortTime } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { availabilityButton } from "./availability.ts";
import { stoppedLine } from "./monitor-stopped.ts";
import {
  addTargetButton,
  behindWords,
  findTargetButton,
  kindWords,
  showSpan,
  stateWords,
  stateWordsOf,
  statusButton,
  targetButton,
} from "./monitor-words.ts";

const downShown = 10;
const ownShown = 12;
const targetsOnPage = 12;
const longestName = 50;

/** How all is that this person may see: what is down first, each cause once, with how much lies behind it. */
export async function renderStatus(
  db: Db,
  viewer: Person,
  _screen: { kind: "status" },
  office: OfficeWords,
  now: Date,
): Promise<Rendered> {
  const present = await findPresent(db, viewer, now);
  const { mine } = present;
  if (mine.length === 0) return renderNothing(viewer);
  const down = causesFirst(present);
  const shown = down.length > 0 ? down.slice(0, downShown) : mine.length <= ownShown ? mine : [];
  return {
    as: "text",
    html: lines(
      html`📶 <b>Status jaringan dan aplikasi</b>`,
      await stoppedLine(db, office, now),
      ...countLines(mine),
      down.length > 0 ? html`` : undefined,
      ...shown.map((target) => targetLine(target, present, office, now)),
      down.length > downShown ? html`… dan ${down.length - downShown} lagi.` : undefined,
    ).markup,
    buttons: [
      ...inRows(shown.map(openButton)),
      ...inRows(kindButtons(mine)),
      [findTargetButton, { label: "🔄 Muat ulang", press: { do: "status", turns: true } }],
      [availabilityButton(monthOf(now, office).name), { label: "🖼 Gambar keadaan", press: { do: "draw-status" } }],
      [{ label: "📤 Ekspor CSV", press: { do: "export-status" } }],
      ...(mayManageTargets(viewer) ? [addButtons, [correctButton]] : []),
    ],
  };
}

const correctButton: Button = { label: "📤 Daftar untuk diperbaiki", press: { do: "export-targets" } };
const addButtons: Button[] = [addTargetButton, { label: "📥 Impor CSV", press: { do: "send-target-file" } }];

function renderNothing(viewer: Person): Rendered {
  const text = mayManageTargets(viewer)
    ? html`📶 Belum ada yang dipantau. Tambahkan kantor, link, perangkat, atau aplikasi dengan tombol di bawah ini.`
    : html`📶 Belum ada link atau aplikasi kantor Anda yang dipantau. Bila ada gangguan, laporkan lewat /lapor.`;
  return { as: "text", html: text.markup, buttons: mayManageTargets(viewer) ? [addButtons] : [] };
}

/** "2 terputus, 1 menurun, 40 normal", and jobs apart: "⏱ Pekerjaan berkala: 1 tidak berkabar, 3 normal" */
function countLines(targets: readonly PresentTarget[]): Html[] {
  const jobs = targets.filter(({ kind }) => kind === "job");
  const others = targets.filter(({ kind }) => kind !== "job");
  const { icon, label } = kindWords.job;
  return [
    ...(others.length === 0 ? [] : [html`${counts(others, stateWords)}`]),
    ...(jobs.length === 0 ? [] : [html`${icon} ${label}: ${counts(jobs, stateWordsOf({ kind: "job" }))}`]),
  ];
}

function counts(targets: readonly PresentTarget[], words: typeof stateWords): string {
  const order = ["down", "degraded", "maintenance", "up", "unknown", "paused"] as const;
  return order
    .map((state) => ({ state, count: targets.filter((target) => shownStateOf(target) === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${words[state].label.toLowerCase()}`)
    .join(", ");
}

export function stateOf({ seen }: Pick<PresentTarget, "seen">): keyof typeof stateWords {
  return seen.isPaused ? "paused" : seen.state;
}

/** What is down, or goes up and down: causes, and what is behind one that is nobody's of these. */
function causesFirst({ mine }: Present): PresentTarget[] {
  const ids = new Set(mine.map(({ id }) => id));
  return mine
    .filter((target) => stateOf(target) === "down" || target.seen.flapping.isFlapping)
    .filter(({ cause }) => cause?.kind !== "behind" || !ids.has(cause.rootId))
    .toSorted(
      (one, other) => urgency(one) - urgency(other) || Number(one.seen.since ?? 0) - Number(other.seen.since ?? 0),
    );
}

/** What is down comes before what goes up and down, and that before what is down on purpose. */
function urgency(target: PresentTarget): number {
  if (target.isInMaintenance) return 2;
  return target.seen.flapping.isFlapping ? 1 : 0;
}

/** What goes up and down is neither green nor red. */
function iconOf(target: PresentTarget): string {
  const isFlapping = target.seen.flapping.isFlapping && !target.isInMaintenance;
  return isFlapping ? "🔁" : stateWords[shownStateOf(target)].icon;
}

/** "🔴 Trunk Utara, sejak 28 Nov 10.00 (12 menit), 14 kantor di belakangnya" */
function targetLine(target: PresentTarget, present: Present, office: OfficeWords, now: Date): Html {
  const { seen, name, isInMaintenance } = target;
  const behind = behindOf(present, target.id);
  return html`${iconOf(target)} ${shorten(name, longestName)}${sinceWords(target, office, now)}${
    behind.length > 0 ? `, ${behindWords(behind)}` : ""
  }${seen.flapping.isFlapping ? ", naik turun" : ""}${isInMaintenance ? ", dalam pemeliharaan" : ""}`;
}

/** ", sejak 28 Nov 10.00 (12 menit)"; of a job ", tidak berkabar sejak 27 Nov 02.15 (1 hari)" or ", terakhir berkabar 28 Nov 02.15" */
function sinceWords(target: PresentTarget, office: OfficeWords, now: Date): string {
  const { kind, seen } = target;
  const state = stateOf(target);
  if (kind === "job" && state === "up" && seen.answeredAt !== null)
    return `, terakhir berkabar ${showShortTime(seen.answeredAt, office)}`;
  const since = sinceOf(target, seen);
  if (since === null || state === "up" || state === "paused") return "";
  const lasts = state === "down" ? ` (${showSpan(now.getTime() - since.getTime())})` : "";
  const silent = kind === "job" && state === "down" ? "tidak berkabar " : "";
  return `, ${silent}sejak ${showShortTime(since, office)}${lasts}`;
}

function openButton(target: PresentTarget): Button {
  return targetButton(target.id, `${iconOf(target)} ${shorten(target.name, longestName)}`);
}

function kindButtons(targets: readonly PresentTarget[]): Button[] {
  return targetKinds.flatMap((kind): Button[] => {
    const count = targets.filter((target) => target.kind === kind).length;
    const { icon, label } = kindWords[kind];
    return count === 0 ? [] : [{ label: `${icon} ${label} (${count})`, press: { do: "targets", of: kind, page: 0 } }];
  });
}

/** A page of what is watched, what is down first. */
export async function renderTargets(
  db: Db,
  viewer: Person,
  { of, page }: { of: PresentTarget["kind"]; page: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered> {
  const present = await findPresent(db, viewer, now);
  const order = ["down", "degraded", "unknown", "maintenance", "up", "paused"];
  const all = present.mine
    .filter(({ kind }) => kind === of)
    .toSorted((one, other) => order.indexOf(shownStateOf(one)) - order.indexOf(shownStateOf(other)));
  const heading = `${kindWords[of].icon} ${kindWords[of].label}`;
  return listPage(db, { heading, all, page, present, office, now }, (to) => ({
    ...{ do: "targets", of, page: to, turns: true },
  }));
}

type Listed = {
  heading: string;
  all: readonly PresentTarget[];
  page: number;
  present: Present;
  office: OfficeWords;
  now: Date;
};

export async function listPage(
  db: Db,
  { heading, all, page, present, office, now }: Listed,
  press: Parameters<typeof pageButtons>[2],
): Promise<Rendered> {
  const first = page * targetsOnPage;
  const shown = all.slice(first, first + targetsOnPage);
  return {
    as: "text",
    html: lines(
      html`<b>${heading}</b> (${all.length})`,
      await stoppedLine(db, office, now),
      shown.length === 0 ? html`Tidak ada.` : undefined,
      ...shown.map((target) => targetLine(target, present, office, now)),
    ).markup,
    buttons: [
      ...inRows(shown.map(openButton)),
      pageButtons(page, all.length > first + targetsOnPage, press),
      [findTargetButton, statusButton],
    ],
  };
}
