import { lockApplicationOfTicket, updateApplication } from "../db/applications.ts";
import { writeJournal } from "../db/journal.ts";
import { findPrefix, lockZone } from "../db/prefixes.ts";
import type { Tx } from "../db/tables.ts";
import type { Application } from "../domain/hosting/application.ts";
import { takePrefixAway } from "./prefixes.ts";
import type { Setting } from "./setting.ts";

/** The application that is only planned for a ticket. The zone of its network is locked: it will be given back. */
export async function lockPlanned(tx: Tx, ticketId: number): Promise<Application | undefined> {
  const application = await lockApplicationOfTicket(tx, ticketId);
  if (application?.state !== "planned") return undefined;
  const prefix = await findPrefix(tx, application.prefixId);
  if (prefix !== undefined) await lockZone(tx, prefix.zoneId);
  return application;
}

/** It will not be built: its network goes back, where nobody else has got an address of it. Its addresses were freed before. */
export async function giveUpPlanned(
  tx: Tx,
  setting: Setting,
  { id, stack, ticketId, prefixId }: Application,
  { personId }: { personId: number | null },
): Promise<void> {
  await updateApplication(tx, id, { state: "removed" }, setting.now);
  await takePrefixAway(tx, setting, prefixId, { personId });
  await writeJournal(tx, {
    at: setting.now,
    actorId: personId,
    ...(personId === null ? { onBehalfOf: "data-center" as const } : {}),
    event: "application-given-up",
    subject: { kind: "application", id },
    details: { stack, ticketId },
  });
}
