import { findOpenRevision, markReleased } from "../../db/hosting/application-revisions.ts";
import { lockApplication } from "../../db/hosting/applications.ts";
import { findPrefix, lockZone } from "../../db/ipam/prefixes.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { takePrefixAway } from "../ipam/prefixes.ts";
import { freeAddressesOfTicket } from "../ipam/release-address.ts";
import { releaseNameInUse } from "../names/change-name.ts";
import { tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";

/**
 * The clock: what was deleted has been kept for its time. Its network is free again, its name rests as any that was in use, and
 * the data center reads that its data may be purged. A name that something else needs stays in use, and infrastructure reads why.
 * Not while it is just being started again; safe to do twice.
 */
export async function releaseDeleted(tx: Tx, setting: Setting, { id }: { id: number }): Promise<void> {
  const application = await lockApplication(tx, id);
  if (application === undefined || application.state !== "deleted" || !application.isKept) return;
  const { keptUntil, prefixId, ticketId, revision, stack } = application;
  if (keptUntil === null || keptUntil > setting.now || (await findOpenRevision(tx, id)) !== undefined) return;
  const prefix = await findPrefix(tx, prefixId);
  if (prefix !== undefined) await lockZone(tx, prefix.zoneId);
  await freeAddressesOfTicket(tx, setting, ticketId);
  const named = await releaseNameInUse(tx, setting, revision.domainName, { personId: null });
  await takePrefixAway(tx, setting, prefixId, { personId: null });
  await markReleased(tx, id, setting.now);
  await writeJournal(tx, {
    at: setting.now,
    actorId: null,
    onBehalfOf: "data-center",
    event: "application-released",
    subject: { kind: "application", id },
    details: { stack, prefixId },
  });
  const over = { kind: "application-kept-over", applicationId: id } as const;
  const notice = named.ok ? over : { ...over, nameKept: named.refusal };
  await tellRole(tx, "data-center", notice, setting);
  if (!named.ok) await tellRole(tx, "infrastructure", notice, setting);
}
