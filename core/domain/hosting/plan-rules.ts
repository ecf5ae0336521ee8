import { accept, type Outcome, refuse } from "../outcome.ts";
import { isSamePlan, type PlanHashes, type StackPlan } from "./application.ts";
import type { HostingRules } from "./hosting-rules.ts";
import { renderWanted, type Wanted } from "./wanted.ts";

/** Whether a plan can still be approved and built, as far as the database and the profile know. */
export function refusalOfPlan(
  plan: Pick<StackPlan, "input" | "expiresAt">,
  wanted: Wanted,
  { now, hosting }: { now: Date; hosting: HostingRules | undefined },
): Outcome {
  if (plan.expiresAt <= now) return refuse("plan-expired");
  if (hosting === undefined || renderWanted(wanted, hosting) !== plan.input) return refuse("plan-changed");
  return accept();
}

/**
 * Whether what would be done now is what was approved. Of what was begun by that very plan a part stands already, so that
 * state and preview are others than when it was approved. Of a plan that was made later than now nobody knows how old it is:
 * a clock was set.
 *
 * @param begunId the plan by which something was begun and did not end
 */
export function refusalOfPreview(
  plan: Pick<StackPlan, "id" | "hashes" | "madeAt">,
  previewed: PlanHashes,
  { now, begunId }: { now: Date; begunId: number | null },
): Outcome {
  if (now < plan.madeAt) return refuse("plan-expired");
  const isSame =
    begunId === plan.id
      ? plan.hashes.inputs === previewed.inputs && plan.hashes.program === previewed.program
      : isSamePlan(plan.hashes, previewed);
  return isSame ? accept() : refuse("plan-changed");
}
