import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { recordAddresses } from "../../core/actions/read-address-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { type AddressReading, findAddressImport } from "../../core/db/address-imports.ts";
import { findAddressRegister } from "../../core/db/address-register.ts";
import { findAttachment } from "../../core/db/attachments.ts";
import type { Db } from "../../core/db/tables.ts";
import { checkAddressLines, linesOfAddressFile } from "../../core/domain/ipam/address-file.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { largestFileBytes } from "../../core/domain/people/people-file.ts";
import { parseInThread } from "../people-file/jobs.ts";

export type ReadAddressFileOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  filesFolder: string;
};

/** Reads a list of addresses that was fetched, and checks it. Nothing is imported yet. */
export async function readAddressFile(
  { importId }: { importId: number },
  { db, setting, filesFolder }: ReadAddressFileOptions,
): Promise<void> {
  const list = await findAddressImport(db, importId);
  if (list === undefined || list.state !== "reading") return;
  const attachment = await findAttachment(db, list.attachmentId);
  if (attachment?.sha256 == null) throw new Error(`reading list ${importId}: its file is not in the store`);
  const checked = await check(db, join(filesFolder, attachment.sha256), attachment.sizeBytes ?? 0);
  await db.transaction().execute((tx) => recordAddresses(tx, setting(new Date()), { importId, checked }));
}

/** Every try failed: who sent it is told. */
export async function giveUpAddressFile(
  { importId }: { importId: number },
  { db, setting }: Pick<ReadAddressFileOptions, "db" | "setting">,
): Promise<void> {
  const checked = refuse("list-not-read");
  await db.transaction().execute((tx) => recordAddresses(tx, setting(new Date()), { importId, checked }));
}

async function check(db: Db, path: string, sizeBytes: number): Promise<Outcome<AddressReading>> {
  if (sizeBytes > largestFileBytes) return refuse("list-too-large", { megabytes: largestFileBytes / 2 ** 20 });
  const parsed = await parseInThread(await readFile(path));
  const lines = parsed.ok ? linesOfAddressFile(parsed.value) : parsed;
  if (!lines.ok) return lines;
  const { ready, known, problems } = checkAddressLines(lines.value, await findAddressRegister(db, lines.value));
  const isReady = new Set(ready.map(({ line }) => line));
  return accept({ ready: lines.value.filter(({ line }) => isReady.has(line)), known, problems });
}
