import {
  deletePlannedWindow,
  endWindows,
  insertWindow,
  listWindowsAt,
} from "../../db/monitoring/maintenance-windows.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { findTarget } from "../../db/monitoring/monitor-targets.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers, Field } from "../../domain/form/field.ts";
import { refusalOfManagingTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";
import { tellOfOutages } from "./tell-of-outages.ts";

const record = recordsOf("target");

export const maintenanceFields = [
  { name: "from", kind: "coming-instant", optional: true },
  { name: "until", kind: "coming-instant", endOf: "from" },
  { name: "reason", kind: "line", maxLength: 120 },
] as const satisfies Field[];

/**
 * From then, or now, until then nobody is told of the target and of what lies behind it, and its availability does not count.
 *
 * @param input.answers of `maintenanceFields`
 */
export async function planMaintenance(
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
  const { from, until = "", reason = "" } = read.value;
  const beginsAt = from === undefined ? now : new Date(from);
  await lockStates(tx);
  if ((await findTarget(tx, targetId)) === undefined) return refuse("no-such-target");
  // One that lasts at a time: who says another end means this one.
  if (from === undefined) await endWindows(tx, targetId, now);
  const id = await insertWindow(tx, { targetId, beginsAt, endsAt: new Date(until), reason }, { setBy: person.id, now });
  await tellOfOutages(tx, setting);
  const event = from === undefined ? "maintenance-begun" : "maintenance-planned";
  await record(tx, person, setting, event, targetId, { windowId: id, from: beginsAt.toISOString(), until });
  return accept();
}

/** One that has not begun yet. @returns the target's id */
export async function cancelMaintenance(
  tx: Tx,
  person: Person,
  setting: Setting,
  { windowId }: { windowId: number },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockStates(tx);
  const targetId = await deletePlannedWindow(tx, windowId, setting.now);
  if (targetId === undefined) return refuse("maintenance-not-planned");
  await record(tx, person, setting, "maintenance-cancelled", targetId, { windowId });
  return accept(targetId);
}

/**
 * Before its time, with what else of the target lasts.
 *
 * @param input.windowId the one that its page showed: a later one does not end by an old button
 * @returns the target's id
 */
export async function endMaintenance(
  tx: Tx,
  person: Person,
  setting: Setting,
  { windowId }: { windowId: number },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockStates(tx);
  const window = (await listWindowsAt(tx, setting.now)).find(({ id }) => id === windowId);
  if (window === undefined) return refuse("not-in-maintenance");
  const { targetId } = window;
  await endWindows(tx, targetId, setting.now);
  await tellOfOutages(tx, setting);
  await record(tx, person, setting, "maintenance-ended", targetId, { windowId });
  return accept(targetId);
}
