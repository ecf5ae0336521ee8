import { findLatestPlan, lockApplicationOfTicket } from "../db/applications.ts";
import type { Tx } from "../db/tables.ts";
import type { Answers } from "../domain/form/field.ts";
import { refusalOfPlan } from "../domain/hosting/plan-rules.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import { isStillHeld } from "./is-still-held.ts";
import type { Setting } from "./setting.ts";
import type { Taking } from "./take-for-step.ts";

/** The plan that is approved: the newest, as long as it holds, and nothing that it was made of is another now. */
export async function takePlan(tx: Tx, setting: Setting, { ticket, answers }: Taking): Promise<Outcome<Answers>> {
  const application = await lockApplicationOfTicket(tx, ticket.id);
  const plan = application && (await findLatestPlan(tx, application.id));
  if (application === undefined || plan === undefined) return refuse("plan-changed");
  const mayBuild = refusalOfPlan(plan, application, { now: setting.now, hosting: setting.rules.hosting });
  if (mayBuild.ok && !(await isStillHeld(tx, application))) return refuse("network-given-up");
  return mayBuild.ok ? accept({ ...answers, plan: String(plan.id) }) : mayBuild;
}
