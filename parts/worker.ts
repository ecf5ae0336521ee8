import { join } from "node:path";
import type { Readable } from "node:stream";
import { loadEndOfLife } from "../config/end-of-life.ts";
import type { Environment } from "../config/env.ts";
import type { GroupLook } from "../core/actions/staff-group.ts";
import { describeFault } from "../core/db/fault.ts";
import { pingAll } from "../monitor/ping.ts";
import { checkApplicationFile } from "../worker/checks/check-application-file.ts";
import { notingWriting } from "../worker/hosting/note-writing.ts";
import { oneAtATime } from "../worker/hosting/one-at-a-time.ts";
import { openHosts } from "../worker/hosting/open-hosts.ts";
import { openStacksOf } from "../worker/hosting/open-stacks.ts";
import { openWatchedHosts } from "../worker/hosting/watched-hosts.ts";
import { startWatcher } from "../worker/monitoring/watcher.ts";
import { startSealer } from "../worker/sealer.ts";
import type { CheckFileOptions } from "../worker/tasks/check-file.ts";
import type { ScanPrefixOptions } from "../worker/tasks/scan-prefix.ts";
import { startWorker } from "../worker/worker.ts";
import type { Desk, Foundation } from "./foundation.ts";
import { openMonitor } from "./monitor.ts";
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

/** What is played says nothing about the network in which it is played: nobody is asked there. */
export function pingOf({ mode }: Environment): ScanPrefixOptions["ping"] {
  return mode === "playground" ? async () => "playground" : pingAll;
}

/** Where the files of stacks lie, and what Pulumi is told. */
export function stacksOf({ home, pulumi }: Environment): { pulumi: Environment["pulumi"] & { home: string } } {
  return { pulumi: { ...pulumi, home } };
}

/** Tasks, clock and sealer. */
export async function startWorkerOf(
  { owner, db, profile }: Foundation,
  { tasks, setting, rules }: Desk,
  { log, closers }: Running,
  options: Reach &
    Pick<ScanPrefixOptions, "ping"> & { filesFolder: string } & ReturnType<typeof dnsOf> &
    ReturnType<typeof stacksOf>,
): Promise<void> {
  const endOfLife = loadEndOfLife();
  const onBreak = (fault: Error) => log.error({ fault: describeFault(fault) }, "checking a file broke");
  const checkFile: CheckFileOptions["checkFile"] = (path, kind, now) =>
    checkApplicationFile(path, kind, { now, endOfLife, onBreak });
  const stacks = once(() => openStacksOf(owner, options.pulumi));
  const watched = openWatchedHosts(stacks);
  const hosts = oneAtATime(notingWriting(openHosts(stacks), { db, setting, watched }), db);
  const monitor = openMonitor(rules, { dnsResolvers: options.dnsResolvers, log });
  const worked = { ...options, checkFile, hosts, watched, monitor, db, setting, zone: profile.timezone, log };
  await startWorker(tasks, worked);
  const sealer = startSealer({ config: owner, db, log });
  closers.push(() => sealer.stop());
  const watcher = startWatcher({ config: owner, db, setting, log, monitor });
  closers.push(() => watcher.stop());
}

/** It is opened when the first needs it, and again where that failed. */
function once<Opened>(open: () => Promise<Opened>): () => Promise<Opened> {
  let opened: Promise<Opened> | undefined;
  return () => {
    opened ??= open().catch((fault) => {
      opened = undefined;
      throw fault;
    });
    return opened;
  };
}
