import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { recordFile } from "../../core/actions/keep-files.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findAttachment } from "../../core/db/attachments.ts";
import type { Db } from "../../core/db/tables.ts";

/** A bot is given 20 MB at most; what claims less and sends more is cut off. */
const largestFileBytes = 20 * 1024 * 1024;

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
  if (attachment === undefined || attachment.state !== "waiting") return;
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

/** Written beside its place and renamed, so that what lies under a hash is whole. */
async function storeFile(stream: Readable, filesFolder: string): Promise<{ sha256: string; sizeBytes: number }> {
  const incoming = join(filesFolder, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const path = join(incoming, randomUUID());
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      if (sizeBytes > largestFileBytes)
        return done(new Error(`fetching a file: more than ${largestFileBytes} bytes came`));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, measure, createWriteStream(path, { mode: 0o600, flush: true }));
    const sha256 = hash.digest("hex");
    await rename(path, join(filesFolder, sha256));
    return { sha256, sizeBytes };
  } catch (fault) {
    await rm(path, { force: true });
    throw fault;
  }
}
