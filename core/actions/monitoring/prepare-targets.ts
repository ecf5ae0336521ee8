import { isDeepStrictEqual } from "node:util";
import { insertCheck, listChecks, updateCheckSettings } from "../../db/monitoring/monitor-checks.ts";
import { findPersonByPlaygroundKey } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { CheckSettings } from "../../domain/monitoring/check.ts";
import type { TargetKind } from "../../domain/monitoring/target.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { addTarget } from "./targets.ts";

/** What a playground watches from its first start. */
export type FirstTarget = {
  kind: TargetKind;
  /** null: everybody's */
  officeCode: string | null;
  /** name of one before it in the list; null: nothing */
  behind: string | null;
  /** of `targetFieldsOf(kind)` */
  answers: Answers;
  /** at an address of the machine itself */
  settings: CheckSettings;
};

/**
 * What a playground watches, where it never watched anything; what its people removed does not come back. Its servers listen on
 * other ports after each start, which the checks follow.
 *
 * @param key of who puts them under watch, as the playground calls them
 */
export async function prepareTargets(
  tx: Tx,
  setting: Setting,
  targets: readonly FirstTarget[],
  key = "infrastructure",
): Promise<void> {
  const person = await findPersonByPlaygroundKey(tx, key);
  if (person !== undefined && (await isNothingWatched(tx))) return putUnderWatch(tx, person, setting, targets);
  const present = new Map(targets.map(({ settings }) => [placeOf(settings), settings]));
  const followed = new Set<string>();
  for (const { id, targetId, settings: former } of await listChecks(tx)) {
    const place = placeOf(former);
    const settings = present.get(place);
    // Of two that people made of one target at one address only the first: they would be the same.
    if (settings === undefined || followed.has(`${targetId} ${place}`)) continue;
    followed.add(`${targetId} ${place}`);
    if (!isDeepStrictEqual(settings, former)) await updateCheckSettings(tx, id, settings);
  }
}

async function isNothingWatched(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom("monitor_target").select("id").limit(1).executeTakeFirst()) === undefined;
}

async function putUnderWatch(tx: Tx, person: Person, setting: Setting, targets: readonly FirstTarget[]): Promise<void> {
  const ids = new Map<string, number>();
  for (const { kind, officeCode, behind, answers, settings } of targets) {
    const parentId = behind === null ? null : (ids.get(behind) ?? null);
    const added = await addTarget(tx, person, setting, { kind, officeCode, parentId, answers });
    if (!added.ok) throw new Error(`putting ${answers.name} of a playground under watch: ${added.refusal.code}`);
    ids.set(answers.name ?? "", added.value);
    await insertCheck(tx, { targetId: added.value, settings, now: setting.now });
  }
}

/** How and at which address, without its port; undefined: it is none of a playground's ways of watching. */
function placeOf(settings: CheckSettings): string | undefined {
  if (settings.kind === "tcp") return `tcp ${settings.address}`;
  return settings.kind === "http" ? `http ${new URL(settings.url).hostname}` : undefined;
}
