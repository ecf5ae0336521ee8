import { listWindowsAt } from "../../db/monitoring/maintenance-windows.ts";
import {
  endAlert,
  insertAlert,
  listStandingAlerts,
  type StoredAlert,
  updateAlert,
} from "../../db/monitoring/monitor-alerts.ts";
import { listSeen } from "../../db/monitoring/monitor-states.ts";
import { findTarget } from "../../db/monitoring/monitor-targets.ts";
import { listOpenOutages, setRoots } from "../../db/monitoring/outages.ts";
import { findPerson, listPeopleWithRole } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { type Alert, type Announced, announce, type Message } from "../../domain/monitoring/announce.ts";
import { inMaintenance } from "../../domain/monitoring/maintenance.ts";
import { causesOf } from "../../domain/monitoring/root-cause.ts";
import { runsInDataCenter } from "../../domain/monitoring/target.ts";
import { worksAtDesk } from "../../domain/ticket/ticket.ts";
import type { Notice } from "../notice.ts";
import { editSent, listTold, tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { listOnCall } from "../shift/on-call.ts";

/** One message for each cause of what is down, edited as things change; and with each outage why it is. */
export async function tellOfOutages(tx: Tx, setting: Setting): Promise<void> {
  const { now, rules } = setting;
  const seen = await listSeen(tx);
  const tree = new Map(seen.map((each) => [each.id, each]));
  const windows = await listWindowsAt(tx, now);
  const silent = inMaintenance(new Set(windows.map(({ targetId }) => targetId)), tree);
  const targets = seen.map((each): Announced => ({ ...each, isInMaintenance: silent.has(each.id) }));
  const standing = await listStandingAlerts(tx);
  const said = announce(standing, targets, now, rules.monitoring);
  const stored = new Map(standing.map((each) => [each.key, each]));
  for (const message of said.messages) {
    const alert = said.standing.find(({ key }) => key === message.key);
    await carryOut(tx, setting, message, { stored: stored.get(message.key), alert });
  }
  await keepRoots(tx, targets, now);
}

async function carryOut(
  tx: Tx,
  setting: Setting,
  message: Message,
  { stored, alert }: { stored: StoredAlert | undefined; alert: Alert | undefined },
): Promise<void> {
  if (message.action === "tell") {
    if (alert === undefined) return;
    const alertId = await insertAlert(tx, alert);
    return tellStaff(tx, message.rootId, { kind: "outage-told", alertId }, setting);
  }
  if (stored === undefined) return;
  const { id } = stored;
  const told: Notice = { kind: "outage-told", alertId: id };
  if (message.action === "close") {
    await endAlert(tx, id, message.kind, message.until > setting.now ? setting.now : message.until);
    await editSent(tx, told, told, setting);
    if (message.kind !== "restored") return;
    const over: Notice = { kind: "outage-over", alertId: id };
    const team = await teamOf(tx, message.rootId);
    return tell(tx, [...new Set([...team, ...(await deskTold(tx, told))])], over, setting);
  }
  if (alert === undefined) return;
  const reminders = stored.reminders + (message.action === "remind" ? 1 : 0);
  await updateAlert(tx, id, { ...alert, reminders });
  if (message.action === "edit") return editSent(tx, told, told, setting);
  return tellStaff(tx, message.rootId, { ...told, isReminder: true }, setting, reminders);
}

/** Who looks after it, and who of the desk is on call after so many reminders. */
async function tellStaff(tx: Tx, rootId: number, notice: Notice, setting: Setting, reminders = 0): Promise<void> {
  const desk = await listOnCall(tx, setting, reminders);
  const ids = [...(await teamOf(tx, rootId)), ...desk.map(({ id }) => id)];
  await tell(tx, [...new Set(ids)], notice, setting);
}

/** Infrastructure, of an application or a job the data center, too. */
async function teamOf(tx: Tx, rootId: number): Promise<number[]> {
  const root = await findTarget(tx, rootId);
  const team = await listPeopleWithRole(tx, "infrastructure");
  const others = root !== undefined && runsInDataCenter(root) ? await listPeopleWithRole(tx, "data-center") : [];
  return [...team, ...others].map(({ id }) => id);
}

/** Who of the desk was told of it: who came on duty since has heard nothing that could be over. */
async function deskTold(tx: Tx, told: Notice): Promise<number[]> {
  const people = await Promise.all((await listTold(tx, told)).map((id) => findPerson(tx, id)));
  return people.flatMap((person) => (person !== undefined && worksAtDesk(person) ? [person.id] : []));
}

async function keepRoots(tx: Tx, targets: readonly Announced[], now: Date): Promise<void> {
  const causes = causesOf(targets, now);
  const changed = (await listOpenOutages(tx)).flatMap(({ id, targetId, rootId }) => {
    const cause = causes.get(targetId);
    // While it is unknown, or not certain yet, what is known of it stays.
    if (cause === undefined || cause.kind === "open") return [];
    const present = cause.kind === "behind" ? cause.rootId : null;
    return present === rootId ? [] : [{ outageId: id, rootId: present }];
  });
  await setRoots(tx, changed);
}
