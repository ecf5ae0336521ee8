import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A bot is given 20 MB at most; what claims less and sends more is cut off. */
const largestFileBytes = 20 * 1024 * 1024;

/** Puts a file into the store: written beside its place and renamed, so that what lies under a hash is whole. */
export async function storeFile(stream: Readable, filesFolder: string): Promise<{ sha256: string; sizeBytes: number }> {
  const incoming = join(filesFolder, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const path = join(incoming, randomUUID());
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      if (sizeBytes > largestFileBytes)
        return done(new Error(`storing a file: more than ${largestFileBytes} bytes came`));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, measure, createWriteStream(path, { mode: 0o600, flush: true }));
    const sha256 = hash.digest("hex");
    await rename(path, join(filesFolder, sha256));
    return { sha256, sizeBytes };
  } catch (fault) {
    await rm(path, { force: true });
    throw fault;
  }
}
