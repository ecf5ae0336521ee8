import { listRoster, lockRoster, markDayTold } from "../../db/shift/duty-roster.ts";
import { findPresentShift } from "../../db/shift/shifts.ts";
import type { Tx } from "../../db/tables.ts";
import { dayAfter, isRosterTold, rosterDayAt, rosteredOn } from "../../domain/shift/roster.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";

/**
 * When the office opens, whose day it is by the roster hears so, once. Whoever is still on duty from a day before is asked to
 * hand over to them; no shift ends by itself.
 */
export async function tellOfRoster(tx: Tx, setting: Setting): Promise<void> {
  const { now, rules } = setting;
  if (!isRosterTold(now, rules.calendar)) return;
  const day = rosterDayAt(now, rules.zone);
  await lockRoster(tx);
  const rostered = rosteredOn(await listRoster(tx, { from: day, before: dayAfter(day, 1) }), day);
  if (rostered === undefined || !(await markDayTold(tx, day, now))) return;
  const present = await findPresentShift(tx);
  if (present?.personId === rostered.id) return;
  await tell(tx, [rostered.id], { kind: "duty-today", day, personId: rostered.id }, setting);
  if (present === undefined || rosterDayAt(present.beganAt, rules.zone) === day) return;
  await tell(tx, [present.personId], { kind: "hand-over-due", shiftId: present.id, toPersonId: rostered.id }, setting);
}
