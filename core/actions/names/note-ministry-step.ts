import { writeJournal } from "../../db/journal/journal.ts";
import { insertMinistryStep, listMinistrySteps } from "../../db/names/ministry-steps.ts";
import { findNameNow, lockNames } from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { type MinistryState, ministryFieldsOf, refusalOfMinistryStep } from "../../domain/names/ministry-steps.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";

/**
 * Notes what became of the application to the ministry for a village's name.
 *
 * @param input.answers of `ministryFieldsOf` that state
 */
export async function noteMinistryStep(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { name: string; villageId: number; state: MinistryState; answers: Answers },
): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const { name, villageId, state } = input;
  const answers = readEntered(setting, ministryFieldsOf(state), input.answers);
  if (!answers.ok) return answers;
  await lockNames(tx);
  const present = await findNameNow(tx, name);
  if (present?.grounds?.villageId !== villageId) return refuse("domain-changed");
  const [latest] = await listMinistrySteps(tx, { name, villageId });
  const may = refusalOfMinistryStep(latest?.state, state);
  if (!may.ok) return may;
  const { day = "", letter = null, reason = null } = answers.value;
  const id = await insertMinistryStep(tx, {
    ...{ name, villageId, state, day, letter, reason },
    ...{ notedBy: person.id, now: setting.now },
  });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: `ministry-${state}`,
    subject: { kind: "name", id: present.id },
    details: { name, villageId, stepId: id },
  });
  return accept();
}
