import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import type { Application } from "./application.ts";
import { type Isolation, type IsolationDecision, isLifted } from "./isolation.ts";
import { operatesHosting } from "./watch-rules.ts";

/** Whoever operates the hosts, or is on duty for the desk, takes an application off the net, if it runs. */
export function refusalOfIsolating(
  person: Person,
  isOnDuty: boolean,
  application: Pick<Application, "state"> | undefined,
): Outcome {
  if (!operatesHosting(person) && !isOnDuty) return refuse("not-on-duty-or-operator");
  if (application === undefined) return refuse("no-such-application");
  if (application.state === "isolated") return refuse("isolated-already");
  return application.state === "built" ? accept() : refuse("nothing-to-isolate");
}

/** Leadership decides afterwards, and nobody on what they did themselves. */
export function refusalOfDeciding(
  person: Person,
  isolation: Pick<Isolation, "begunById" | "decisions" | "endedAt"> | undefined,
  decision: IsolationDecision,
): Outcome {
  if (!hasRole(person, "leadership")) return refuse("not-your-role", { role: "leadership" });
  if (isolation === undefined) return refuse("no-such-isolation");
  if (isolation.begunById === person.id) return refuse("own-isolation");
  if (isolation.endedAt !== null || isLifted(isolation)) return refuse("isolation-lifted");
  const isConfirmed = isolation.decisions.some((each) => each.decision === "confirmed");
  return decision === "confirmed" && isConfirmed ? refuse("isolation-confirmed") : accept();
}
