import { sendReports } from "../../core/actions/send-reports.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Db } from "../../core/db/tables.ts";

/** Looks whether a report is due; the action knows the opening of each day. */
export async function runReports(
  { db, setting }: { db: Db; setting: (now: Date) => Setting },
  now = new Date(),
): Promise<void> {
  await db.transaction().execute((tx) => sendReports(tx, setting(now)));
}
