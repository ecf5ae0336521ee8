import { writeJournal } from "../../db/journal/journal.ts";
import { findCheck, insertCheck, markCheckRemoved } from "../../db/monitoring/monitor-checks.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { moveCheckState } from "../../db/monitoring/monitor-states.ts";
import { lockTargets } from "../../db/monitoring/monitor-targets.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { CheckSettings } from "../../domain/monitoring/check.ts";
import { tellingFieldOf } from "../../domain/monitoring/check-fields.ts";
import { followsHosting } from "../../domain/monitoring/hosted.ts";
import { refusalOfManagingTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { readCheck } from "./targets.ts";

/**
 * Asks the same way at another address, without a gap: what is known of the target holds until the new address says otherwise. So an
 * outage lasts, and what lies behind a router that is down is told of by nobody.
 *
 * @param input.answers of `checkFields`, of the same kind
 */
export async function moveCheck(
  tx: Tx,
  person: Person,
  setting: Setting,
  { checkId, answers }: { checkId: number; answers: Answers },
): Promise<Outcome> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockStates(tx);
  await lockTargets(tx);
  const former = await findCheck(tx, checkId);
  if (former === undefined || former.settings.kind !== answers.check) return refuse("no-such-check");
  if (followsHosting(former.settings)) return refuse("target-follows-hosting");
  const settings = readCheck(setting, { ...expectedOf(former.settings), ...answers });
  if (!settings.ok) return settings;
  const { targetId } = former;
  const { kind } = settings.value;
  const { now } = setting;
  const id = await insertCheck(tx, { targetId, settings: settings.value, now });
  if (id === undefined) return refuse("check-known", { field: tellingFieldOf[kind] });
  await moveCheckState(tx, { fromId: former.id, toId: id });
  await markCheckRemoved(tx, former.id, now);
  const said = { at: now, actorId: person.id, subject: { kind: "target", id: targetId } } as const;
  await writeJournal(tx, { ...said, event: "check-removed", details: { checkId: former.id } });
  await writeJournal(tx, { ...said, event: "check-added", details: { checkId: id, kind } });
  return accept();
}

/** What a page has to say, and whether its certificate counts, wherever it is. */
function expectedOf(settings: CheckSettings): Answers {
  if (settings.kind !== "http") return {};
  const { status, text, isCertificateIgnored } = settings;
  return {
    ...(status === null ? {} : { status: String(status) }),
    ...(text === null ? {} : { text }),
    ...(isCertificateIgnored ? { certificate: "ignored" } : {}),
  };
}
