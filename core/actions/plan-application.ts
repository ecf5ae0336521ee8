import { insertPlan, lockApplicationOfTicket, updateApplication } from "../db/applications.ts";
import { writeJournal } from "../db/journal.ts";
import type { Tx } from "../db/tables.ts";
import { lockTicket } from "../db/tickets.ts";
import { hourInMilliseconds } from "../domain/durations.ts";
import type { ApplicationPlan } from "../domain/hosting/application.ts";
import type { HostingFailure } from "../domain/hosting/hosting-failure.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import { doStepByMachine } from "./do-step-by-machine.ts";
import type { Setting } from "./setting.ts";

/** The image of an application is on its target: from now on its stack can be written. */
export async function recordImage(
  tx: Tx,
  setting: Setting,
  { ticketId, applicationId, imageId }: { ticketId: number; applicationId: number; imageId: string },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, ticketId);
  const application = await lockApplicationOfTicket(tx, ticketId);
  if (ticket?.state !== "planning-application" || application?.id !== applicationId) {
    return refuse("no-such-application");
  }
  await updateApplication(tx, application.id, { imageId }, setting.now);
  return accept();
}

/** Keeps the plan that a machine has made; infrastructure looks at it next. */
export async function recordPlan(
  tx: Tx,
  setting: Setting,
  {
    ticketId,
    applicationId,
    plan,
  }: {
    ticketId: number;
    applicationId: number;
    plan: Omit<ApplicationPlan, "id" | "applicationId" | "madeAt" | "expiresAt">;
  },
): Promise<Outcome> {
  const { now, rules } = setting;
  await lockTicket(tx, ticketId);
  const application = await lockApplicationOfTicket(tx, ticketId);
  if (application?.id !== applicationId || rules.hosting === undefined) return refuse("no-such-application");
  const done = await doStepByMachine(tx, setting, { ticketId, step: "application-planned" });
  if (!done.ok) return done;
  const expiresAt = new Date(now.getTime() + rules.hosting.planHours * hourInMilliseconds);
  const planId = await insertPlan(tx, { ...plan, applicationId: application.id, madeAt: now, expiresAt });
  await writeJournal(tx, {
    at: now,
    actorId: null,
    onBehalfOf: "data-center",
    event: "application-planned",
    subject: { kind: "application", id: application.id },
    details: { planId, ...plan.hashes, imageId: plan.imageId, changes: plan.changes.length },
  });
  return accept();
}

/** Nothing came of it: the data center reads why, and what was reserved is free again. */
export async function recordPlanFailure(
  tx: Tx,
  setting: Setting,
  { ticketId, why }: { ticketId: number; why: HostingFailure },
): Promise<Outcome> {
  const done = await doStepByMachine(tx, setting, {
    ticketId,
    step: "planning-failed",
    answers: { "why-failed": why },
  });
  return done.ok ? accept() : done;
}
