import { writeJournal } from "../db/journal.ts";
import { findCheck, insertCheck, markCheckRemoved } from "../db/monitor-checks.ts";
import { lockStates } from "../db/monitor-samples.ts";
import { moveCheckState } from "../db/monitor-states.ts";
import { lockTargets } from "../db/monitor-targets.ts";
import type { Tx } from "../db/tables.ts";
import { tellingFieldOf } from "../domain/monitoring/check-fields.ts";
import { refusalOfManagingTargets } from "../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import type { Setting } from "./setting.ts";
import { readCheck } from "./targets.ts";

/**
 * Pings the same at another address, without a gap: what is known of the target holds until the new address says otherwise. So an
 * outage lasts, and what lies behind a router that is down is told of by nobody.
 */
export async function movePing(
  tx: Tx,
  person: Person,
  setting: Setting,
  { checkId, address }: { checkId: number; address: string },
): Promise<Outcome> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockStates(tx);
  await lockTargets(tx);
  const former = await findCheck(tx, checkId);
  if (former?.settings.kind !== "icmp") return refuse("no-such-check");
  const settings = readCheck(setting, { check: "icmp", address });
  if (!settings.ok) return settings;
  const { targetId } = former;
  const { now } = setting;
  const id = await insertCheck(tx, { targetId, settings: settings.value, now });
  if (id === undefined) return refuse("check-known", { field: tellingFieldOf.icmp });
  await moveCheckState(tx, { fromId: former.id, toId: id });
  await markCheckRemoved(tx, former.id, now);
  const said = { at: now, actorId: person.id, subject: { kind: "target", id: targetId } } as const;
  await writeJournal(tx, { ...said, event: "check-removed", details: { checkId: former.id } });
  await writeJournal(tx, { ...said, event: "check-added", details: { checkId: id, kind: "icmp" } });
  return accept();
}
