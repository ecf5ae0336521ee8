import { insertMachineChecks, isChecked, listMachineChecks } from "../../db/hosting/machine-checks.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { lockAttachment } from "../../db/ticket/attachments.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { CheckResult } from "../../domain/hosting/check.ts";
import { refusalOfVerdict } from "../../domain/hosting/machine-checks.ts";
import { accept, type Outcome } from "../../domain/outcome.ts";
import type { Step } from "../../domain/procedures/procedure.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";

/** Keeps what a machine has found in a file of an application. Safe to record twice: the first time counts. */
export async function recordMachineChecks(
  tx: Tx,
  setting: Setting,
  { attachmentId, results }: { attachmentId: number; results: readonly CheckResult[] },
): Promise<void> {
  const attachment = await lockAttachment(tx, attachmentId);
  if (attachment === undefined || results.length === 0 || (await isChecked(tx, attachmentId))) return;
  await insertMachineChecks(tx, attachmentId, results, setting.now);
  const count = (result: CheckResult["result"]) => results.filter((each) => each.result === result).length;
  await writeJournal(tx, {
    at: setting.now,
    actorId: null,
    onBehalfOf: "data-center",
    event: "file-checked",
    subject: { kind: "file", id: attachmentId },
    details: { passed: count("passed"), failed: count("failed"), notChecked: count("not-checked") },
  });
  if (attachment.ticketId !== null) await refreshCards(tx, attachment.ticketId, setting);
}

/** Whether the verdict that a step records is one on what was handed in last. */
export async function checkVerdict(tx: Tx, step: Step, ticketId: number, answers: Answers): Promise<Outcome> {
  if (!step.judges) return accept();
  return refusalOfVerdict(answers, await listMachineChecks(tx, ticketId));
}
