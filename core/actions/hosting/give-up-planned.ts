import { deleteSecrets } from "../../db/hosting/application-databases.ts";
import { lockApplicationOfTicket, updateApplication, updateRevision } from "../../db/hosting/applications.ts";
import { findStackOfTicket } from "../../db/hosting/stacks.ts";
import { findPrefix, lockZone } from "../../db/ipam/prefixes.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import type { Application } from "../../domain/hosting/application.ts";
import { takePrefixAway } from "../ipam/prefixes.ts";
import type { Setting } from "../setting.ts";
import { dropAccess, endAccessOf } from "./end-access.ts";

/** What is only planned for a ticket. Of an application that is not there yet the zone of its network is locked: it will be given back. */
export async function lockPlanned(tx: Tx, ticketId: number): Promise<Application | undefined> {
  const application = await lockApplicationOfTicket(tx, ticketId);
  if (application?.revision.state !== "planned") return undefined;
  if (application.revision.change !== "new") return application;
  const prefix = await findPrefix(tx, application.prefixId);
  if (prefix !== undefined) await lockZone(tx, prefix.zoneId);
  return application;
}

/**
 * It will not be built. The network of an application that was to be goes back, where nobody else has got an address of it; its
 * addresses were freed before. What stands already stays as it is.
 */
export async function giveUpPlanned(
  tx: Tx,
  setting: Setting,
  application: Application,
  { personId }: { personId: number | null },
): Promise<void> {
  const { id, stack, ticketId, prefixId, revision } = application;
  await updateRevision(tx, revision.id, { state: "given-up" }, setting.now);
  if (revision.change === "new") {
    await updateApplication(tx, id, { state: "removed" }, setting.now);
    await takePrefixAway(tx, setting, prefixId, { personId });
    await deleteSecrets(tx, id);
  }
  if (revision.change === "access") await giveUpAccess(tx, setting, application);
  await setting.tasks.enqueue(tx, "withdraw-plan", { stack });
  await writeJournal(tx, {
    at: setting.now,
    actorId: personId,
    ...(personId === null ? { onBehalfOf: "data-center" as const } : {}),
    event: "application-given-up",
    subject: { kind: "application", id },
    details: { stack, ticketId, revisionId: revision.id },
  });
}

/** Of what all applications of a target share nothing is reserved; its stack's file is the plan's. */
export async function giveUpPlatform(tx: Tx, { tasks }: Setting, ticketId: number): Promise<void> {
  const shared = await findStackOfTicket(tx, ticketId);
  if (shared !== undefined) await tasks.enqueue(tx, "withdraw-plan", { stack: shared.stack });
}

/** A part of it may stand where a plan was begun before this one: then it is shut as one that stood. */
function giveUpAccess(tx: Tx, setting: Setting, application: Application): Promise<void> {
  const isBegun = application.begunPlanId !== null;
  return isBegun ? endAccessOf(tx, setting, application, "given-up") : dropAccess(tx, setting, application);
}
