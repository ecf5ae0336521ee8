import type { Month, ReportDay } from "../domain/calendar/report-days.ts";
import type { Role } from "../domain/people/roles.ts";
import type { Db, Tables, Tx } from "./tables.ts";
import { listTeamLoads, type TeamLoad } from "./ticket/overview.ts";
import type { Page } from "./ticket/tickets.ts";

/**
 * Notes that a report is sent, once for each day.
 *
 * @param day 2026-11-23; of a month its first one
 * @returns false where that was done before
 */
export async function markReportSent(
  tx: Tx,
  report: Tables["report_sent"]["report"],
  day: string,
  now: Date,
): Promise<boolean> {
  const done = await tx
    .insertInto("report_sent")
    .values({ report, day, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** What heads and the help desk read in the morning. Of lists only the first are shown, so few are asked for. */
export type MorningReport = {
  teams: TeamLoad[];
  urgent: number[];
  overdue: number[];
  /** Until today they waited for somebody or something; also those that the clock has let go on already. */
  dueToGoOn: number[];
  oldestUntaken: { id: number; holder: Role; reportedAt: Date } | undefined;
  closed: number;
};

const listed = 10;

export async function findMorningReport(db: Db, { since, from, until }: ReportDay, now: Date): Promise<MorningReport> {
  const open = db.selectFrom("ticket").where("ticket.ended_at", "is", null).orderBy("ticket.id").limit(listed);
  const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);
  const urgent = await open.select("id").where("is_urgent", "=", true).execute();
  const overdue = await open.select("id").where("due_at", "<=", now).execute();
  const dueToGoOn = await open
    .select("id")
    .where((where) => {
      const resumed = where
        .selectFrom("entry")
        .whereRef("entry.ticket_id", "=", "ticket.id")
        .where("entry.kind", "=", "resumed")
        .where("entry.person_id", "is", null)
        .where("entry.at", ">=", from)
        .select("entry.id");
      return where.or([where("ticket.pending_until", "<", until), where.exists(resumed)]);
    })
    .execute();
  const oldestUntaken = await db
    .selectFrom("ticket")
    .select(["id", "holder", "reported_at as reportedAt"])
    .where("ended_at", "is", null)
    .where("assignee_id", "is", null)
    .where("holder", "<>", "user")
    .orderBy("reported_at")
    .orderBy("id")
    .$narrowType<{ holder: Role }>()
    .executeTakeFirst();
  const { closed } = await db
    .selectFrom("ticket")
    .select((select) => select.fn.countAll<number>().as("closed"))
    .where("state", "=", "closed")
    .where("ended_at", ">=", since)
    .where("ended_at", "<", from)
    .executeTakeFirstOrThrow();
  return {
    teams: await listTeamLoads(db),
    urgent: idsOf(urgent),
    overdue: idsOf(overdue),
    dueToGoOn: idsOf(dueToGoOn),
    oldestUntaken,
    closed,
  };
}

export function hasNews({ teams, closed }: MorningReport): boolean {
  return teams.length > 0 || closed > 0;
}

/** A weakness that was reported (R37), as the list of a month shows it. */
export type ListedWeakness = { id: number; state: string; reportedAt: Date; resolution: string | null };

export function listWeaknesses(db: Db, { from, until }: Month, page: Page): Promise<ListedWeakness[]> {
  return db
    .selectFrom("ticket")
    .select(["id", "state", "reported_at as reportedAt", "resolution"])
    .where("procedure", "=", "weakness")
    .where("reported_at", ">=", from)
    .where("reported_at", "<", until)
    .orderBy("reported_at")
    .orderBy("id")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}
