import { listPeopleWithRole } from "../db/people/people.ts";
import { findMorningReport, hasNews, listWeaknesses, markReportSent } from "../db/reports.ts";
import type { Tx } from "../db/tables.ts";
import { monthOf, reportDayOf } from "../domain/calendar/report-days.ts";
import { tell } from "./notices.ts";
import type { Setting } from "./setting.ts";

/**
 * What is due this morning: the report of the day to leadership and the help desk, and on the first working day of a
 * month the last month's weaknesses to leadership (R37). Each once, however often and by how many this is run; where there
 * is nothing to say nobody is written to.
 */
export async function sendReports(tx: Tx, setting: Setting): Promise<void> {
  const { now, rules } = setting;
  const today = reportDayOf(now, rules.calendar);
  if (today === undefined) return;
  if (await markReportSent(tx, "morning-digest", today.day, now)) {
    if (hasNews(await findMorningReport(tx, today, now))) {
      const readers = [...(await idsWith(tx, "leadership")), ...(await idsWith(tx, "help-desk"))];
      await tell(tx, [...new Set(readers)], { kind: "morning-digest", day: today.day }, setting);
    }
  }
  const month = monthOf(now, rules.calendar, -1);
  // The first run of a month is on its first working day, or on the first on which Simpul runs.
  if (await markReportSent(tx, "weaknesses", `${monthOf(now, rules.calendar).name}-01`, now)) {
    const [any] = await listWeaknesses(tx, month, { offset: 0, limit: 1 });
    if (any === undefined) return;
    await tell(tx, await idsWith(tx, "leadership"), { kind: "weaknesses", month: month.name, page: 0 }, setting);
  }
}

async function idsWith(tx: Tx, role: "leadership" | "help-desk"): Promise<number[]> {
  return (await listPeopleWithRole(tx, role)).map(({ id }) => id);
}
