import { insertSecrets } from "../../db/hosting/application-databases.ts";
import { lockApplicationOfTicket, updateRevision } from "../../db/hosting/applications.ts";
import { insertPlan } from "../../db/hosting/stack-plans.ts";
import { type AccessSecrets, insertAccessSecrets } from "../../db/hosting/vendor-accesses.ts";
import { lockWanted } from "../../db/hosting/wanted.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { hourInMilliseconds } from "../../domain/durations.ts";
import type { DatabaseSecrets, StackPlan } from "../../domain/hosting/application.ts";
import { type FailedWork, isOfMachines } from "../../domain/hosting/hosting-failure.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { saidOfFailure } from "../../domain/procedures/hosting-questions.ts";
import type { Setting } from "../setting.ts";
import { freeReserved } from "../ticket/free-reserved.ts";
import { isStillHeld } from "../ticket/is-still-held.ts";
import { setClock } from "../ticket/set-clock.ts";
import { doStepByMachine } from "./do-step-by-machine.ts";
import { subjectOfWanted } from "./journal-of-stacks.ts";

/** The image of an application is on its target, and its database has secrets: from now on its stack can be written. */
export async function recordImage(
  tx: Tx,
  setting: Setting,
  {
    ticketId,
    revisionId,
    imageId,
    secrets,
  }: { ticketId: number; revisionId: number; imageId: string; secrets: DatabaseSecrets | null },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, ticketId);
  const application = await lockApplicationOfTicket(tx, ticketId);
  if (ticket?.state !== "planning-application" || application?.revision.id !== revisionId) {
    return refuse("no-such-application");
  }
  await updateRevision(tx, revisionId, { imageId }, setting.now);
  if (secrets !== null && application.secrets === null) await insertSecrets(tx, application.id, secrets);
  return accept();
}

/** The server by which a vendor is to get in has a key of its own, by which it is known; an account in a database has a password. */
export async function recordAccessSecrets(
  tx: Tx,
  _setting: Setting,
  { ticketId, accessId, secrets }: { ticketId: number; accessId: number; secrets: AccessSecrets },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, ticketId);
  const application = await lockApplicationOfTicket(tx, ticketId);
  if (ticket?.state !== "planning-application" || application?.access?.id !== accessId) {
    return refuse("no-such-application");
  }
  await insertAccessSecrets(tx, accessId, secrets);
  return accept();
}

/** Keeps the plan that a machine has made; infrastructure looks at it next. Of what the registers hold for it no more nothing is shown. */
export async function recordPlan(
  tx: Tx,
  setting: Setting,
  {
    ticketId,
    stack,
    revisionId,
    plan,
  }: {
    ticketId: number;
    stack: string;
    /** of an application */
    revisionId?: number | undefined;
    plan: Omit<StackPlan, "id" | "stack" | "ticketId" | "madeAt" | "expiresAt">;
  },
): Promise<Outcome> {
  const { now, rules } = setting;
  await lockTicket(tx, ticketId);
  const wanted = await lockWanted(tx, ticketId);
  const isSame = wanted?.stack === stack && wanted.application?.revision.id === revisionId;
  if (!isSame || rules.hosting === undefined) return refuse("no-such-application");
  if (!(await isStillHeld(tx, wanted))) return recordPlanFailure(tx, setting, { ticketId, why: "network-given-up" });
  const done = await doStepByMachine(tx, setting, { ticketId, step: "application-planned" });
  if (!done.ok) return done;
  const expiresAt = new Date(now.getTime() + rules.hosting.planHours * hourInMilliseconds);
  const planId = await insertPlan(tx, { ...plan, stack, ticketId, madeAt: now, expiresAt });
  // Where it is asked at once whether it is approved, that lapses with the plan.
  await setClock(tx, ticketId, setting);
  await writeJournal(tx, {
    at: now,
    actorId: null,
    onBehalfOf: "data-center",
    event: "application-planned",
    subject: subjectOfWanted(wanted, planId),
    details: { stack, planId, ...plan.hashes, imageId: plan.imageId, changes: plan.changes.length },
  });
  return accept();
}

/**
 * Nothing came of it: the data center reads why, and what was reserved is free again. Of a new application it stays where a host was
 * the reason: the next plan takes the same. A change has reserved nothing that others would take, and begins anew.
 */
export async function recordPlanFailure(
  tx: Tx,
  setting: Setting,
  { ticketId, ...failed }: { ticketId: number } & FailedWork,
): Promise<Outcome> {
  const done = await doStepByMachine(tx, setting, {
    ticketId,
    step: "planning-failed",
    answers: saidOfFailure(failed),
  });
  if (!done.ok) return done;
  const application = await lockApplicationOfTicket(tx, ticketId);
  const isKept = application?.revision.change === "new" && isOfMachines(failed.why);
  if (!isKept) await freeReserved(tx, setting, ticketId, { personId: null });
  return accept();
}
