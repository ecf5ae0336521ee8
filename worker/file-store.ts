import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { flushFolder } from "../core/db/postgres/state-folder.ts";

/** A bot is given 20 MB at most; what claims less and sends more is cut off. */
const largestFileBytes = 20 * 1024 * 1024;

type Stored = { sha256: string; sizeBytes: number };

/** Where a file is written before it lies under its hash. What a crash leaves there is removed after a day. */
export async function incomingPath(filesFolder: string): Promise<string> {
  const incoming = join(filesFolder, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  return join(incoming, randomUUID());
}

/** A whole file of the same disk becomes one of the store, however large it is. */
export async function moveIntoStore(path: string, filesFolder: string): Promise<Stored> {
  await using file = await open(path);
  await file.sync();
  const stored = await hashFile(path);
  await rename(path, join(filesFolder, stored.sha256));
  await flushFolder(filesFolder);
  return stored;
}

/** Read piece by piece: it never lies in memory. */
export async function hashFile(path: string): Promise<Stored> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      hash.update(chunk);
    }
  });
  return { sha256: hash.digest("hex"), sizeBytes };
}

/** Puts a file into the store: written beside its place and renamed, so that what lies under a hash is whole. */
export async function storeFile(stream: Readable, filesFolder: string): Promise<Stored> {
  const path = await incomingPath(filesFolder);
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
