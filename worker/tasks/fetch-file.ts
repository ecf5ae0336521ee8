import type { Readable } from "node:stream";
import type { Setting } from "../../core/actions/setting.ts";
import { recordFile } from "../../core/actions/upload/keep-files.ts";
import type { Db } from "../../core/db/tables.ts";
import { findAttachment } from "../../core/db/ticket/attachments.ts";
import { storeFile } from "../file-store.ts";

export type FetchFileOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  download: (fileId: string) => Promise<{ stream: Readable }>;
  /** Files lie here under their hash. */
  filesFolder: string;
};

/** Fetches one file into the store. A throw makes the queue try again; the last word is `giveUpFile`. */
export async function fetchFile(
  { attachmentId }: { attachmentId: number },
  { db, setting, download, filesFolder }: FetchFileOptions,
): Promise<void> {
  const attachment = await findAttachment(db, attachmentId);
  if (attachment === undefined || attachment.state !== "waiting" || attachment.telegramFileId === null) return;
  const { stream } = await download(attachment.telegramFileId);
  const stored = await storeFile(stream, filesFolder);
  await db.transaction().execute((tx) => recordFile(tx, setting(new Date()), { attachmentId, stored }));
}

/** Every try failed: the sender is asked to send it again. */
export async function giveUpFile(
  { attachmentId }: { attachmentId: number },
  { db, setting }: Pick<FetchFileOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordFile(tx, setting(new Date()), { attachmentId, stored: null }));
}
