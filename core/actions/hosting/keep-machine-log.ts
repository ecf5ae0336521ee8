import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { insertAttachment, updateAttachment } from "../../db/ticket/attachments.ts";
import { findLastStep } from "../../db/ticket/done-steps.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";

/** What was printed while a machine worked, as it lies in the store. */
export type MachineLog = { sha256: string; sizeBytes: number };

/**
 * It becomes a file of the step with which the machine's work has just ended; the requester does not read it.
 *
 * @param personId by whose step the machine began
 */
export async function keepMachineLog(
  tx: Tx,
  setting: Setting,
  { ticketId, stack, personId, log }: { ticketId: number; stack: string; personId: number; log: MachineLog },
): Promise<void> {
  const entry = await findLastStep(tx, ticketId);
  if (entry === undefined) throw new Error(`keeping the log of stack ${stack}: ticket ${ticketId} has no step`);
  const { entryId } = entry;
  const { sha256, sizeBytes } = log;
  const attachmentId = await insertAttachment(tx, {
    ...{ kind: "document", name: `${stack}-pulumi-${entryId}.txt`, mimeType: "text/plain", telegramFileId: null },
    ...{ draftId: null, field: null, ticketId, entryId, personId, now: setting.now },
  });
  await updateAttachment(tx, attachmentId, { state: "stored", sha256, size_bytes: sizeBytes });
  await writeJournal(tx, {
    ...{ at: setting.now, actorId: null, onBehalfOf: "data-center", event: "machine-log-kept" },
    subject: { kind: "file", id: attachmentId },
    details: { stack, ticketId, sha256 },
  });
  await refreshCards(tx, ticketId, setting);
}
