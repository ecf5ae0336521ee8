import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { finding } from "../../core/domain/hosting/check.ts";
import { Unreadable } from "./limits.ts";

export type Bytes = AsyncIterable<Uint8Array>;

/** The first bytes, at most so many, and all of them again as a stream. */
export async function peek(bytes: Bytes, count: number): Promise<{ head: Buffer; all: Bytes }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const { done, value } = await iterator.next();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  return { head: Buffer.concat(chunks).subarray(0, count), all: continued(chunks, iterator) };
}

async function* continued(
  chunks: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** What comes out of gzip. @throws Unreadable it is cut off, or its checksum is wrong */
export async function* gunzip(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const source = Readable.from(bytes, { objectMode: false });
  const unpacked = createGunzip();
  source.on("error", (fault) => unpacked.destroy(fault));
  source.pipe(unpacked);
  try {
    yield* unpacked as AsyncIterable<Uint8Array>;
  } catch (fault) {
    if (fault instanceof Unreadable) throw fault;
    const isCutOff = fault instanceof Error && "code" in fault && fault.code === "Z_BUF_ERROR";
    throw new Unreadable(finding(isCutOff ? "file-truncated" : "file-damaged"), fault);
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** @returns undefined where there is more; nothing of it is read then */
export async function readAtMost(bytes: Bytes, most: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
