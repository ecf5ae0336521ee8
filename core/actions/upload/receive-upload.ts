import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { insertAttachment } from "../../db/ticket/attachments.ts";
import { lockUploadByToken, sumPromisedBytes, type Upload, updateUpload } from "../../db/upload/uploads.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { isGoodForBytes, refusalOfLength, refusalOfPart } from "../../domain/upload/upload-rules.ts";
import { hashOfLinkToken } from "../people/link-token.ts";
import type { Setting } from "../setting.ts";
import { safeFileName, safeMimeType } from "./keep-files.ts";

/** Who holds the link is its person; each action asks again whether it is still good. */
type ByLink = { token: string };

/**
 * The first word of an upload: which file comes. Said again of the same file, also from another device, it goes on.
 *
 * @param input.freeBytes of the disk
 * @returns how many bytes have come already
 */
export async function beginUpload(
  tx: Tx,
  setting: Setting,
  input: ByLink & { name: string; mimeType: string; lengthBytes: number; freeBytes: number },
): Promise<Outcome<number>> {
  const upload = await lockGoodUpload(tx, setting, input);
  if (upload === undefined) return refuse("link-no-good");
  const name = safeFileName(input.name);
  if (upload.name !== null) {
    const isSame = upload.name === name && upload.lengthBytes === input.lengthBytes;
    return isSame ? accept(upload.receivedBytes) : refuse("upload-of-another-file", { name: upload.name });
  }
  const promisedBytes = await sumPromisedBytes(tx, setting.now, upload.id);
  const { largestUploadMegabytes: largestMegabytes } = setting.rules;
  const fits = refusalOfLength(input.lengthBytes, { largestMegabytes, freeBytes: input.freeBytes, promisedBytes });
  if (!fits.ok) return fits;
  const mimeType = safeMimeType(input.mimeType);
  await updateUpload(tx, upload.id, { name, mime_type: mimeType, length_bytes: input.lengthBytes });
  await writeJournal(tx, {
    at: setting.now,
    actorId: upload.personId,
    event: "upload-begun",
    subject: { kind: "upload", id: upload.id },
    details: { lengthBytes: input.lengthBytes },
  });
  return accept(0);
}

/** Where the bytes lie. */
export type UploadDisk = {
  /** @returns what lies there of that upload, in bytes */
  sizeOf: (uploadId: number) => Promise<number>;
  /** Writes the part that came to that place, and returns when it is on the disk. */
  append: (uploadId: number, offset: number) => Promise<void>;
};

/**
 * A part of the file has come. With the last one the file answers its question, or joins the ticket that the form became, and the worker puts it into the store.
 *
 * @returns how many bytes have come now; "upload-offset", with the right one, where the part belongs elsewhere
 */
export async function receivePart(
  tx: Tx,
  setting: Setting,
  input: ByLink & { offset: number; sizeBytes: number },
  disk: UploadDisk,
): Promise<Outcome<number>> {
  const upload = await lockGoodUpload(tx, setting, input);
  if (upload === undefined) return refuse("link-no-good");
  const { id, lengthBytes } = upload;
  if (lengthBytes === null) return refuse("upload-not-begun");
  const receivedBytes = Math.min(upload.receivedBytes, await disk.sizeOf(id));
  if (receivedBytes < upload.receivedBytes) await updateUpload(tx, id, { received_bytes: receivedBytes });
  const fits = refusalOfPart({ receivedBytes, lengthBytes }, input);
  if (!fits.ok) return fits;
  await disk.append(id, input.offset);
  const offset = input.offset + input.sizeBytes;
  await updateUpload(tx, id, { received_bytes: offset });
  if (offset === lengthBytes) await completeUpload(tx, setting, upload);
  return accept(offset);
}

async function completeUpload(tx: Tx, setting: Setting, upload: Upload): Promise<void> {
  const { id: uploadId, personId, draftId, ticketId, entryId, field, name, mimeType } = upload;
  const attachmentId = await insertAttachment(tx, {
    ...{ personId, draftId, field, kind: "document", name: name ?? "", mimeType: mimeType ?? "" },
    ...(ticketId !== null && entryId !== null && { ticketId, entryId }),
    telegramFileId: null,
    now: setting.now,
  });
  await updateUpload(tx, uploadId, { attachment_id: attachmentId });
  await setting.tasks.enqueue(tx, "store-upload", { uploadId });
}

async function lockGoodUpload(tx: Tx, { now }: Setting, { token }: ByLink): Promise<Upload | undefined> {
  const upload = await lockUploadByToken(tx, hashOfLinkToken(token));
  return upload !== undefined && isGoodForBytes(upload, now) ? upload : undefined;
}
