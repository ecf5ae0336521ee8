import { answerAboutPower, askForPower } from "../../core/actions/monitoring/ask-for-power.ts";
import {
  askForAvailabilityList,
  askForEvidence,
  askForStatusPicture,
  askForTargetPicture,
} from "../../core/actions/monitoring/monitor-papers.ts";
import { sayCause } from "../../core/actions/monitoring/outage-cause.ts";
import { findOutageFacts } from "../../core/db/monitoring/outage-facts.ts";
import { seesAllTargets } from "../../core/domain/monitoring/target-access.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply, show } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { availabilityDaysForm } from "../forms/monitoring/availability-days-form.ts";
import type { OutagePress } from "../presses/outage-press.ts";
import { causeWords } from "../replies/monitoring/outage-words.ts";
import type { Saying } from "../screens/screens.ts";

/** Buttons of availability, outages and pictures. What is shown is what the person may see; actions ask who may do what. */
export async function pressOnOutage(conversation: Conversation, press: OutagePress): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  switch (press.do) {
    case "availability":
      return show(conversation, { kind: "availability", by: press.by, month: press.month, page: press.page }, press);
    case "availability-of":
      return show(
        conversation,
        { kind: "availability-of", of: press.of, month: press.month, page: press.page ?? 0 },
        press,
      );
    case "choose-days":
      return beginForm(conversation, availabilityDaysForm, {});
    case "export-availability":
      return asked(conversation, await askForAvailabilityList(tx, person, setting, press), "availability-asked");
    case "outage":
      return show(conversation, { kind: "outage", outageId: press.outageId }, press);
    case "set-cause":
      return shown(conversation, await sayCause(tx, person, setting, press), press.outageId);
    case "ask-power": {
      const done = await askForPower(tx, person, setting, press);
      return press.inMessage ? done : shown(conversation, done, press.outageId);
    }
    case "answer-power":
      return answerAboutPower(tx, person, setting, press);
    case "provider-report":
      return report(conversation, press);
    case "outage-evidence": {
      const { regency, zoneLabel } = conversation.office;
      const cause = (await findOutageFacts(tx, press.outageId))?.cause;
      const said = cause == null ? {} : { cause: causeWords[cause] };
      const input = { outageId: press.outageId, regency, zoneLabel, ...said };
      return asked(conversation, await askForEvidence(tx, person, setting, input), "evidence-asked");
    }
    case "draw-target":
      return asked(conversation, await askForTargetPicture(tx, person, setting, press), "status-picture-asked");
    case "draw-status":
      return asked(conversation, await askForStatusPicture(tx, person, setting), "status-picture-asked");
  }
}

/** What came of it takes the place of the page. */
async function shown(conversation: Conversation, done: Outcome, outageId: number): Promise<Outcome> {
  return done.ok ? show(conversation, { kind: "outage", outageId }, { turns: true }) : done;
}

/** It comes when it is made. */
async function asked(conversation: Conversation, outcome: Outcome, what: Saying): Promise<Outcome> {
  if (outcome.ok) await reply(conversation, { kind: "said", what });
  return outcome;
}

async function report(conversation: Conversation, { outageId }: { outageId: number }): Promise<Outcome> {
  if (!seesAllTargets(conversation.person)) return refuse("not-at-desk");
  const facts = await findOutageFacts(conversation.tx, outageId);
  if (facts === undefined) return refuse("no-such-outage");
  if (facts.link === undefined) return refuse("outage-without-link");
  return show(conversation, { kind: "provider-report", outageId });
}
