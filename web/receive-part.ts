import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { makeUploadsFolder } from "../core/db/upload-files.ts";
import { accept, type Outcome, refuse } from "../core/domain/outcome.ts";

/** A line that is lost costs one part at most, and a proxy that keeps bodies keeps no more. */
export const largestPartBytes = 8 * 2 ** 20;

/** A part as it lies on the disk; it is removed at the end of its scope. */
export type ReceivedPart = AsyncDisposable & { path: string; sizeBytes: number };

/** More came than a part may have. */
class PartTooLarge extends Error {
  override name = "PartTooLarge";
}

/**
 * What comes is written to a file of its own, so that only whole writes touch the upload. Where the line is cut, what came until
 * then counts.
 */
export async function receivePartOf(body: ReadableStream | null, filesFolder: string): Promise<Outcome<ReceivedPart>> {
  const path = join(await makeUploadsFolder(filesFolder), `${randomUUID()}.part`);
  const remove = () => rm(path, { force: true });
  try {
    if (body !== null) {
      await pipeline(
        Readable.fromWeb(body),
        atMost(largestPartBytes),
        createWriteStream(path, { mode: 0o600, flags: "wx" }),
      );
    }
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (fault instanceof PartTooLarge || code === "ENOSPC") {
      await remove();
      return refuse(code === "ENOSPC" ? "disk-full" : "part-too-large", { megabytes: largestPartBytes / 2 ** 20 });
    }
  }
  const sizeBytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  return accept({ path, sizeBytes, [Symbol.asyncDispose]: remove });
}

function atMost(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      if (left < 0) return done(new PartTooLarge(`receiving a part: more than ${bytes} bytes came`));
      done(null, chunk);
    },
  });
}
