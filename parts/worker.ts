import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Environment } from "../config/env.ts";
import type { GroupLook } from "../core/actions/staff-group.ts";
import { pingAll } from "../monitor/ping.ts";
import { startSealer } from "../worker/sealer.ts";
import { startWorker } from "../worker/worker.ts";
import type { Desk, Foundation } from "./foundation.ts";
import type { Running } from "./process.ts";

/** What tasks ask of Telegram. */
export type Reach = {
  download(fileId: string): Promise<{ stream: Readable; sizeBytes?: number }>;
  lookAtGroup(chatId: number): Promise<GroupLook>;
};

/** Where a name server reads the zones, and who is asked where names lead. */
export function dnsOf({ home, dnsResolvers }: Environment): { dnsFolder: string; dnsResolvers: readonly string[] } {
  return { dnsFolder: join(home, "dns"), dnsResolvers };
}

/** Tasks, clock and sealer. */
export async function startWorkerOf(
  { owner, db, profile }: Foundation,
  { tasks, setting }: Desk,
  { log, closers }: Running,
  options: Reach & { filesFolder: string } & ReturnType<typeof dnsOf>,
): Promise<void> {
  await startWorker(tasks, { ...options, ping: pingAll, db, setting, zone: profile.timezone, log });
  const sealer = startSealer({ config: owner, db, log });
  closers.push(() => sealer.stop());
}
