import { link, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Setting } from "../../core/actions/setting.ts";
import { recordUpload } from "../../core/actions/upload/record-upload.ts";
import { flushFolder } from "../../core/db/postgres/state-folder.ts";
import type { Db } from "../../core/db/tables.ts";
import { findAttachment } from "../../core/db/ticket/attachments.ts";
import { uploadPath } from "../../core/db/upload/upload-files.ts";
import { findUpload } from "../../core/db/upload/uploads.ts";
import { hashFile } from "../file-store.ts";

export type StoreUploadOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Files lie here under their hash. */
  filesFolder: string;
};

/**
 * Puts a file of which all has come into the store, under its hash. It is linked there and removed last, so that a try that
 * was cut off begins anew. A throw makes the queue try again; the last word is `giveUpUpload`.
 */
export async function storeUpload(
  { uploadId }: { uploadId: number },
  { db, setting, filesFolder }: StoreUploadOptions,
): Promise<void> {
  const upload = await findUpload(db, uploadId);
  const attachment = upload?.attachmentId == null ? undefined : await findAttachment(db, upload.attachmentId);
  if (upload === undefined || attachment?.state !== "waiting") return;
  const path = uploadPath(filesFolder, uploadId);
  const stored = await hashFile(path);
  if (stored.sizeBytes !== upload.lengthBytes) {
    throw new Error(`storing upload ${uploadId}: ${stored.sizeBytes} of ${upload.lengthBytes} bytes are there`);
  }
  await link(path, join(filesFolder, stored.sha256)).catch(whenThereAlready);
  await flushFolder(filesFolder);
  await db.transaction().execute((tx) => recordUpload(tx, setting(new Date()), { uploadId, stored }));
  await rm(path, { force: true });
}

/** Every try failed: its person is asked to upload it again. */
export async function giveUpUpload(
  { uploadId }: { uploadId: number },
  { db, setting }: Pick<StoreUploadOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordUpload(tx, setting(new Date()), { uploadId, stored: null }));
}

/** The same file came before. */
function whenThereAlready(fault: NodeJS.ErrnoException): void {
  if (fault.code !== "EEXIST") throw fault;
}
