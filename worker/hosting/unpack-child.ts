import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Finding } from "../../core/domain/hosting/check.ts";
import type { HostingDatabase } from "../../core/domain/hosting/hosting-rules.ts";
import type { MadeImage } from "../../core/domain/hosting/made-image.ts";
import { Budget, type Limits, Unreadable } from "../checks/limits.ts";
import { readOpen } from "../checks/look.ts";
import { openDump } from "../checks/look-at-dump.ts";
import { counted } from "../checks/walk-archive.ts";
import { packSavedImage } from "./pack-saved-image.ts";
import { packTree } from "./pack-tree.ts";
import { toPsqlInput } from "./psql-input.ts";

// The whole process: one file, which was opened for it, is written to its output as Docker takes it. Its parent ends it.

/** What to make of a file: a tar of an image's files, one of a saved image without its names, or the statements of a dump. */
export type UnpackJob = { limits: Limits } & (
  | { what: "tree"; image: MadeImage }
  | { what: "saved-image" }
  | { what: "dump"; engine: HostingDatabase["engine"] }
);

/** undefined: all of it was written. */
export type Unpacked = { unreadable?: Finding };

/** Behind the standard ones and that to the parent. */
const descriptor = 4;

process.once("message", async (job: UnpackJob) => process.send?.(await unpack(job)));
process.once("disconnect", () => process.exit(1));

async function unpack(job: UnpackJob): Promise<Unpacked> {
  try {
    const bytes = await bytesOf(job);
    await pipeline(Readable.from(bytes, { objectMode: false }), process.stdout);
    return {};
  } catch (fault) {
    if (fault instanceof Unreadable) return { unreadable: fault.finding };
    throw fault;
  }
}

async function bytesOf(job: UnpackJob) {
  const { limits } = job;
  if (job.what === "tree") return packTree(descriptor, job.image, limits);
  return job.what === "saved-image" ? packSavedImage(descriptor, limits) : dumpFor(job.engine, limits);
}

async function dumpFor(engine: HostingDatabase["engine"], limits: Limits) {
  const budget = new Budget(limits);
  const { head, bytes } = await openDump({ descriptor, bytes: readOpen(descriptor, budget) }, budget);
  const dump = counted(bytes, "", budget);
  return engine === "postgresql" ? toPsqlInput(head, dump) : dump;
}
