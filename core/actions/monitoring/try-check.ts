import { findPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { nameFieldOf } from "../../domain/monitoring/check-fields.ts";
import { type NameFound, nameIn, refusalOfName } from "../../domain/monitoring/check-name.ts";
import { refusalOfManagingTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { addCheck, readCheck } from "./targets.ts";

/** @property answers of `checkFields` */
type Wished = { targetId: number; answers: Answers };

/**
 * One more way of watching a target. One by a name is added when a task has asked where that leads.
 *
 * @returns whether it is there already
 */
export async function tryCheck(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Wished,
): Promise<Outcome<"added" | "name-asked">> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  const settings = readCheck(setting, input.answers);
  if (!settings.ok) return settings;
  if (nameIn(settings.value) === undefined) {
    const added = await addCheck(tx, person, setting, input);
    return added.ok ? accept("added") : added;
  }
  await setting.tasks.enqueue(tx, "ask-name", { ...input, personId: person.id });
  return accept("name-asked");
}

/** Where its name leads was asked: it is added unless that is nowhere, and who wishes it is told, and has what they entered. */
export async function recordNameAsked(
  tx: Tx,
  setting: Setting,
  { targetId, answers, personId, found }: Wished & { personId: number; found: NameFound },
): Promise<void> {
  const person = await findPerson(tx, personId);
  const settings = readCheck(setting, answers);
  if (person === undefined || !settings.ok) return;
  const name = nameIn(settings.value) ?? "";
  const refusal = refusalOfName(name, found);
  const added =
    refusal === undefined
      ? await addCheck(tx, person, setting, { targetId, answers })
      : refuseAbout(nameFieldOf[settings.value.kind], refusal);
  const unsure = found === "resolver-silent" ? { unsureOf: name } : {};
  const outcome = added.ok ? unsure : { refusal: added.refusal, answers };
  await tell(tx, [personId], { kind: "check-tried", targetId, ...outcome }, setting);
}
