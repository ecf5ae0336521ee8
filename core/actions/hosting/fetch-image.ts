import type { Tx } from "../../db/tables.ts";
import { insertAttachment } from "../../db/ticket/attachments.ts";
import type { Answers } from "../../domain/form/field.ts";
import { fileNameOf, refusalOfReference } from "../../domain/hosting/image-reference.ts";
import { accept, type Outcome } from "../../domain/outcome.ts";
import { applicationFiles, imageReference } from "../../domain/procedures/hosting-questions.ts";
import type { Setting } from "../setting.ts";

/** Whether the image that is named, if one is, may be fetched. What hands it in knows no runtime, which is planned later. */
export function checkNamedImage({ rules }: Setting, answers: Answers): Outcome {
  const reference = answers[imageReference.name];
  return reference === undefined ? accept() : refusalOfReference(reference, rules.hosting, undefined);
}

/** An image that is named is a file of the application from now on, which a host is about to fetch. */
export async function fetchNamedImage(
  tx: Tx,
  setting: Setting,
  { answers, ...of }: { answers: Answers; personId: number; ticketId: number; entryId: number },
): Promise<void> {
  const reference = answers[imageReference.name];
  if (reference === undefined) return;
  const attachmentId = await insertAttachment(tx, {
    ...{ ...of, draftId: null, field: applicationFiles.name, kind: "document", name: fileNameOf(reference) },
    ...{ mimeType: "application/x-tar", telegramFileId: null, imageReference: reference, now: setting.now },
  });
  await setting.tasks.enqueue(tx, "fetch-image", { attachmentId });
}
