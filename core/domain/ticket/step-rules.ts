import { dayInMilliseconds } from "../durations.ts";
import { type Answers, type FieldContext, parseAnswers } from "../form/field.ts";
import type { MachineCheckCounts } from "../hosting/machine-checks.ts";
import {
  isMaintainedElsewhere,
  type MaintainedAsset,
  type Maintainers,
  maintenanceOfConcern,
  maintenanceWithAssets,
} from "../maintenance/maintainer.ts";
import { accept, type Outcome, type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import type { Role } from "../people/roles.ts";
import { findProcedure } from "../procedures/index.ts";
import {
  alwaysApplies,
  asksApproval,
  findStep,
  isAnswer,
  isInForce,
  type Procedure,
  type Step,
  statesBefore,
  stepsFrom,
} from "../procedures/procedure.ts";
import { type Approval, isOfChain, isTermOver, refusalOfDecision, roundOf } from "./approval-rules.ts";
import type { Freeze } from "./freeze-rules.ts";
import { isColleague, maySee, speaksForRequester, type Ticket } from "./ticket.ts";

export type StepContext = FieldContext & {
  /** Items of check lists that have a result since the ticket came to its state. */
  checked: readonly string[];
  /** Those of them whose last result is that it failed. Absent: none. */
  failed?: readonly string[];
  /** Days after its end in which a ticket can be reopened. */
  reopenWithinDays: number;
  /** A reminder of the ticket's latest question has come: colleagues of the requester may answer it. Absent: none has. */
  isReminded?: boolean;
  /** Who asked the requester the question that is open. */
  askedBy?: number | null;
  /** The latest request for approval. Absent: none was made, so nobody decides. */
  approval?: Approval | undefined;
  /** Absent: nobody has frozen approvals. */
  freeze?: Freeze;
  /** Who maintains what (R65). */
  maintainers?: Maintainers;
  /** A place in a rack is reserved for the ticket. Absent: it is not known, and asked later. */
  hasPlace?: boolean;
  /** What a machine has checked of the ticket's application. Absent: nothing. */
  machineChecks?: MachineCheckCounts;
  /** Until when what a machine has planned can be built. Absent: it has planned nothing. */
  planExpiresAt?: Date | undefined;
  /** Applications can be hosted by machine. Absent: they cannot. */
  canHost?: boolean;
  /** What the ticket was tied to. Absent: nothing. */
  assets?: readonly MaintainedAsset[];
};

/** Whether this person may do this step on this ticket now, before anything is asked. */
export function refusalOfStep(
  procedure: Procedure,
  step: Step,
  ticket: Ticket,
  person: Person,
  context: Omit<StepContext, "zone">,
): Refusal | undefined {
  const isForColleague = context.isReminded === true && isAnswer(procedure, step) && isColleague(person, ticket);
  const { approval, now, freeze = { state: "lifted", at: null } } = context;
  const isForApprover = step.decides !== undefined && isOfChain(person, approval);
  if (!maySee(person, ticket) && !isForColleague && !isForApprover) return refuse("no-such-ticket").refusal;
  if (step.by !== undefined) return refuse(`${step.by}-only`).refusal;
  if (step.decides !== undefined) {
    return statesBefore(step).includes(ticket.state)
      ? refusalOfDecision(step.decides, ticket, person, approval, { now, freeze })
      : refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state, ...roundOf(approval) }).refusal;
  }
  const role = roleOf(step, ticket);
  if (!actsAs(role, person, ticket) && !isForColleague) return refuse("not-your-role", { role }).refusal;
  if (!statesBefore(step).includes(ticket.state)) return refusalOfState(procedure, step, ticket);
  const isOwn = person.id === context.askedBy || person.id === ticket.requesterId;
  if (step.forRequester && isOwn) return refuse("not-your-own-question").refusal;
  const isTakenByColleague = step.role !== "user" && ticket.assigneeId !== null && ticket.assigneeId !== person.id;
  if (isTakenByColleague) return refuse("taken-by-colleague", { assigneeId: ticket.assigneeId ?? 0 }).refusal;
  if (isTooLateToReopen(ticket, context)) {
    return refuse("too-late-to-reopen", { days: context.reopenWithinDays }).refusal;
  }
  if (ticket.endedAt !== null && isTermOver(approval, now)) return refuse("term-over").refusal;
  if (step.ifMaintainedElsewhere && context.maintainers !== undefined) {
    const { maintainers, assets = [] } = context;
    const concern = maintenanceOfConcern(procedure, ticket.answers, maintainers);
    const maintained = maintenanceWithAssets(concern, assets, maintainers);
    if (!isMaintainedElsewhere(maintained)) return refuse("maintained-by-dinas").refusal;
  }
  if (step.needsHosting && context.canHost !== true) return refuse("hosting-off").refusal;
  const missing = uncheckedItems(procedure, step, context.checked);
  if (missing.length > 0) return refuse("checks-missing", { count: missing.length }).refusal;
  if (lacksPlace(step, context)) return refuse("place-missing").refusal;
  const unjudged = refusalOfUnjudged(step, context.machineChecks);
  if (unjudged !== undefined) return unjudged;
  if (step.needsPlan && isPlanOver(context)) return refuse("plan-expired").refusal;
  const failed = step.needsNoneFailed ? (context.failed ?? []) : [];
  if (failed.length > 0) return refuse("checks-failed", { count: failed.length }).refusal;
  return undefined;
}

/** From the ticket's state the step does not lead. */
function refusalOfState({ states }: Procedure, { name }: Step, { id: ticketId, state }: Ticket): Refusal {
  const isTooLate = name === "cancel" && states[state]?.isStanding;
  return isTooLate ? refuse("stands-already").refusal : refuse("ticket-moved-on", { ticketId, state }).refusal;
}

/** In which role a step is done: a decision in that of the approver whose turn it is. */
export function roleOf(step: Step, { holder, state }: Pick<Ticket, "holder" | "state">): Role {
  const isAsked = step.decides !== undefined && statesBefore(step).includes(state);
  return isAsked ? (holder ?? step.role) : step.role;
}

/** The steps that this person can do now, in the order of the table: the buttons of the ticket's card. */
export function stepsFor(
  procedure: Procedure,
  ticket: Ticket,
  person: Person,
  context: Omit<StepContext, "zone">,
): Step[] {
  return stepsFrom(procedure, ticket.state).filter(
    (step) => refusalOfStep(procedure, step, ticket, person, context) === undefined,
  );
}

/** The step with its answers checked, ready to be stored. */
export function decideStep(
  procedure: Procedure,
  stepName: string,
  ticket: Ticket,
  person: Person,
  answers: Answers,
  context: StepContext,
): Outcome<{ step: Step; answers: Answers }> {
  const step = findStep(procedure, stepName);
  if (step === undefined) return refuse("no-such-step");
  const refusal = refusalOfStep(procedure, step, ticket, person, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const parsed = parseAnswers(step.asks ?? [], answers, context);
  if (!parsed.ok) return parsed;
  const isLeftOut = parsed.value.result === "not-applicable" && alwaysApplies(step, parsed.value.check);
  return isLeftOut ? refuse("check-always-applies", { field: "result" }) : accept({ step, answers: parsed.value });
}

/** A step that the clock does by a rule of the desk, or a machine when its work has ended: nobody's rights are asked. */
export function decideStepByClock(
  procedure: Procedure,
  stepName: string,
  ticket: Ticket,
  answers: Answers,
  context: FieldContext,
): Outcome<{ step: Step; answers: Answers }> {
  const step = findStep(procedure, stepName);
  if (step?.by === undefined) return refuse("no-such-step");
  if (!statesBefore(step).includes(ticket.state))
    return refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state });
  const parsed = parseAnswers(step.asks ?? [], answers, context);
  return parsed.ok ? accept({ step, answers: parsed.value }) : parsed;
}

/** Taking work: for the team whose turn it is; also from a colleague, who is told. */
export function refusalOfTaking(ticket: Ticket, person: Person): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (ticket.holder === null) return refuse("ticket-ended").refusal;
  const procedure = findProcedure(ticket.procedure);
  if (asksApproval(procedure, ticket.state)) return refuse("approval-not-taken").refusal;
  if (isInForce(procedure, ticket.state)) return refuse("in-force-not-taken").refusal;
  if (ticket.holder === "user" || !hasRole(person, ticket.holder)) {
    return refuse("not-your-role", { role: ticket.holder }).refusal;
  }
  if (ticket.assigneeId === person.id) return refuse("taken-by-you").refusal;
  return undefined;
}

function actsAs(role: Role, person: Person, ticket: Ticket): boolean {
  if (role === "user") return speaksForRequester(person, ticket);
  return hasRole(person, role);
}

function isTooLateToReopen(
  ticket: Ticket,
  { now, reopenWithinDays }: { now: Date; reopenWithinDays: number },
): boolean {
  if (ticket.endedAt === null) return false;
  return now.getTime() - ticket.endedAt.getTime() > reopenWithinDays * dayInMilliseconds;
}

function uncheckedItems(procedure: Procedure, step: Step, checked: readonly string[]): string[] {
  if (step.needsChecksOf === undefined) return [];
  const items = findStep(procedure, step.needsChecksOf)?.checks ?? [];
  return items.filter((item) => !checked.includes(item));
}

function refusalOfUnjudged(
  { judges, needsVerdicts }: Step,
  { all, waiting, open }: MachineCheckCounts = { all: 0, waiting: 0, open: 0 },
): Refusal | undefined {
  if (judges && all === 0) return refuse("no-machine-checks").refusal;
  if (!needsVerdicts) return undefined;
  if (waiting > 0) return refuse("machine-checks-running", { count: waiting }).refusal;
  return open > 0 ? refuse("verdicts-missing", { count: open }).refusal : undefined;
}

function isPlanOver({ planExpiresAt, now }: Pick<StepContext, "planExpiresAt" | "now">): boolean {
  return planExpiresAt !== undefined && planExpiresAt <= now;
}

function lacksPlace(
  { needsPlace }: Step,
  { hasPlace, failed = [] }: Pick<StepContext, "hasPlace" | "failed">,
): boolean {
  if (needsPlace === undefined || hasPlace !== false) return false;
  return needsPlace.unlessFailed === undefined || !failed.includes(needsPlace.unlessFailed);
}
