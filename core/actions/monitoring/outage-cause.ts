import { writeJournal } from "../../db/journal/journal.ts";
import { findIncidentOf } from "../../db/monitoring/incidents.ts";
import { listAlertsOf } from "../../db/monitoring/monitor-alerts.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { lockOutage, type StoredOutage, setCause } from "../../db/monitoring/outages.ts";
import type { Tx } from "../../db/tables.ts";
import type { CauseCode } from "../../domain/monitoring/outage.ts";
import { seesAllTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Notice } from "../notice.ts";
import { editSent } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";

/**
 * Says why something was down, or corrects it, while it lasts or afterwards.
 *
 * @param input.former what stood there when the button was made: of two who press at once, one sees what the other said
 */
export async function sayCause(
  tx: Tx,
  person: Person,
  setting: Setting,
  { outageId, cause, former }: { outageId: number; cause: CauseCode; former: CauseCode | null },
): Promise<Outcome> {
  if (!seesAllTargets(person)) return refuse("not-at-desk");
  await lockStates(tx);
  const outage = await lockOutage(tx, outageId);
  if (outage === undefined) return refuse("no-such-outage");
  if (outage.causeCode === cause) return accept();
  if (outage.causeCode !== former) return refuse("cause-said-meanwhile");
  await keepCause(tx, person, setting, outage, cause);
  await refreshOutage(tx, setting, outage);
  return accept();
}

/** @param outage that is locked */
export async function keepCause(
  tx: Tx,
  person: Person,
  { now }: Setting,
  { id, causeCode, targetId }: StoredOutage,
  cause: CauseCode,
): Promise<void> {
  await setCause(tx, id, cause);
  const details = { cause, former: causeCode, targetId };
  const subject = { kind: "outage", id } as const;
  await writeJournal(tx, { at: now, actorId: person.id, event: "outage-cause-said", subject, details });
}

/** Who was told of it sees in the same message what is known now, and its ticket says so. */
export async function refreshOutage(tx: Tx, setting: Setting, outage: StoredOutage): Promise<void> {
  const incident = await findIncidentOf(tx, outage.id);
  if (incident !== undefined) await refreshCards(tx, incident.ticketId, setting);
  for (const { id: alertId } of await listAlertsOf(tx, outage)) {
    const told: Notice = { kind: "outage-told", alertId };
    await editSent(tx, told, told, setting);
  }
}
