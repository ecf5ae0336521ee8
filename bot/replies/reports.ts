import { DateTime } from "luxon";
import { findMorningReport, hasNews, listWeaknesses } from "../../core/db/reports.ts";
import { findPersonOnDuty } from "../../core/db/shift/shifts.ts";
import type { Db } from "../../core/db/tables.ts";
import { monthNamed, monthOf, reportDayOf } from "../../core/domain/calendar/report-days.ts";
import type { WorkingCalendar } from "../../core/domain/calendar/working-calendar.ts";
import { shorten } from "../../core/domain/form/text.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { deskRoles } from "../../core/domain/people/roles.ts";
import { overseesDesk, ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../rendered.ts";
import { showAge } from "./ages.ts";
import { type Html, html, lines } from "./html.ts";
import { onePage, pageButtons } from "./lists.ts";
import { type OfficeWords, showMonth, showShortTime } from "./office-words.ts";
import { wordsOf } from "./procedure-words.ts";
import { onDutyLine } from "./shift/duty.ts";

const weaknessesOnPage = 8;
const longestResult = 200;

/** What the day begins with, true at the moment when it is sent; yesterday's is not sent any more. Nothing to say: no message. */
export async function renderMorningDigest(
  db: Db,
  viewer: Person,
  { day }: { day: string },
  { office, now, calendar }: { office: OfficeWords; now: Date; calendar: WorkingCalendar },
): Promise<Rendered | undefined> {
  const today = reportDayOf(now, calendar);
  if (today?.day !== day || !overseesDesk(viewer)) return undefined;
  const report = await findMorningReport(db, today, now);
  if (!hasNews(report)) return undefined;
  const { teams, oldestUntaken, closed } = report;
  const open = teams.reduce((sum, load) => sum + load.open, 0);
  const byTeam = [...deskRoles, "user" as const].flatMap((role) =>
    teams
      .filter(({ holder }) => holder === role)
      .map((load) => `${role === "user" ? "menunggu pemohon" : office.roles[role]} ${load.open}`),
  );
  const untaken =
    oldestUntaken === undefined
      ? undefined
      : html`🙋 Belum diambil, tertua: ${ticketNumber(oldestUntaken.id)}, ${showAge(oldestUntaken.reportedAt, now)} (${office.roles[oldestUntaken.holder]})`;
  const text = lines(
    html`<b>🌅 Ringkasan pagi, ${showDay(now, office)}</b>`,
    onDutyLine(await findPersonOnDuty(db)),
    html`Tiket terbuka: <b>${open}</b>${byTeam.length === 0 ? "" : ` (${byTeam.join(", ")})`}`,
    numbersLine("🔥 Mendesak", report.urgent),
    numbersLine("⌛ Lewat batas waktu", report.overdue),
    numbersLine("⏰ Waktu tunggunya habis hari ini", report.dueToGoOn),
    untaken,
    closed === 0 ? undefined : html`✅ Selesai sejak ${showDay(today.since, office)}: ${closed}`,
  );
  const all: Button = { label: `📋 Semua tiket terbuka (${open})`, press: { do: "list", list: "open", page: 0 } };
  return {
    as: "text",
    html: text.markup,
    buttons: [[{ label: "📊 Ringkasan", press: { do: "overview" } }], open === 0 ? [] : [all]],
  };
}

function numbersLine(label: string, ids: readonly number[]): Html | undefined {
  return ids.length === 0 ? undefined : html`${label}: ${ids.map(ticketNumber).join(", ")}`;
}

/** "Senin 23 Nov" */
function showDay(at: Date, { zone }: Pick<OfficeWords, "zone">): string {
  return DateTime.fromJSDate(at, { zone }).setLocale("id").toFormat("cccc d MMM");
}

/** The weaknesses that were reported in a month (R37): number, day, state, result; other months by their buttons. */
export async function renderWeaknesses(
  db: Db,
  viewer: Person,
  { month, page }: { month: string; page: number },
  { office, now }: { office: OfficeWords; now: Date },
): Promise<Rendered | undefined> {
  if (!overseesDesk(viewer)) return undefined;
  const shown = monthNamed(month, office);
  const { items, hasMore } = await onePage(page, weaknessesOnPage, (range) => listWeaknesses(db, shown, range));
  const { states } = wordsOf({ name: "weakness" });
  const rows = items.map(({ id, state, reportedAt, resolution }) => {
    const result = resolution === null ? undefined : html`\n${shorten(resolution, longestResult)}`;
    return html`\n<b>${ticketNumber(id)}</b> ${showShortTime(reportedAt, office)}, ${states[state] ?? state}${result}`;
  });
  const text = lines(
    html`<b>⚠️ Kelemahan, ${showMonth(month, office)}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
    ...(rows.length > 0 ? rows : [html`Tidak ada kelemahan yang dilaporkan pada bulan ini.`]),
  );
  const open = items.map(({ id }): Button[] => [
    { label: ticketNumber(id), press: { do: "open-ticket", ticketId: id } },
  ]);
  const turn = pageButtons(page, hasMore, (to) => ({ do: "weaknesses", month, page: to, turns: true }));
  const before = monthOf(shown.from, office, -1).name;
  const after = monthOf(shown.from, office, 1).name;
  const to = (name: string, label: string): Button => ({
    label,
    press: { do: "weaknesses", month: name, page: 0, turns: true },
  });
  const months = [
    to(before, `⏪ ${showMonth(before, office)}`),
    ...(month < monthOf(now, office).name ? [to(after, `${showMonth(after, office)} ⏩`)] : []),
  ];
  return { as: "text", html: text.markup, buttons: [...open, turn, months] };
}
