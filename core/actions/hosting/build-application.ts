import { deleteSecrets, markFilled } from "../../db/hosting/application-databases.ts";
import { findRevision } from "../../db/hosting/application-revisions.ts";
import { updateApplication, updateRevision } from "../../db/hosting/applications.ts";
import { findLatestPlan } from "../../db/hosting/stack-plans.ts";
import { markAsApproved, markBegun } from "../../db/hosting/stacks.ts";
import { lockWanted } from "../../db/hosting/wanted.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { findPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { findApproval, findApprovedPlanId } from "../../db/ticket/approvals.ts";
import { findLastStep } from "../../db/ticket/done-steps.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { dayInMilliseconds } from "../../domain/durations.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Application, StackPlan } from "../../domain/hosting/application.ts";
import { stateAfter } from "../../domain/hosting/change-rules.ts";
import type { FailedWork } from "../../domain/hosting/hosting-failure.ts";
import { type Previewed, refusalOfPlan, refusalOfPreview } from "../../domain/hosting/plan-rules.ts";
import { keptDaysOf } from "../../domain/hosting/render-stack.ts";
import type { Seen } from "../../domain/hosting/seen.ts";
import type { Wanted } from "../../domain/hosting/wanted.ts";
import { accept, type Outcome, type Refusal, refuse } from "../../domain/outcome.ts";
import { saidOfFailure } from "../../domain/procedures/hosting-questions.ts";
import { isAskedOf, refusalOfStandingApproval } from "../../domain/ticket/approval-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { useReservationsOfTicket } from "../ipam/release-address.ts";
import { releaseNameInUse, useReservedNames } from "../names/change-name.ts";
import type { Setting } from "../setting.ts";
import { refusalOfUpdating } from "../ticket/freeze.ts";
import { isStillHeld } from "../ticket/is-still-held.ts";
import { doStepByMachine } from "./do-step-by-machine.ts";
import { endAccessOf, grantAccess } from "./end-access.ts";
import { subjectOfWanted } from "./journal-of-stacks.ts";
import { keepMachineLog, type MachineLog } from "./keep-machine-log.ts";
import { outdatePlan } from "./outdate-plan.ts";

/**
 * A machine begins to change its host. From now on the addresses are the application's: who cancels the ticket frees nothing
 * that may be in use.
 *
 * @param planId by which it would be built
 * @param previewed what would be done now
 */
export async function beginBuilding(
  tx: Tx,
  setting: Setting,
  { ticketId, planId, previewed }: { ticketId: number; planId: number; previewed: Previewed },
): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  const { ticket, wanted, plan } = found.value;
  if (plan.id !== planId) return refuse("plan-changed");
  const mayBuild = refusalOfPlan(plan, wanted, { now: setting.now, hosting: setting.rules.hosting });
  if (!mayBuild.ok) return mayBuild;
  if (wanted.application?.state === "isolated") return refuse("application-isolated");
  const isSame = refusalOfPreview(plan, previewed, { now: setting.now, begunId: wanted.begunPlanId });
  if (!isSame.ok) return isSame;
  if (!(await isStillHeld(tx, wanted))) return refuse("network-given-up");
  const unapproved = await refusalOfApproval(tx, setting, ticket, plan);
  if (unapproved !== undefined) return { ok: false, refusal: unapproved };
  const personId = (await findLastStep(tx, ticketId))?.personId ?? null;
  if (personId === null) throw new Error(`building for ticket ${ticketId}: nobody has approved it`);
  await useReservationsOfTicket(tx, setting, ticketId, { personId });
  const { application, stack } = wanted;
  if (application !== undefined) await updateRevision(tx, application.revision.id, { state: "building" }, setting.now);
  await markBegun(tx, stack, planId);
  if (application !== undefined) await endAccessAsItStops(tx, setting, application);
  await record(tx, setting, "application-build-begun", wanted, planId);
  return accept();
}

/** While its database still runs, so that an account of a vendor there can be dropped. */
async function endAccessAsItStops(tx: Tx, setting: Setting, application: Application): Promise<void> {
  const state = stateAfter(application.revision);
  if (state === "stopped" || state === "deleted") await endAccessOf(tx, setting, application, state);
}

/** That very plan was approved, by people who still might, and nobody has stopped all updates since. */
async function refusalOfApproval(
  tx: Tx,
  setting: Setting,
  ticket: Ticket,
  plan: StackPlan,
): Promise<Refusal | undefined> {
  const approval = await findApproval(tx, ticket, setting.rules);
  if (approval === undefined || (await findApprovedPlanId(tx, approval.id)) !== plan.id) {
    return refuse("plan-changed", { by: "approvers" }).refusal;
  }
  if (!isAskedOf(approval, setting.rules.approvers(ticket.procedure)))
    return refuse("plan-changed", { by: "approvers" }).refusal;
  const approvers = await Promise.all(approval.decisions.map(({ personId }) => findPerson(tx, personId ?? 0)));
  const known = approvers.filter((approver) => approver !== undefined);
  const unapproved = refusalOfStandingApproval(ticket, approval, known);
  if (unapproved !== undefined) return unapproved;
  return refusalOfUpdating(tx, setting);
}

type Building = { ticket: Ticket; wanted: Wanted; plan: StackPlan };

async function lockBuilding(tx: Tx, ticketId: number): Promise<Outcome<Building>> {
  const ticket = await lockTicket(tx, ticketId);
  const wanted = await lockWanted(tx, ticketId);
  const plan = wanted && (await findLatestPlan(tx, wanted));
  if (ticket?.state !== "building-application" || wanted === undefined || plan === undefined) {
    return refuse("no-such-application");
  }
  return accept({ ticket, wanted, plan });
}

/** The database of an application is filled: nothing is loaded over what people enter from now on. */
export async function recordFilled(tx: Tx, setting: Setting, { ticketId }: { ticketId: number }): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  const { wanted, plan } = found.value;
  if (wanted.application === undefined) return refuse("no-such-application");
  await markFilled(tx, wanted.application.id, setting.now);
  await record(tx, setting, "application-database-filled", wanted, plan.id);
  return accept();
}

/** What came of it. @property log what was printed, if anything was */
type Ended = { ticketId: number; log?: MachineLog | undefined };

/**
 * It answers, or stands still as it was asked for: an application's name leads to it from now on. @param seen of an application
 */
export async function recordBuilt(
  tx: Tx,
  setting: Setting,
  { ticketId, seen, log }: Ended & { seen?: Seen | undefined },
): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  const { wanted, plan } = found.value;
  const { application, stack } = wanted;
  if (application !== undefined) {
    if (application.state === "isolated") return refuse("application-isolated");
    const named = await useReservedNames(tx, setting, ticketId, { personId: null });
    if (!named.ok) return named;
    const released = await releaseFormerName(tx, setting, application);
    if (!released.ok) return released;
    await stand(tx, setting, application, plan);
    await grantAccess(tx, setting, application);
  }
  await markAsApproved(tx, stack, plan.id, setting.now);
  await record(tx, setting, "application-built", wanted, plan.id);
  const answers: Answers = seen ? { "seen-from-intranet": seen.intranet, "seen-from-internet": seen.internet } : {};
  return endWithLog(tx, setting, wanted, { step: "application-built", answers, log });
}

/** A name in whose place another one answers is given back. */
async function releaseFormerName(tx: Tx, setting: Setting, { standingId, revision }: Application): Promise<Outcome> {
  if (revision.change !== "name" || standingId === null) return accept();
  const standing = await findRevision(tx, standingId);
  return standing === undefined ? accept() : releaseNameInUse(tx, setting, standing.domainName, { personId: null });
}

/** The revision stands from now on. What is deleted is kept for the time that was approved. */
async function stand(tx: Tx, { now }: Setting, { id, revision }: Application, plan: StackPlan): Promise<void> {
  await updateRevision(tx, revision.id, { state: "built" }, now);
  const state = stateAfter(revision);
  const keptDays = keptDaysOf(plan.input);
  const keptUntil = keptDays === undefined ? null : new Date(now.getTime() + keptDays * dayInMilliseconds);
  await updateApplication(tx, id, { state, revisionId: revision.id, keptUntil }, now);
  if (state === "removed") await deleteSecrets(tx, id);
}

/** A part of it may stand on its host; the data center goes on. */
export async function recordBuildFailure(
  tx: Tx,
  setting: Setting,
  { ticketId, log, ...failed }: Ended & FailedWork,
): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  const { wanted, plan } = found.value;
  const revision = wanted.application?.revision;
  if (revision?.state === "building") await updateRevision(tx, revision.id, { state: "failed" }, setting.now);
  await record(tx, setting, "application-build-failed", wanted, plan.id);
  return endWithLog(tx, setting, wanted, { step: "building-failed", answers: saidOfFailure(failed), log });
}

async function endWithLog(
  tx: Tx,
  setting: Setting,
  { ticketId, stack }: Wanted,
  { step, answers, log }: { step: string; answers: Answers; log: MachineLog | undefined },
): Promise<Outcome> {
  const before = await findLastStep(tx, ticketId);
  const ended = await doStepByMachine(tx, setting, { ticketId, step, answers });
  if (ended.ok && log !== undefined && before?.personId != null) {
    await keepMachineLog(tx, setting, { ticketId, stack, personId: before.personId, log });
  }
  return done(ended);
}

/**
 * What would be done now is not what was approved: it is planned and shown anew. A first build of which a part stands already has
 * failed instead: that part would be nobody's, were the next plan refused or cancelled, and is to be removed first.
 *
 * @param refusal why it cannot be built
 */
export async function recordOutdated(
  tx: Tx,
  setting: Setting,
  { ticketId, refusal, log }: Ended & { refusal: Refusal },
): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  const { wanted, plan } = found.value;
  const revision = wanted.application?.revision;
  if (revision?.change === "new" && wanted.begunPlanId !== null) {
    return recordBuildFailure(tx, setting, { ticketId, why: "plan-outdated", log });
  }
  // As any other change that is only planned it can be given up from now on, also where a part of it was built.
  if (revision !== undefined && revision.change !== "new") {
    await updateRevision(tx, revision.id, { state: "planned" }, setting.now);
  }
  await record(tx, setting, "application-plan-outdated", wanted, plan.id);
  return done(await outdatePlan(tx, setting, { ticketId, refusal }));
}

function done(outcome: Outcome<unknown>): Outcome {
  return outcome.ok ? accept() : outcome;
}

function record(tx: Tx, { now }: Setting, event: string, wanted: Wanted, planId: number): Promise<void> {
  return writeJournal(tx, {
    at: now,
    actorId: null,
    onBehalfOf: "data-center",
    event,
    subject: subjectOfWanted(wanted, planId),
    details: { stack: wanted.stack, ticketId: wanted.ticketId, planId },
  });
}
