import { accept, type Outcome, refuse } from "../outcome.ts";
import { isSamePlan, type PlanHashes, type StackPlan } from "./application.ts";
import type { HostingRules } from "./hosting-rules.ts";
import type { OutdatedReason } from "./outdated-plan.ts";
import { isRestOf } from "./preview.ts";
import { renderWanted, type Wanted } from "./wanted.ts";

/** Whether a plan can still be approved and built, as far as the database and the profile know; "plan-changed" says by what. */
export function refusalOfPlan(
  plan: Pick<StackPlan, "id" | "input" | "imageId" | "expiresAt">,
  wanted: Wanted,
  { now, hosting }: { now: Date; hosting: HostingRules | undefined },
): Outcome {
  if (plan.expiresAt <= now) return refuse("plan-expired");
  const files = hosting === undefined ? [] : formsOf(plan, wanted).map((each) => renderWanted(each, hosting));
  if (files.includes(plan.input)) return accept();
  const isSameImage = plan.imageId === (wanted.application?.revision.imageId ?? null);
  return outdatedBy(isSameImage ? "file" : "image");
}

function outdatedBy(by: OutdatedReason) {
  return refuse("plan-changed", { by });
}

/** As it is; of what was begun by that very plan, which may have filled its database since, also as it was before. */
function formsOf({ id }: Pick<StackPlan, "id">, wanted: Wanted): Wanted[] {
  const { application, begunPlanId } = wanted;
  const secrets = application?.secrets ?? null;
  if (application === undefined || secrets === null || begunPlanId !== id) return [wanted];
  return [wanted, { ...wanted, application: { ...application, secrets: { ...secrets, isFilled: false } } }];
}

/** What would be done now. */
export type Previewed = Pick<StackPlan, "hashes" | "steps">;

/**
 * Whether what would be done now is what was approved. Of what was begun by that very plan a part stands already, so that
 * state and preview are others than when it was approved: it is the rest of that, and nothing else. Of a plan that was made later than now nobody knows how old it is:
 * a clock was set.
 *
 * @param begunId the plan by which something was begun and did not end
 */
export function refusalOfPreview(
  plan: Pick<StackPlan, "id" | "hashes" | "steps" | "madeAt">,
  { hashes, steps }: Previewed,
  { now, begunId }: { now: Date; begunId: number | null },
): Outcome {
  if (now < plan.madeAt) return refuse("plan-expired");
  const isMadeOfSame = plan.hashes.inputs === hashes.inputs && plan.hashes.program === hashes.program;
  const isSame = begunId === plan.id ? isMadeOfSame && isRestOf(plan.steps, steps) : isSamePlan(plan.hashes, hashes);
  return isSame ? accept() : outdatedBy(differenceOf(plan.hashes, hashes));
}

/** What is there on the host shows in preview and state. */
function differenceOf(planned: PlanHashes, found: PlanHashes): OutdatedReason {
  if (planned.program !== found.program) return "program";
  return planned.inputs === found.inputs ? "host" : "file";
}
