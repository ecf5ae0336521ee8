import { writeJournal } from "../../db/journal/journal.ts";
import { findCheckByToken, findTokenTime, saveToken } from "../../db/monitoring/heartbeats.ts";
import { findCheck } from "../../db/monitoring/monitor-checks.ts";
import { findTarget, lockTargets } from "../../db/monitoring/monitor-targets.ts";
import type { Db, Tx } from "../../db/tables.ts";
import { beatAt } from "../../domain/monitoring/heartbeat.ts";
import { refusalOfManagingTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { offerSecret, withdrawSecrets } from "../hosting/one-time-secret.ts";
import { hashOfLinkToken, newLinkToken } from "../people/link-token.ts";
import type { Setting } from "../setting.ts";
import { recordSamples } from "./record-samples.ts";

/** How long the page waits that shows the address once. source: office practice */
const shownWithinHours = 24;

/**
 * A new address for a heartbeat, which its person sees once, on a page. The former one is good no more, and no page shows it, whoever
 * it was offered to. Whoever calls this has authorised it.
 */
export async function offerBeatAddress(
  tx: Tx,
  person: Person,
  setting: Setting,
  { checkId, name, everySeconds }: { checkId: number; name: string; everySeconds: number },
): Promise<Outcome> {
  const { now, pagesUrl } = setting;
  if (pagesUrl === undefined) return refuse("heartbeat-without-pages");
  const { token, hash } = newLinkToken();
  await withdrawSecrets(tx, setting, { checkId });
  const offered = await offerSecret(tx, setting, {
    ...{ personId: person.id, title: `Alamat tanda ${name}, tiap ${everySeconds / 60} menit` },
    ...{ secret: `${pagesUrl}beat/${token}`, hours: shownWithinHours, checkId },
  });
  if (!offered.ok) return offered;
  await saveToken(tx, { checkId, tokenHash: hash, madeBy: person.id, now });
  return accept();
}

/**
 * Its address was lost, or became known to others.
 *
 * @param input.formerAt when the one was made that the person saw, so that a second press changes nothing; null: there was none
 * @returns the target's id
 */
export async function renewBeatAddress(
  tx: Tx,
  person: Person,
  setting: Setting,
  { checkId, formerAt }: { checkId: number; formerAt: string | null },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockTargets(tx);
  const check = await findCheck(tx, checkId);
  const target = check && (await findTarget(tx, check.targetId));
  if (target === undefined || check?.settings.kind !== "heartbeat") return refuse("no-such-check");
  const madeAt = await findTokenTime(tx, checkId);
  if ((madeAt?.toISOString() ?? null) !== formerAt) return refuse("beat-renewed-meanwhile");
  const offered = await offerBeatAddress(tx, person, setting, { checkId, name: target.name, ...check.settings });
  if (!offered.ok) return offered;
  await writeJournal(tx, {
    ...{ at: setting.now, actorId: person.id, event: "heartbeat-renewed" },
    ...{ subject: { kind: "target", id: target.id }, details: { checkId } },
  });
  return accept(target.id);
}

/** Whose heartbeat a token is. */
export async function findBeat(db: Db, { token }: { token: string }): Promise<Outcome<number>> {
  const checkId = await findCheckByToken(db, hashOfLinkToken(token));
  return checkId === undefined ? refuse("link-no-good") : accept(checkId);
}

/** It beat, now. */
export async function recordBeat(tx: Tx, setting: Setting, { checkId }: { checkId: number }): Promise<void> {
  await recordSamples(tx, setting, { samples: [beatAt(checkId, setting.now)], uplink: "unknown" });
}
