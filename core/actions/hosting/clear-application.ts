import { deleteSecrets } from "../../db/hosting/application-databases.ts";
import { lockApplicationOfTicket, updateRevision } from "../../db/hosting/applications.ts";
import { markCleared } from "../../db/hosting/stacks.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { findLastStep } from "../../db/ticket/done-steps.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Application } from "../../domain/hosting/application.ts";
import type { FailedWork } from "../../domain/hosting/hosting-failure.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { saidOfFailure } from "../../domain/procedures/hosting-questions.ts";
import { renewReservations } from "../ipam/renew-reservations.ts";
import type { Setting } from "../setting.ts";
import { doStepByMachine } from "./do-step-by-machine.ts";
import { keepMachineLog, type MachineLog } from "./keep-machine-log.ts";

type Cleared = { ticketId: number; log?: MachineLog | undefined };

/**
 * Nothing of a first build stands on its host any more. Its network and name stay reserved, and it is as it was before it was
 * planned to be built: it is planned with other answers, or freed with the ticket.
 */
export async function recordCleared(tx: Tx, setting: Setting, { ticketId, log }: Cleared): Promise<Outcome> {
  const found = await lockClearing(tx, ticketId);
  if (!found.ok) return found;
  const { application, personId } = found.value;
  const { id, stack, revision } = application;
  await updateRevision(tx, revision.id, { state: "planned" }, setting.now);
  await markCleared(tx, stack);
  await deleteSecrets(tx, id);
  await renewReservations(tx, setting, ticketId, { personId, isUnused: true });
  await record(tx, setting, "application-build-cleared", application);
  return end(tx, setting, found.value, { step: "building-cleared", answers: {}, log });
}

/** A part of it may stand still; the data center tries it again, or goes on otherwise. */
export async function recordClearingFailure(
  tx: Tx,
  setting: Setting,
  { ticketId, log, ...failed }: Cleared & FailedWork,
): Promise<Outcome> {
  const found = await lockClearing(tx, ticketId);
  if (!found.ok) return found;
  await record(tx, setting, "application-clearing-failed", found.value.application);
  return end(tx, setting, found.value, { step: "clearing-failed", answers: saidOfFailure(failed), log });
}

/** @property personId who wanted it */
type Clearing = { application: Application; personId: number };

async function lockClearing(tx: Tx, ticketId: number): Promise<Outcome<Clearing>> {
  const ticket = await lockTicket(tx, ticketId);
  const application = await lockApplicationOfTicket(tx, ticketId);
  const personId = (await findLastStep(tx, ticketId))?.personId ?? null;
  if (ticket?.state !== "clearing-application" || application === undefined || personId === null) {
    return refuse("no-such-application");
  }
  return accept({ application, personId });
}

async function end(
  tx: Tx,
  setting: Setting,
  { application: { stack, revision }, personId }: Clearing,
  { step, answers, log }: { step: string; answers: Answers; log: MachineLog | undefined },
): Promise<Outcome> {
  const { ticketId } = revision;
  const ended = await doStepByMachine(tx, setting, { ticketId, step, answers });
  if (!ended.ok) return ended;
  if (log !== undefined) await keepMachineLog(tx, setting, { ticketId, stack, personId, log });
  return accept();
}

function record(tx: Tx, { now }: Setting, event: string, { id, stack, revision }: Application): Promise<void> {
  return writeJournal(tx, {
    ...{ at: now, actorId: null, onBehalfOf: "data-center", event },
    subject: { kind: "application", id },
    details: { stack, ticketId: revision.ticketId, revisionId: revision.id },
  });
}
