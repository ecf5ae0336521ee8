import { findLatestPlan } from "../../db/hosting/stack-plans.ts";
import { lockWanted } from "../../db/hosting/wanted.ts";
import type { Tx } from "../../db/tables.ts";
import { findApproval } from "../../db/ticket/approvals.ts";
import type { Answers } from "../../domain/form/field.ts";
import { refusalOfPlan } from "../../domain/hosting/plan-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { isAskedOf } from "../../domain/ticket/approval-rules.ts";
import type { Setting } from "../setting.ts";
import { isStillHeld } from "../ticket/is-still-held.ts";
import type { Taking } from "../ticket/take-for-step.ts";

/** The plan that is approved: the newest, as long as it holds, and nothing that it was made of is another now, nor who is asked. */
export async function takePlan(tx: Tx, setting: Setting, { ticket, answers }: Taking): Promise<Outcome<Answers>> {
  const wanted = await lockWanted(tx, ticket.id);
  const plan = wanted && (await findLatestPlan(tx, wanted));
  const approval = await findApproval(tx, ticket, setting.rules);
  if (wanted === undefined || plan === undefined || approval === undefined) return refuse("plan-changed");
  if (!isAskedOf(approval, setting.rules.approvers(ticket.procedure)))
    return refuse("plan-changed", { by: "approvers" });
  const mayBuild = refusalOfPlan(plan, wanted, { now: setting.now, hosting: setting.rules.hosting });
  if (mayBuild.ok && !(await isStillHeld(tx, wanted))) return refuse("network-given-up");
  return mayBuild.ok ? accept({ ...answers, plan: String(plan.id) }) : mayBuild;
}
