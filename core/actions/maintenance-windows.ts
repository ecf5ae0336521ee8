import { writeJournal } from "../db/journal.ts";
import { endWindows, insertWindow } from "../db/maintenance-windows.ts";
import { lockStates } from "../db/monitor-samples.ts";
import { findTarget } from "../db/monitor-targets.ts";
import type { Tx } from "../db/tables.ts";
import type { Answers, Field } from "../domain/form/field.ts";
import { refusalOfManagingTargets } from "../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { readEntered } from "./read-entered.ts";
import type { Setting } from "./setting.ts";
import { tellOfOutages } from "./tell-of-outages.ts";

export const maintenanceFields = [
  { name: "until", kind: "coming-instant" },
  { name: "reason", kind: "line", maxLength: 120 },
] as const satisfies Field[];

/**
 * From now until then nobody is told of the target and of what lies behind it, and its availability does not count.
 *
 * @param input.answers of `maintenanceFields`
 */
export async function beginMaintenance(
  tx: Tx,
  person: Person,
  setting: Setting,
  { targetId, answers }: { targetId: number; answers: Answers },
): Promise<Outcome> {
  const { now } = setting;
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  const read = readEntered(setting, maintenanceFields, answers);
  if (!read.ok) return read;
  await lockStates(tx);
  if ((await findTarget(tx, targetId)) === undefined) return refuse("no-such-target");
  const { until = "", reason = "" } = read.value;
  // One window at a time: who says another end means this one.
  await endWindows(tx, targetId, now);
  const window = { targetId, beginsAt: now, endsAt: new Date(until), reason };
  const id = await insertWindow(tx, window, { setBy: person.id, now });
  await tellOfOutages(tx, setting);
  await record(tx, person, setting, "maintenance-begun", targetId, { windowId: id, until });
  return accept();
}

/** Before its time. */
export async function endMaintenance(
  tx: Tx,
  person: Person,
  setting: Setting,
  { targetId }: { targetId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockStates(tx);
  if (!(await endWindows(tx, targetId, setting.now))) return refuse("not-in-maintenance");
  await tellOfOutages(tx, setting);
  await record(tx, person, setting, "maintenance-ended", targetId);
  return accept();
}

async function record(
  tx: Tx,
  person: Person,
  { now }: Setting,
  event: string,
  id: number,
  details: Record<string, string | number> = {},
): Promise<void> {
  await writeJournal(tx, { at: now, actorId: person.id, event, subject: { kind: "target", id }, details });
}
