import { listStandingAlerts } from "../db/monitor-alerts.ts";
import { findTarget } from "../db/monitor-targets.ts";
import { findOfficeByCode } from "../db/offices.ts";
import type { StoredOutage } from "../db/outages.ts";
import { getMachine } from "../db/people.ts";
import type { Tx } from "../db/tables.ts";
import { incidentOf } from "../domain/monitoring/incident.ts";
import { findProcedure } from "../domain/procedures/index.ts";
import { subjectFor } from "../domain/procedures/procedure.ts";
import { editSent, type Notice } from "./notices.ts";
import type { Setting } from "./setting.ts";
import { storeFiled } from "./store-filed.ts";

/** Under this name the register has who files what nobody filed. */
const machineName = "Simpul";

/**
 * Files a ticket for an outage, under the lock of states. It is the office's of what is down, or, of what is everybody's, the IT
 * office's; so that office's officer speaks for it. A second ticket of the same outage is a fault.
 *
 * @returns its number
 */
export async function openIncident(
  tx: Tx,
  setting: Setting,
  { id: outageId, targetId, startedAt }: Pick<StoredOutage, "id" | "targetId" | "startedAt">,
): Promise<number> {
  const { now, rules } = setting;
  const target = await findTarget(tx, targetId);
  if (target === undefined) throw new Error(`opening a ticket of outage ${outageId}: target ${targetId} is gone`);
  const { id: itOfficeId } = await findOfficeByCode(tx, rules.itOffice);
  const machine = await getMachine(tx, { name: machineName, officeId: itOfficeId, now });
  const { procedure: name, answers } = incidentOf(target);
  const procedure = findProcedure(name);
  const ticketId = await storeFiled(tx, setting, {
    ...{ procedure, item: null, subject: subjectFor(procedure, answers), answers, occurredAt: startedAt },
    requester: { id: machine.id, officeId: target.officeId ?? itOfficeId },
    ...{ channel: "monitor", by: { person: null, role: "help-desk" }, outageId },
  });
  const alert = (await listStandingAlerts(tx)).find(({ rootId }) => rootId === targetId);
  if (alert !== undefined) {
    const told: Notice = { kind: "outage-told", alertId: alert.id };
    await editSent(tx, told, told, setting);
  }
  return ticketId;
}
