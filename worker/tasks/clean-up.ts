import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { cleanUp } from "../../core/actions/clean-up.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Db } from "../../core/db/tables.ts";
import { listStoredHashes } from "../../core/db/ticket/attachments.ts";
import { uploadsFolder } from "../../core/db/upload/upload-files.ts";
import { listUploadsToKeep } from "../../core/db/upload/uploads.ts";

/** A file younger than this may belong to a row that is not committed yet. */
const youngestOrphanMs = 24 * 60 * 60_000;

/** Forgets what is kept for days only: rows, and files to which no row points any more. */
export async function runCleanUp({
  db,
  setting,
  filesFolder,
}: {
  db: Db;
  setting: (now: Date) => Setting;
  filesFolder: string;
}): Promise<void> {
  const now = new Date();
  await db.transaction().execute((tx) => cleanUp(tx, setting(now)));
  const used = new Set(await listStoredHashes(db));
  await removeOrphans(filesFolder, used, now);
  await removeOrphans(join(filesFolder, "incoming"), new Set(), now);
  const coming = (await listUploadsToKeep(db, now)).map(String);
  await removeOrphans(uploadsFolder(filesFolder), new Set(coming), now);
}

async function removeOrphans(folder: string, used: ReadonlySet<string>, now: Date): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(emptyWhenMissing)) {
    const path = join(folder, entry.name);
    if (!entry.isFile() || used.has(entry.name)) continue;
    if (now.getTime() - (await stat(path)).mtimeMs > youngestOrphanMs) await rm(path, { force: true });
  }
}

function emptyWhenMissing(fault: NodeJS.ErrnoException): [] {
  if (fault.code === "ENOENT") return [];
  throw fault;
}
