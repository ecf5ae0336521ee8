import type { Incident } from "../../../core/db/monitoring/incidents.ts";
import { listAlertsOf, type StoredAlert } from "../../../core/db/monitoring/monitor-alerts.ts";
import type { StoredOutage } from "../../../core/db/monitoring/outages.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button } from "../../rendered.ts";
import { type Html, html } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { handledWords, takenLine } from "./outage-words.ts";

/** What was told while it lasted: of what it was down by, where that was something else. */
export function listAlertsFor(db: Db, outage: StoredOutage): Promise<StoredAlert[]> {
  return listAlertsOf(db, { ...outage, targetId: outage.rootId ?? outage.targetId });
}

/** Who takes care of it: for the desk since when, and afterwards, too; for others as long as it lasts. */
export async function handlingLine(
  db: Db,
  viewer: Person,
  alerts: readonly StoredAlert[],
  office: OfficeWords,
): Promise<Html | undefined> {
  if (seesAllTargets(viewer)) {
    const taken = alerts.findLast(({ acknowledgedBy }) => acknowledgedBy !== null);
    return taken && takenLine(db, taken, office);
  }
  const standing = alerts.find(({ ending }) => ending === null);
  if (standing === undefined) return undefined;
  const byId = standing.acknowledgedBy ?? standing.workedBy;
  return handledWords(byId === null ? undefined : (await findPerson(db, byId))?.name);
}

/** Its number, and who works on it while the outage lasts. */
export async function ticketLine(db: Db, { ticketId }: Pick<Incident, "ticketId">, isOver: boolean): Promise<Html> {
  const workerId = isOver ? null : ((await findTicket(db, ticketId))?.assigneeId ?? null);
  const worker = workerId === null ? undefined : await findPerson(db, workerId);
  return html`🎫 Tiket: <code>${ticketNumber(ticketId)}</code>${worker === undefined ? "" : `, dikerjakan ${worker.name}`}`;
}

/** While nobody has taken it. @param outageId on whose page it stands */
export function takeButtons(alerts: readonly StoredAlert[], outageId?: number): Button[] {
  const standing = alerts.find(({ ending }) => ending === null);
  if (standing === undefined || standing.acknowledgedBy !== null) return [];
  const on = outageId === undefined ? {} : { outageId };
  return [{ label: "🙋 Saya tangani", press: { do: "take-outage", alertId: standing.id, ...on } }];
}
