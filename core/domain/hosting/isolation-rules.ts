import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { isWithin } from "../people/substitution-rules.ts";
import type { Acting } from "../ticket/approval-rules.ts";
import { type Freeze, refusalWhileFrozen } from "../ticket/freeze-rules.ts";
import type { Application } from "./application.ts";
import { type Isolation, type IsolationDecision, isLifted } from "./isolation.ts";
import { operatesHosting } from "./watch-rules.ts";

/**
 * Whoever operates the hosts, or is on duty for the desk, takes an application off the net, if it runs: a part of what was begun may,
 * also where people went on by hand.
 */
export function refusalOfIsolating(
  person: Person,
  isOnDuty: boolean,
  application: Pick<Application, "state" | "begunPlanId"> | undefined,
): Outcome {
  if (!operatesHosting(person) && !isOnDuty) return refuse("not-on-duty-or-operator");
  if (application === undefined) return refuse("no-such-application");
  if (application.state === "isolated") return refuse("isolated-already");
  const isBegun = application.state === "planned" && application.begunPlanId !== null;
  return application.state === "built" || isBegun ? accept() : refuse("nothing-to-isolate");
}

/** What a decision on an isolation hangs on, beside who decides. `acting`: for whom they stand in as leadership. */
export type DecidingFacts = { acting: Acting | undefined; now: Date; freeze: Freeze };

/**
 * Leadership decides afterwards, by the rules of approvals: nobody on what they did themselves, or whom they stand in for, and never an
 * administrator. It can be confirmed while updates are frozen: nothing comes back onto the net by that.
 */
export function refusalOfDeciding(
  person: Person,
  isolation: Pick<Isolation, "begunById" | "decisions" | "endedAt"> | undefined,
  decision: IsolationDecision,
  { acting, now, freeze }: DecidingFacts,
): Outcome {
  if (!hasRole(person, "leadership")) return refuse("not-your-role", { role: "leadership" });
  if (hasRole(person, "administrator")) return refuse("administrator-never-decides");
  if (acting !== undefined && !isWithin(acting, now)) return refuse("substitution-not-in-force");
  if (isolation === undefined) return refuse("no-such-isolation");
  if (isolation.begunById === person.id) return refuse("own-isolation");
  if (isolation.begunById === acting?.forPersonId) return refuse("not-for-whom-you-substitute");
  if (isolation.endedAt !== null || isLifted(isolation)) return refuse("isolation-lifted");
  const isConfirmed = isolation.decisions.some((each) => each.decision === "confirmed");
  if (decision === "confirmed") return isConfirmed ? refuse("isolation-confirmed") : accept();
  const frozen = refusalWhileFrozen(freeze);
  return frozen === undefined ? accept() : { ok: false, refusal: frozen };
}

/** Whether that person could say so, freeze or not: who is asked, and who gets the button. */
export function couldDecideIsolation(
  person: Person,
  isolation: Pick<Isolation, "begunById" | "decisions" | "endedAt">,
  decision: IsolationDecision,
  facts: Omit<DecidingFacts, "freeze">,
): boolean {
  return refusalOfDeciding(person, isolation, decision, { ...facts, freeze: { state: "lifted", at: null } }).ok;
}
