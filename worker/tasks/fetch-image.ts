import { rm } from "node:fs/promises";
import type { Logger } from "pino";
import type { Setting } from "../../core/actions/setting.ts";
import { recordFile } from "../../core/actions/upload/keep-files.ts";
import type { Db } from "../../core/db/tables.ts";
import { type Attachment, findAttachment } from "../../core/db/ticket/attachments.ts";
import { freeBytesOf } from "../../core/db/upload/upload-files.ts";
import { sumPromisedBytes } from "../../core/db/upload/uploads.ts";
import type { FailedWork } from "../../core/domain/hosting/hosting-failure.ts";
import { incomingPath, moveIntoStore } from "../file-store.ts";
import { HostFailed, type Hosts } from "../hosting/hosts.ts";
import { orTold } from "../hosting/or-told.ts";

export type FetchImageOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Files lie here under their hash. */
  filesFolder: string;
  hosts: Pick<Hosts, "saveImage">;
  /** Before each further try where something on a host mostly passes; absent: for less than a minute. */
  pausesMs?: readonly number[];
  log: Logger;
};

/**
 * Has the first host of the profile fetch an image of a registry into a file, which is checked like any that was handed in. What
 * a host refuses is told; a throw makes the queue try again.
 */
export async function fetchImage(
  { attachmentId }: { attachmentId: number },
  options: FetchImageOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, log, pausesMs } = options;
  const attachment = await findAttachment(db, attachmentId);
  const reference = attachment?.imageReference ?? null;
  if (attachment?.state !== "waiting" || reference === null) return;
  const tell = ({ why: trouble }: FailedWork) => record(options, { attachmentId, stored: null, trouble });
  const about = { log, ticketId: attachment.ticketId ?? 0, doing: "fetching an image", tell, signal, pausesMs };
  await orTold(() => fetchInto(attachment, reference, { ...options, signal }), about);
}

/** Every try failed. */
export function giveUpImage({ attachmentId }: { attachmentId: number }, options: FetchImageOptions): Promise<void> {
  return record(options, { attachmentId, stored: null, trouble: "not-finished" });
}

async function fetchInto(
  { id: attachmentId }: Attachment,
  reference: string,
  options: FetchImageOptions & { signal: AbortSignal },
): Promise<void> {
  const { db, setting, filesFolder, hosts, signal } = options;
  const now = new Date();
  const { hosting, largestUploadMegabytes: largestMegabytes } = setting(now).rules;
  const [target] = hosting?.targets ?? [];
  if (target === undefined) throw new HostFailed("profile-changed", `fetching ${reference}: there is no host`);
  const path = await incomingPath(filesFolder);
  const limits = { freeBytes: await freeBytesOf(filesFolder), promisedBytes: await sumPromisedBytes(db, now) };
  try {
    await hosts.saveImage(target, reference, path, { largestMegabytes, ...limits }, signal);
    const stored = await moveIntoStore(path, filesFolder);
    await record(options, { attachmentId, stored });
  } finally {
    await rm(path, { force: true });
  }
}

async function record({ db, setting }: FetchImageOptions, what: Parameters<typeof recordFile>[2]): Promise<void> {
  await db.transaction().execute((tx) => recordFile(tx, setting(new Date()), what));
}
