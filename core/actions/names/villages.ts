import { countNamesOfVillage } from "../../db/names/name-lists.ts";
import { lockNames } from "../../db/names/names.ts";
import { findVillage, insertVillage, markVillageRemoved } from "../../db/names/villages.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { villageFields } from "../../domain/names/name-fields.ts";
import { cleanVillage, villageNames } from "../../domain/names/village-name.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import { nearest } from "../../domain/people/nearest.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";

const record = recordsOf("village");

/**
 * Adds a village to the register.
 *
 * @param input.answers of `villageFields`
 * @returns its id
 */
export async function addVillage(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const { districts } = setting.rules;
  const answers = readEntered(setting, villageFields(districts), withDistrict(input.answers, districts));
  if (!answers.ok && answers.refusal.values.field === "district") return unknownDistrict(input.answers, districts);
  if (!answers.ok) return answers;
  const { village: entered = "", district = "" } = answers.value;
  const name = cleanVillage(entered);
  const usable = villageNames(name, setting.rules.names.villageSuffix);
  if (!usable.ok) return refuseAbout("village", usable.refusal);
  const id = await insertVillage(tx, { name, district, addedBy: person.id, now: setting.now });
  if (id === undefined) return refuse("village-known", { village: name, district, field: "village" });
  await record(tx, person, setting, "village-added", id);
  return accept(id);
}

/** Capitals do not matter. */
function withDistrict(answers: Answers, districts: readonly string[]): Answers {
  const meant = districts.find((each) => each.toLowerCase() === answers.district?.trim().toLowerCase());
  return meant === undefined ? answers : { ...answers, district: meant };
}

function unknownDistrict({ district = "" }: Answers, districts: readonly string[]) {
  const [example = ""] = districts;
  const meant = nearest(district, districts) ?? example;
  return refuse("district-unknown", { district: district.slice(0, 40), meant, field: "district" });
}

/** Of a village that has no name. */
export async function removeVillage(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { villageId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  await lockNames(tx);
  if ((await findVillage(tx, input.villageId)) === undefined) return refuse("no-such-village");
  const count = await countNamesOfVillage(tx, input.villageId);
  if (count > 0) return refuse("village-has-names", { count });
  await markVillageRemoved(tx, input.villageId, { removedBy: person.id, now: setting.now });
  await record(tx, person, setting, "village-removed", input.villageId);
  return accept();
}
