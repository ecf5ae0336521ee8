import type { Readable } from "node:stream";
import type { GroupLook } from "../core/actions/staff-group.ts";
import { startSealer } from "../worker/sealer.ts";
import { startWorker } from "../worker/worker.ts";
import type { Desk, Foundation } from "./foundation.ts";
import type { Running } from "./process.ts";

/** What tasks ask of Telegram. */
export type Reach = {
  download(fileId: string): Promise<{ stream: Readable; sizeBytes?: number }>;
  lookAtGroup(chatId: number): Promise<GroupLook>;
};

/** Tasks, clock and sealer. */
export async function startWorkerOf(
  { owner, db, profile }: Foundation,
  { tasks, setting }: Desk,
  { log, closers }: Running,
  { download, lookAtGroup, filesFolder }: Reach & { filesFolder: string },
): Promise<void> {
  await startWorker(tasks, { db, setting, download, lookAtGroup, filesFolder, zone: profile.timezone, log });
  const sealer = startSealer({ config: owner, db, log });
  closers.push(() => sealer.stop());
}
