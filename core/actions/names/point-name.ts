import { findName, lockNames } from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers, Field } from "../../domain/form/field.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { targetFields } from "../../domain/names/name-fields.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";
import { change } from "./change-name.ts";
import { findPointing } from "./find-pointing.ts";

/**
 * Lets a name lead to addresses or to another name, in place of where it led.
 *
 * @param input.answers of `targetFields`
 * @returns the id of its row from now on
 */
export async function pointName(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { nameId: number; zoneId?: number | undefined; answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const fields: readonly Field[] = targetFields;
  const answers = readEntered(setting, fields, input.answers);
  if (!answers.ok) return answers;
  const seen = await findName(tx, input.nameId);
  if (seen === undefined || seen.state === "quarantined") return refuse("domain-changed");
  const wish = { target: answers.value.target, elsewhere: answers.value.elsewhere, zoneId: input.zoneId };
  const pointing = await findPointing(tx, setting, { name: seen.name, state: seen.state }, wish);
  if (!pointing.ok) return pointing;
  await lockNames(tx);
  // Prefixes are locked before the names, so it may have changed since it was seen.
  const name = await findName(tx, input.nameId);
  if (name === undefined) return refuse("domain-changed");
  return accept(await change(tx, setting, name, pointing.value, person.id));
}
