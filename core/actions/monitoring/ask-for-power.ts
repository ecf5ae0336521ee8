import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { lockOutage } from "../../db/monitoring/outages.ts";
import {
  answerPowerQuestion,
  findPowerQuestion,
  insertPowerQuestion,
  listPowerQuestions,
} from "../../db/monitoring/power-questions.ts";
import { findSiteContact } from "../../db/monitoring/site-contacts.ts";
import type { Tx } from "../../db/tables.ts";
import { seesAllTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Notice } from "../notice.ts";
import { editSent, tellInPrivate } from "../notices.ts";
import { reachable } from "../people/reachable.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";
import { keepCause, refreshOutage } from "./outage-cause.ts";

const record = recordsOf("outage");

/** "Listrik padam?": asks the contact of the site, once about an outage. Who has no chat is to be phoned. */
export async function askForPower(
  tx: Tx,
  person: Person,
  setting: Setting,
  { outageId }: { outageId: number },
): Promise<Outcome> {
  if (!seesAllTargets(person)) return refuse("not-at-desk");
  await lockStates(tx);
  const outage = await lockOutage(tx, outageId);
  if (outage === undefined) return refuse("no-such-outage");
  const contact = await findSiteContact(tx, outage.targetId);
  if (contact === undefined) return refuse("site-without-contact");
  const asked = contact.person;
  if (asked === undefined || (await reachable(tx, [asked.id])).length === 0) {
    return refuse("contact-without-chat", { contact: contact.words });
  }
  const before = await listPowerQuestions(tx, outageId);
  if (before.some(({ personId }) => personId === asked.id)) return refuse("power-asked-already", { name: asked.name });
  const { now } = setting;
  const questionId = await insertPowerQuestion(tx, { outageId, personId: asked.id, askedBy: person.id, now });
  await tellInPrivate(tx, [asked.id], { kind: "power-asked", questionId }, setting);
  await refreshOutage(tx, setting, outage);
  await record(tx, person, setting, "power-asked", outageId, { questionId, personId: asked.id });
  return accept();
}

/** What the contact says stands with the outage, and says why where nobody else has; what is said once stays. */
export async function answerAboutPower(
  tx: Tx,
  person: Person,
  setting: Setting,
  { questionId, isOut }: { questionId: number; isOut: boolean },
): Promise<Outcome> {
  const asked = await findPowerQuestion(tx, questionId);
  if (asked === undefined || asked.personId !== person.id) return refuse("power-asked-of-another");
  await lockStates(tx);
  const outage = await lockOutage(tx, asked.outageId);
  // Read again: somebody may have pressed twice at once.
  const question = await findPowerQuestion(tx, questionId);
  if (outage === undefined || question === undefined) return refuse("no-such-outage");
  if (question.answeredAt !== null) return refuse("power-answered");
  await answerPowerQuestion(tx, questionId, isOut, setting.now);
  await record(tx, person, setting, "power-answered", outage.id, { questionId, isOut: isOut ? 1 : 0 });
  if (isOut && outage.causeCode === null) await keepCause(tx, person, setting, outage, "power");
  const told: Notice = { kind: "power-asked", questionId };
  await editSent(tx, told, told, setting);
  await refreshOutage(tx, setting, outage);
  await tellInPrivate(tx, [question.askedBy], { kind: "power-answered", questionId }, setting);
  return accept();
}
