import { listReachable } from "../../db/people/people.ts";
import { deleteRosterDay, listRoster, lockRoster, setRosterDays } from "../../db/shift/duty-roster.ts";
import type { Tx } from "../../db/tables.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { deskRoles } from "../../domain/people/roles.ts";
import { dayAfter, refusalOfKeepingRoster, rosterDayAt, rosterDays, rosterFields } from "../../domain/shift/roster.ts";
import { editSent } from "../notices.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";

const record = recordsOf("person");

/**
 * Puts somebody of the desk on the roster, for days that nobody else has.
 *
 * @param input.answers of `rosterFields`
 * @returns the first day
 */
export async function fillRoster(
  tx: Tx,
  person: Person,
  setting: Setting,
  { personId, answers }: { personId: number; answers: Answers },
): Promise<Outcome<string>> {
  const refusal = refusalOfKeepingRoster(person);
  if (refusal !== undefined) return { ok: false, refusal };
  const { now, rules } = setting;
  const parsed = parseAnswers(rosterFields, answers, { now, zone: rules.zone });
  if (!parsed.ok) return parsed;
  const { "from-day": first = "", "until-day": last = "" } = parsed.value;
  const from = rosterDayAt(new Date(first), rules.zone);
  const days = rosterDays(from, rosterDayAt(new Date(last), rules.zone));
  if (!days.ok) return days;
  if (!(await isReachable(tx, personId))) return refuse("not-of-the-desk");
  await lockRoster(tx);
  const there = await listRoster(tx, { from, before: dayAfter(from, days.value.length) });
  const taken = there.find((each) => each.person.id !== personId);
  if (taken !== undefined) {
    return refuse("roster-day-taken", { day: taken.day, personId: taken.person.id, field: "from-day" });
  }
  const theirs = new Set(there.map(({ day }) => day));
  const open = days.value.filter((day) => !theirs.has(day));
  if (open.length > 0) await setRosterDays(tx, open, personId);
  await record(tx, person, setting, "roster-filled", personId, { from, days: open.length });
  return accept(from);
}

/**
 * Gives a day to somebody else.
 *
 * @param input.formerId who had it when the button was made
 */
export async function changeRosterDay(
  tx: Tx,
  person: Person,
  setting: Setting,
  { day, formerId, personId }: { day: string; formerId: number; personId: number },
): Promise<Outcome> {
  const mayChange = await mayChangeDay(tx, person, setting, { day, formerId });
  if (!mayChange.ok) return mayChange;
  if (personId === formerId) return accept();
  if (!(await isReachable(tx, personId))) return refuse("not-of-the-desk");
  await setRosterDays(tx, [day], personId);
  await tellFormer(tx, setting, { day, formerId });
  await record(tx, person, setting, "roster-changed", personId, { day, formerId });
  return accept();
}

/** Nobody has that day any more. @param input.formerId who had it when the button was made */
export async function clearRosterDay(
  tx: Tx,
  person: Person,
  setting: Setting,
  { day, formerId }: { day: string; formerId: number },
): Promise<Outcome> {
  const mayChange = await mayChangeDay(tx, person, setting, { day, formerId });
  if (!mayChange.ok) return mayChange;
  await deleteRosterDay(tx, day);
  await tellFormer(tx, setting, { day, formerId });
  await record(tx, person, setting, "roster-cleared", formerId, { day });
  return accept();
}

/** Locks the roster. Days that are over stay as they were. */
async function mayChangeDay(
  tx: Tx,
  person: Person,
  { now, rules }: Setting,
  { day, formerId }: { day: string; formerId: number },
): Promise<Outcome> {
  const refusal = refusalOfKeepingRoster(person);
  if (refusal !== undefined) return { ok: false, refusal };
  if (day < rosterDayAt(now, rules.zone)) return refuse("roster-day-over");
  await lockRoster(tx);
  const [there] = await listRoster(tx, { from: day, before: dayAfter(day, 1) });
  return there?.person.id === formerId ? accept() : refuse("roster-changed");
}

async function isReachable(tx: Tx, personId: number): Promise<boolean> {
  return (await listReachable(tx, deskRoles)).some(({ id }) => id === personId);
}

/** Whom it was told that it is their day reads there that it no longer is. */
async function tellFormer(
  tx: Tx,
  setting: Setting,
  { day, formerId: personId }: { day: string; formerId: number },
): Promise<void> {
  const told = { kind: "duty-today", day, personId } as const;
  await editSent(tx, told, told, setting);
}
