import { accept, type Outcome, refuse } from "../outcome.ts";
import type { Application, ApplicationPlan } from "./application.ts";
import type { HostingRules } from "./hosting-rules.ts";
import { renderApplication } from "./render-stack.ts";

/** Whether a plan can still be approved and built, as far as the database and the profile know. */
export function refusalOfPlan(
  plan: Pick<ApplicationPlan, "input" | "expiresAt">,
  application: Application,
  { now, hosting }: { now: Date; hosting: HostingRules | undefined },
): Outcome {
  if (plan.expiresAt <= now) return refuse("plan-expired");
  if (hosting === undefined || renderApplication(application, hosting) !== plan.input) return refuse("plan-changed");
  return accept();
}
