import type { Tx } from "../../db/tables.ts";
import { lockPlaceToAsk } from "../../db/ticket/drafts.ts";
import { findUpload } from "../../db/upload/uploads.ts";
import { noticePriority, send, sendToTopic, tellInPrivate } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { recordFile } from "./keep-files.ts";

/** An uploaded file lies in the store under its hash, or could not be put there (`null`): its person is told, and the form goes on. Safe to record twice. */
export async function recordUpload(
  tx: Tx,
  setting: Setting,
  input: { uploadId: number; stored: { sha256: string; sizeBytes: number } | null },
): Promise<void> {
  const { stored, uploadId } = input;
  const upload = await findUpload(tx, uploadId);
  if (upload === undefined || upload.attachmentId === null) return;
  const isRecorded = await recordFile(tx, setting, { attachmentId: upload.attachmentId, stored });
  if (!isRecorded) return;
  const kind = stored === null ? "upload-failed" : "upload-arrived";
  await tellInPrivate(tx, [upload.personId], { kind, uploadId }, setting);
  if (upload.draftId !== null) await askOn(tx, setting, upload.draftId);
}

/** The present question of the form once more, as after a file that came in the chat. */
async function askOn(tx: Tx, { now }: Setting, draftId: number): Promise<void> {
  const draft = await lockPlaceToAsk(tx, draftId);
  if (draft === undefined) return;
  const { chatId, question, topicTicketId, personId } = draft;
  const notice = { kind: "question", draftId, question, gotFile: true } as const;
  const how = { now, priority: noticePriority } as const;
  if (topicTicketId === null) return send(tx, chatId, notice, how);
  return sendToTopic(tx, { chatId, ticketId: topicTicketId, personIds: [personId] }, notice, how);
}
