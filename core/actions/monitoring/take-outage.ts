import { writeJournal } from "../../db/journal/journal.ts";
import { findIncidentSince } from "../../db/monitoring/incidents.ts";
import { acknowledgeAlert, lockAlert } from "../../db/monitoring/monitor-alerts.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import type { Tx } from "../../db/tables.ts";
import { seesAllTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Notice } from "../notice.ts";
import { editSent } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";

/** "Saya tangani": who was told, and who works on its ticket, sees who takes care of it; nobody is reminded any more. */
export async function takeOutage(
  tx: Tx,
  person: Person,
  setting: Setting,
  { alertId }: { alertId: number },
): Promise<Outcome> {
  if (!seesAllTargets(person)) return refuse("not-at-desk");
  await lockStates(tx);
  const alert = await lockAlert(tx, alertId);
  if (alert === undefined || alert.ending !== null) return refuse("outage-is-over");
  if (alert.acknowledgedBy !== null) return refuse("outage-taken", { personId: alert.acknowledgedBy });
  await acknowledgeAlert(tx, alertId, { personId: person.id, now: setting.now });
  const incident = await findIncidentSince(tx, alert.rootId, { since: alert.since, until: null });
  if (incident !== undefined) await refreshCards(tx, incident.ticketId, setting);
  const told: Notice = { kind: "outage-told", alertId };
  await editSent(tx, told, told, setting);
  await writeJournal(tx, {
    ...{ at: setting.now, actorId: person.id, event: "outage-taken" },
    ...{ subject: { kind: "alert", id: alertId }, details: { targetId: alert.rootId } },
  });
  return accept();
}
