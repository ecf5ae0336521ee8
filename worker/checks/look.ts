import { read } from "node:fs";
import { promisify } from "node:util";
import type { ApplicationFileKind, Findings } from "../../core/domain/hosting/check.ts";
import type { Cycle } from "../../core/domain/hosting/checks/end-of-life.ts";
import { isSavedImage } from "./is-saved-image.ts";
import { Budget, type Limits } from "./limits.ts";
import { lookAtArchive } from "./look-at-archive.ts";
import { lookAtDump } from "./look-at-dump.ts";
import { lookAtImage } from "./look-at-image.ts";
import type { OpenFile } from "./walk-archive.ts";

const readAt = promisify(read);
const chunkBytes = 65_536;

/** What to look at, as one process tells it another. */
export type Job = {
  /** Absent: an archive or an image, as it turns out. */
  kind?: ApplicationFileKind;
  limits: Limits;
  /** Until when what is maintained. */
  table: [product: string, cycles: readonly Cycle[]][];
  /** ISO 8601 */
  now: string;
};

/** What was found, and of what the file turned out to be. */
export type Look = { kind: ApplicationFileKind; found: Findings };

/** Everything but malware, in this process. @param descriptor of the open file, which stays open */
export async function look(descriptor: number, job: Job): Promise<Look> {
  const { limits, table, now } = job;
  const kind = job.kind ?? (await kindOf(descriptor, limits));
  const budget = new Budget(limits);
  const file: OpenFile = { descriptor, bytes: readOpen(descriptor, budget) };
  const age = { table: new Map(table), now: new Date(now) };
  if (kind === "dump") return { kind, found: await lookAtDump(file, budget) };
  return { kind, found: await (kind === "image" ? lookAtImage : lookAtArchive)(file, budget, age) };
}

async function kindOf(descriptor: number, limits: Limits): Promise<ApplicationFileKind> {
  const budget = new Budget(limits);
  return (await isSavedImage({ descriptor, bytes: readOpen(descriptor, budget) }, budget)) ? "image" : "archive";
}

/** By position, as zip files are read beside; a stream of Node's would close the file when it is not read to its end. */
export async function* readOpen(descriptor: number, budget: Budget): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await readAt(descriptor, Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    budget.readPacked(bytesRead);
    yield buffer.subarray(0, bytesRead);
  }
}
