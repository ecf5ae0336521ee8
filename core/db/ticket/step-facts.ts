import type { HostingRules } from "../../domain/hosting/hosting-rules.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { asksApproval, stepsFrom } from "../../domain/procedures/procedure.ts";
import type { StepContext } from "../../domain/ticket/step-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { countMachineChecks } from "../hosting/machine-checks.ts";
import { listAssetsOfTicket } from "../inventory/ticket-assets.ts";
import { findReservedPlaceOfTicket } from "../rack/rack-places.ts";
import type { Db } from "../tables.ts";
import { findApproval, findPlanExpiry } from "./approvals.ts";
import { listCheckResults } from "./check-results.ts";
import { readFreeze } from "./freeze.ts";
import { findOpenQuestion, wasReminded } from "./questions.ts";

/** What the rules of steps have to know of a ticket's history, and of the freeze while one decides on it. */
export async function findStepFacts(
  db: Db,
  ticket: Ticket,
  rules: { zone: string; hosting?: HostingRules | undefined },
): Promise<
  Required<Pick<StepContext, "checked" | "failed" | "isReminded" | "askedBy" | "approval" | "freeze" | "assets">> &
    Pick<StepContext, "hasPlace" | "machineChecks" | "planExpiresAt" | "canHost">
> {
  const results = await listCheckResults(db, ticket.id);
  const question = await findOpenQuestion(db, ticket);
  const procedure = findProcedure(ticket.procedure);
  const isAsked = asksApproval(procedure, ticket.state);
  const steps = stepsFrom(procedure, ticket.state);
  const needsPlace = steps.some((step) => step.needsPlace !== undefined);
  const needsPlan = steps.some((step) => step.needsPlan);
  const needsVerdicts = steps.some((step) => step.judges || step.needsVerdicts);
  return {
    checked: results.map(({ check }) => check),
    failed: results.filter(({ result }) => result === "failed").map(({ check }) => check),
    isReminded: question?.isForColleagues ?? (await wasReminded(db, ticket.id)),
    askedBy: question?.askedBy ?? null,
    approval: await findApproval(db, ticket, rules),
    assets: await listAssetsOfTicket(db, ticket.id),
    freeze: isAsked ? await readFreeze(db) : { state: "lifted", at: null },
    canHost: rules.hosting !== undefined,
    ...(needsVerdicts ? { machineChecks: await countMachineChecks(db, ticket.id) } : {}),
    ...(needsPlan ? { planExpiresAt: await findPlanExpiry(db, ticket.id) } : {}),
    ...(needsPlace ? { hasPlace: (await findReservedPlaceOfTicket(db, ticket.id)) !== undefined } : {}),
  };
}
