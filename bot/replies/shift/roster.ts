import { DateTime } from "luxon";
import { getPerson } from "../../../core/db/people/people.ts";
import { listRoster } from "../../../core/db/shift/duty-roster.ts";
import { findPresentShift, findShift } from "../../../core/db/shift/shifts.ts";
import type { Db } from "../../../core/db/tables.ts";
import { daysBetween } from "../../../core/domain/calendar/report-days.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import {
  dayAfter,
  nextOnRoster,
  refusalOfKeepingRoster,
  rosterDayAt,
  rosteredOn,
} from "../../../core/domain/shift/roster.ts";
import { refusalOfBeginning, refusalOfHandingOver } from "../../../core/domain/shift/shift-rules.ts";
import { worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";

/** Two weeks. */
const daysOnPage = 14;

type Zone = Pick<OfficeWords, "zone">;

/** "Sen 30 Nov 2026" */
export function showRosterDay(day: string): string {
  return DateTime.fromISO(day).setLocale("id").toFormat("ccc d MMM yyyy");
}

/** On which page a day stands that has not passed. */
export function rosterPageOf(day: string, now: Date, { zone }: Zone): number {
  return Math.floor((daysBetween(rosterDayAt(now, zone), day) - 1) / daysOnPage);
}

/** Whose day it is, and who comes next, where there is a roster. */
export async function rosterLines(db: Db, now: Date, { zone }: Zone): Promise<Html[]> {
  const today = rosterDayAt(now, zone);
  const roster = await listRoster(db, { from: today });
  if (roster.length === 0) return [];
  const person = rosteredOn(roster, today);
  const next = nextOnRoster(roster, { from: dayAfter(today, 1), but: person });
  return [
    html`📅 Jadwal hari ini: <b>${person?.name ?? "kosong"}</b>`,
    ...(next === undefined ? [] : [html`Berikutnya: ${next.person.name}, ${showRosterDay(next.day)}`]),
  ];
}

/** Two weeks of the roster; who keeps it finds each day that somebody has. */
export async function renderRoster(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  { zone }: Zone,
  now: Date,
): Promise<Rendered | undefined> {
  if (!worksAtDesk(viewer)) return undefined;
  const today = rosterDayAt(now, zone);
  const from = dayAfter(today, page * daysOnPage);
  const roster = await listRoster(db, { from });
  const days = Array.from({ length: daysOnPage }, (_, index) => dayAfter(from, index));
  const byDay = new Map(roster.map((each) => [each.day, each]));
  const text = lines(
    html`<b>📅 Jadwal piket</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
    ...days.map((day) => dayLine(day, byDay.get(day)?.person, day === today)),
    html`\nJadwal tidak memberi hak: yang piket menekan Mulai piket.`,
  );
  const keeps = refusalOfKeepingRoster(viewer) === undefined;
  const filled = days.flatMap((day): Button[] =>
    keeps && byDay.has(day) ? [{ label: `✏️ ${showRosterDay(day)}`, press: { do: "roster-day", day } }] : [],
  );
  const hasMore = roster.some(({ day }) => !days.includes(day));
  const turn = pageButtons(page, hasMore, (to) => ({ do: "roster", page: to, turns: true }));
  const fill: Button[] = keeps ? [{ label: "➕ Isi jadwal", press: { do: "fill-roster" } }] : [];
  const duty: Button[] = [{ label: "🧭 Piket", press: { do: "duty" } }];
  return { as: "text", html: text.markup, buttons: [...inRows(filled), turn, fill, duty] };
}

function dayLine(day: string, person: Person | undefined, isToday: boolean): Html {
  const left = person === undefined || worksAtDesk(person) ? "" : " (bukan petugas lagi, dilewati)";
  return html`${showRosterDay(day)}${isToday ? ", hari ini" : ""}: ${person === undefined ? "kosong" : html`<b>${person.name}</b>${left}`}`;
}

/** One day, to be changed. */
export async function renderRosterDay(db: Db, viewer: Person, { day }: { day: string }): Promise<Rendered | undefined> {
  if (refusalOfKeepingRoster(viewer) !== undefined) return undefined;
  const [there] = await listRoster(db, { from: day, before: dayAfter(day, 1) });
  const held = { day, formerId: there?.person.id ?? 0 };
  const change: Button[] = [
    { label: "✏️ Ubah", press: { do: "change-roster-day", ...held } },
    { label: "🗑 Hapus", press: { do: "clear-roster-day", ...held } },
  ];
  const back: Button[] = [{ label: "📅 Jadwal piket", press: { do: "roster", page: 0, turns: true } }];
  return {
    as: "text",
    html: lines(html`<b>📅 Jadwal piket</b>`, dayLine(day, there?.person, false)).markup,
    buttons: [there === undefined ? [] : change, back],
  };
}

/** For whose day it is; for who had it when it was told, that it no longer is theirs. */
export async function renderDutyToday(
  db: Db,
  viewer: Person,
  { day, personId }: { day: string; personId: number },
): Promise<Rendered | undefined> {
  if (viewer.id !== personId || !worksAtDesk(viewer)) return undefined;
  const [there] = await listRoster(db, { from: day, before: dayAfter(day, 1) });
  const date = showRosterDay(day);
  if (there?.person.id !== personId) {
    return { as: "text", html: html`📅 Jadwal berubah: Anda tidak lagi piket pada ${date}.`.markup };
  }
  const present = await findPresentShift(db);
  const mayBegin = refusalOfBeginning(viewer, present) === undefined;
  const other = present === undefined || mayBegin ? undefined : html`Sekarang masih ${present.person.name} yang piket.`;
  return {
    as: "text",
    html: lines(html`📅 <b>Anda piket hari ini</b>, ${date}.`, other).markup,
    buttons: [
      mayBegin
        ? [{ label: "🧭 Mulai piket", press: { do: "begin-shift" } }]
        : [{ label: "🧭 Piket", press: { do: "duty" } }],
    ],
  };
}

/** For who is still on duty from a day before. */
export async function renderHandOverDue(
  db: Db,
  viewer: Person,
  { shiftId, toPersonId }: { shiftId: number; toPersonId: number },
): Promise<Rendered | undefined> {
  const shift = await findShift(db, shiftId);
  const present = shift?.endedAt === null ? shift : undefined;
  if (refusalOfHandingOver(viewer, present) !== undefined) return undefined;
  const to = await getPerson(db, toPersonId);
  return {
    as: "text",
    html: lines(
      html`🔁 Piket Anda belum diserahkan. Menurut jadwal hari ini <b>${to.name}</b> yang piket.`,
      html`Serahkan piket kepadanya; sampai ia menerima, Anda tetap piket.`,
    ).markup,
    buttons: [[{ label: "🔁 Serahkan piket", press: { do: "hand-over-shift", shiftId } }]],
  };
}
