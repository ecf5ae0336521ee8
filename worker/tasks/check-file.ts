import { join } from "node:path";
import { recordMachineChecks } from "../../core/actions/hosting/machine-checks.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Db } from "../../core/db/tables.ts";
import { findAttachment } from "../../core/db/ticket/attachments.ts";
import { type CheckResult, finding, resultsOf } from "../../core/domain/hosting/check.ts";
import { withLoadedDump } from "../checks/load-dump.ts";
import type { Hosts } from "../hosting/hosts.ts";

export type CheckFileOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Files lie here under their hash. */
  filesFolder: string;
  hosts: Pick<Hosts, "tryDump">;
  /** Looks at a file of the store, which may be hostile: a dump, or else an archive or an image. */
  checkFile: (path: string, kind: "dump" | undefined, now: Date) => Promise<CheckResult[]>;
};

/** Checks one file of an application, and keeps what was found. */
export async function checkFile(
  { attachmentId }: { attachmentId: number },
  { db, setting, filesFolder, checkFile, hosts }: CheckFileOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const attachment = await findAttachment(db, attachmentId);
  if (attachment === undefined || attachment.sha256 === null) return;
  const { sha256 } = attachment;
  const path = join(filesFolder, sha256);
  const kind = kindOf(attachment);
  const looked = await checkFile(path, kind, new Date());
  const { hosting } = setting(new Date()).rules;
  const results = kind === "dump" ? await withLoadedDump(looked, { path, sha256 }, { hosting, hosts, signal }) : looked;
  await db.transaction().execute((tx) => recordMachineChecks(tx, setting(new Date()), { attachmentId, results }));
}

/** Every try ended without a result: nothing of it is checked, and a person decides. */
export async function giveUpCheck(
  { attachmentId }: { attachmentId: number },
  { db, setting }: Pick<CheckFileOptions, "db" | "setting">,
): Promise<void> {
  const attachment = await findAttachment(db, attachmentId);
  if (attachment === undefined) return;
  const kind = kindOf(attachment) ?? "archive";
  const broken = resultsOf(kind, {}).map(({ check }) => [check, [finding("check-broke")]]);
  const results = resultsOf(kind, Object.fromEntries(broken));
  await db.transaction().execute((tx) => recordMachineChecks(tx, setting(new Date()), { attachmentId, results }));
}

/** As its sender calls it. */
function kindOf({ name }: { name: string }): "dump" | undefined {
  return /\.sql(\.gz)?$/i.test(name) ? "dump" : undefined;
}
