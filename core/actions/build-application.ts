import { findLatestPlan, lockApplicationOfTicket, updateApplication } from "../db/applications.ts";
import { findLastStep } from "../db/entries.ts";
import { writeJournal } from "../db/journal.ts";
import type { Tx } from "../db/tables.ts";
import { lockTicket } from "../db/tickets.ts";
import type { Application, ApplicationPlan } from "../domain/hosting/application.ts";
import type { HostingFailure, SeenFrom } from "../domain/hosting/hosting-failure.ts";
import { refusalOfPlan } from "../domain/hosting/plan-rules.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import { useReservedNames } from "./change-name.ts";
import { doStepByMachine } from "./do-step-by-machine.ts";
import { isStillHeld } from "./is-still-held.ts";
import { useReservationsOfTicket } from "./release-address.ts";
import type { Setting } from "./setting.ts";

/**
 * A machine begins to change its host. From now on the addresses are the application's: who cancels the ticket frees nothing
 * that may be in use.
 *
 * @param planId that was compared with what would be done now
 */
export async function beginBuilding(
  tx: Tx,
  setting: Setting,
  { ticketId, planId }: { ticketId: number; planId: number },
): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  const { application, plan } = found.value;
  if (plan.id !== planId) return refuse("plan-changed");
  const mayBuild = refusalOfPlan(plan, application, { now: setting.now, hosting: setting.rules.hosting });
  if (!mayBuild.ok) return mayBuild;
  if (!(await isStillHeld(tx, application))) return refuse("network-given-up");
  const personId = (await findLastStep(tx, ticketId))?.personId ?? null;
  if (personId === null) throw new Error(`building for ticket ${ticketId}: nobody has approved it`);
  await useReservationsOfTicket(tx, setting, ticketId, { personId });
  await updateApplication(tx, application.id, { state: "building", begunPlanId: planId }, setting.now);
  await record(tx, setting, "application-build-begun", application, { planId });
  return accept();
}

async function lockBuilding(
  tx: Tx,
  ticketId: number,
): Promise<Outcome<{ application: Application; plan: ApplicationPlan }>> {
  const ticket = await lockTicket(tx, ticketId);
  const application = await lockApplicationOfTicket(tx, ticketId);
  const plan = application && (await findLatestPlan(tx, application.id));
  if (ticket?.state !== "building-application" || application === undefined || plan === undefined) {
    return refuse("no-such-application");
  }
  return accept({ application, plan });
}

/** It answers: its name leads to it from now on, and the data center reports it. */
export async function recordBuilt(
  tx: Tx,
  setting: Setting,
  { ticketId, seen }: { ticketId: number; seen: { intranet: SeenFrom; internet: SeenFrom } },
): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  const { application, plan } = found.value;
  const named = await useReservedNames(tx, setting, ticketId, { personId: null });
  if (!named.ok) return named;
  await updateApplication(tx, application.id, { state: "built" }, setting.now);
  await record(tx, setting, "application-built", application, { planId: plan.id });
  const answers = { "seen-from-intranet": seen.intranet, "seen-from-internet": seen.internet };
  return done(await doStepByMachine(tx, setting, { ticketId, step: "application-built", answers }));
}

/** A part of it may stand on its host; the data center goes on. */
export async function recordBuildFailure(
  tx: Tx,
  setting: Setting,
  { ticketId, why }: { ticketId: number; why: HostingFailure },
): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  const { application } = found.value;
  if (application.state === "building") await updateApplication(tx, application.id, { state: "failed" }, setting.now);
  await record(tx, setting, "application-build-failed", application, {});
  return done(
    await doStepByMachine(tx, setting, { ticketId, step: "building-failed", answers: { "why-failed": why } }),
  );
}

/** What would be done now is not what was approved: it is planned and shown anew. */
export async function recordOutdated(tx: Tx, setting: Setting, { ticketId }: { ticketId: number }): Promise<Outcome> {
  const found = await lockBuilding(tx, ticketId);
  if (!found.ok) return found;
  await record(tx, setting, "application-plan-outdated", found.value.application, { planId: found.value.plan.id });
  return done(await doStepByMachine(tx, setting, { ticketId, step: "plan-outdated" }));
}

function done(outcome: Outcome<unknown>): Outcome {
  return outcome.ok ? accept() : outcome;
}

function record(
  tx: Tx,
  { now }: Setting,
  event: string,
  { id, stack, ticketId }: Application,
  details: Record<string, number>,
): Promise<void> {
  return writeJournal(tx, {
    at: now,
    actorId: null,
    onBehalfOf: "data-center",
    event,
    subject: { kind: "application", id },
    details: { stack, ticketId, ...details },
  });
}
