import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeUploadsFolder } from "../core/db/upload/upload-files.ts";
import { accept, type Outcome, refuse } from "../core/domain/outcome.ts";

/** A line that is lost costs one part at most, and a proxy that keeps bodies keeps no more. */
export const largestPartBytes = 8 * 2 ** 20;

/** A part as it lies on the disk; it is removed at the end of its scope. */
export type ReceivedPart = AsyncDisposable & { path: string; sizeBytes: number };

/**
 * What comes is written to a file of its own, chunk by chunk, so that only whole writes touch the upload. Where the line is cut,
 * what came until then counts.
 *
 * @returns refused, and nothing of it stays, where it is larger than a part may be, or the disk is full
 */
export async function receivePartOf(
  body: ReadableStream<Uint8Array> | null,
  filesFolder: string,
): Promise<Outcome<ReceivedPart>> {
  const path = join(await makeUploadsFolder(filesFolder), `${randomUUID()}.part`);
  const remove = () => rm(path, { force: true });
  try {
    await using file = await open(path, "wx", 0o600);
    const written = await writeAll(body, file);
    if (written.ok) return accept({ path, sizeBytes: written.value, [Symbol.asyncDispose]: remove });
    await remove();
    return written;
  } catch (fault) {
    await remove();
    if ((fault as NodeJS.ErrnoException).code === "ENOSPC") return refuse("disk-full");
    throw fault;
  }
}

/** @returns how many bytes came */
async function writeAll(body: ReadableStream<Uint8Array> | null, file: FileHandle): Promise<Outcome<number>> {
  const reader = body?.getReader();
  let sizeBytes = 0;
  for (;;) {
    const chunk = (await reader?.read().catch(() => undefined))?.value;
    if (chunk === undefined) return accept(sizeBytes);
    sizeBytes += chunk.length;
    if (sizeBytes > largestPartBytes) {
      await reader?.cancel();
      return refuse("part-too-large", { megabytes: largestPartBytes / 2 ** 20 });
    }
    await file.appendFile(chunk);
  }
}
