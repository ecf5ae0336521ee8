import { writeJournal } from "../../db/journal/journal.ts";
import { findIncidentOf } from "../../db/monitoring/incidents.ts";
import { listChecksOf } from "../../db/monitoring/monitor-checks.ts";
import {
  forgetCheckStates,
  insertChanges,
  listTargetStates,
  saveTargetStates,
} from "../../db/monitoring/monitor-states.ts";
import { markTargetRemoved, type StoredTarget } from "../../db/monitoring/monitor-targets.ts";
import { endOutages, findOpenOutage, type StoredOutage } from "../../db/monitoring/outages.ts";
import type { Tx } from "../../db/tables.ts";
import { notFlapping } from "../../domain/monitoring/flapping.ts";
import { withdrawSecrets } from "../hosting/one-time-secret.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";
import { refreshFiledBeside } from "./known-outages.ts";

/** It is watched no more, and what was seen of it stays; pages of its addresses that nobody opened go. @param by.personId null: a machine */
export async function stopWatching(
  tx: Tx,
  setting: Setting,
  target: StoredTarget,
  { personId }: { personId: number | null },
): Promise<void> {
  const { now } = setting;
  for (const { id: checkId } of await listChecksOf(tx, target.id)) await withdrawSecrets(tx, setting, { checkId });
  await forgetStates(tx, setting, target.id);
  await markTargetRemoved(tx, target, now);
  const onBehalfOf = personId === null ? { onBehalfOf: "infrastructure" as const } : {};
  await writeJournal(tx, {
    ...{ at: now, actorId: personId, ...onBehalfOf, event: "target-removed" },
    subject: { kind: "target", id: target.id },
  });
}

/** Nothing is known of it from now on, and an outage that lasts ends: nobody looks any more, which its tickets say. */
export async function forgetStates(tx: Tx, setting: Setting, targetId: number): Promise<void> {
  const { now } = setting;
  const known = (await listTargetStates(tx)).get(targetId);
  await forgetCheckStates(tx, targetId);
  const lasting = await findOpenOutage(tx, targetId);
  if (lasting !== undefined) await endUnwatched(tx, setting, lasting);
  if (known === undefined || known.state === "unknown") return;
  await insertChanges(tx, [{ targetId, from: known.state, to: "unknown", at: now, confirmedAt: now }]);
  const unknown = {
    state: "unknown" as const,
    since: now,
    confirmedAt: now,
    reachedSince: null,
    flapping: notFlapping,
  };
  await saveTargetStates(tx, new Map([[targetId, unknown]]));
}

async function endUnwatched(tx: Tx, setting: Setting, { id, targetId }: StoredOutage): Promise<void> {
  await endOutages(tx, [{ targetId, endedAt: setting.now }], { isUnwatched: true });
  const incident = await findIncidentOf(tx, id);
  if (incident !== undefined) await refreshCards(tx, incident.ticketId, setting);
  await refreshFiledBeside(tx, id, setting);
}
