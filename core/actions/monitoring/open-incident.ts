import { writeJournal } from "../../db/journal/journal.ts";
import { findOpenIncidentBefore, moveIncident } from "../../db/monitoring/incidents.ts";
import { findTarget } from "../../db/monitoring/monitor-targets.ts";
import type { StoredOutage } from "../../db/monitoring/outages.ts";
import { findOfficeByCode } from "../../db/people/offices.ts";
import { getMachine } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { incidentOf } from "../../domain/monitoring/incident.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import type { Setting } from "../setting.ts";
import { refreshAlert, refreshCards } from "../ticket/refresh-cards.ts";
import { storeFiled } from "../ticket/store-filed.ts";
import { refreshFiledBeside } from "./known-outages.ts";

/** Under this name the register has who files what nobody filed. */
const machineName = "Simpul";

type Opened = Pick<StoredOutage, "id" | "targetId" | "startedAt">;

/**
 * Gives an outage its ticket, under the lock of states: the one that is still open of an earlier outage of the same target, else
 * a new one. A second ticket of the same outage is a fault.
 *
 * @returns its number
 */
export async function openIncident(tx: Tx, setting: Setting, outage: Opened): Promise<number> {
  const ticketId = (await takeAlong(tx, setting, outage)) ?? (await file(tx, setting, outage));
  await refreshAlert(tx, ticketId, setting);
  await refreshFiledBeside(tx, outage.id, setting);
  return ticketId;
}

/** What falls again while somebody works on it needs no second ticket; the card of the first says that it is down again. */
async function takeAlong(tx: Tx, setting: Setting, outage: Opened): Promise<number | undefined> {
  const former = await findOpenIncidentBefore(tx, outage);
  if (former === undefined) return undefined;
  const { ticketId, outageId } = former;
  // Who closes it in this moment holds it.
  if ((await lockTicket(tx, ticketId))?.endedAt !== null) return undefined;
  await moveIncident(tx, former, outage.id);
  await writeJournal(tx, {
    ...{ at: setting.now, actorId: null, onBehalfOf: "help-desk", event: "outage-again" },
    ...{ subject: { kind: "ticket", id: ticketId }, details: { outageId: outage.id, former: outageId } },
  });
  await refreshCards(tx, ticketId, setting);
  return ticketId;
}

/**
 * It is the office's of what is down, or, of what is everybody's, the IT office's; so that office's officer speaks for it. It is
 * called like what is down.
 */
async function file(tx: Tx, setting: Setting, { id: outageId, targetId, startedAt }: Opened): Promise<number> {
  const { now, rules } = setting;
  const target = await findTarget(tx, targetId);
  if (target === undefined) throw new Error(`opening a ticket of outage ${outageId}: target ${targetId} is gone`);
  const { id: itOfficeId } = await findOfficeByCode(tx, rules.itOffice);
  const machine = await getMachine(tx, { name: machineName, officeId: itOfficeId, now });
  const { procedure, subject, answers } = incidentOf(target);
  return storeFiled(tx, setting, {
    ...{ procedure: findProcedure(procedure), item: null, subject, answers, occurredAt: startedAt },
    requester: { id: machine.id, officeId: target.officeId ?? itOfficeId },
    ...{ channel: "monitor", by: { person: null, role: "help-desk" }, outageId },
  });
}
