import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { Refused } from "../refused.ts";
import {
  isMemberPath,
  type Manifest,
  type Member,
  manifest,
  manifestHash,
  manifestHashName,
  manifestName,
} from "./manifest.ts";
import { blockBytes, paddingOf, readTarHeader } from "./tar-header.ts";

const readAtOnceBytes = 1024 * 1024;
const largestManifestBytes = 256 * 1024 * 1024;

/** A member in its place in the archive; `content` may be left unread. */
type Placed = { path: string; sizeBytes: number; content: AsyncGenerator<Buffer> };

/** An archive of which every byte was checked against its manifest. */
export type CheckedArchive = AsyncDisposable & {
  manifest: Manifest;
  /** In the order of the archive, without the manifest. */
  members(): AsyncGenerator<Placed>;
};

/**
 * Reads all of it once, before anything of it is used.
 *
 * @throws Refused it is no backup, is damaged, cut off, changed, or has members outside its own top
 */
export async function openCheckedArchive(path: string): Promise<CheckedArchive> {
  const file = await open(path).catch((fault: NodeJS.ErrnoException) => {
    throw new Refused(`The backup ${path} cannot be opened: ${fault.code}.`);
  });
  try {
    const checked = await check(file);
    return {
      manifest: checked,
      async *members() {
        for await (const placed of membersOf(file)) {
          if (placed.path === manifestName) return;
          yield placed;
        }
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (fault) {
    await file.close();
    if (fault instanceof RangeError) throw new Refused(`${path} is no whole backup: ${fault.message}.`);
    throw fault;
  }
}

async function check(file: FileHandle): Promise<Manifest> {
  const found = new Map<string, Member>();
  let text: Buffer | undefined;
  let isWhole = false;
  for await (const { path, sizeBytes, content } of membersOf(file)) {
    if (isWhole) throw new RangeError(`${path} follows the manifest`);
    if (text !== undefined) {
      const written = path === manifestHashName ? await readAll(content, sizeBytes) : undefined;
      if (written?.toString() !== manifestHash(text)) throw new RangeError("its manifest was changed");
      isWhole = true;
    } else if (path === manifestName) text = await readAll(content, sizeBytes);
    else if (!isMemberPath(path)) throw new RangeError(`the path ${JSON.stringify(path)} leads out of it`);
    else if (found.has(path)) throw new RangeError(`${path} is there twice`);
    else found.set(path, { path, sizeBytes, sha256: await hashOf(content) });
  }
  if (text === undefined || !isWhole) throw new RangeError("it has no manifest");
  const read = parse(text.toString());
  compare(read.members, found);
  return read;
}

function parse(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RangeError("its manifest is not JSON");
  }
  const parsed = manifest.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RangeError(`its manifest is not as expected, at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
}

function compare(listed: readonly Member[], found: ReadonlyMap<string, Member>): void {
  for (const { path, sizeBytes, sha256 } of listed) {
    const member = found.get(path);
    if (member === undefined) throw new RangeError(`${path} is missing`);
    if (member.sizeBytes !== sizeBytes || member.sha256 !== sha256) throw new RangeError(`${path} was changed`);
  }
  const names = new Set(listed.map(({ path }) => path));
  for (const path of found.keys()) if (!names.has(path)) throw new RangeError(`${path} does not belong to it`);
}

async function* membersOf(file: FileHandle): AsyncGenerator<Placed> {
  for (let at = 0; ; ) {
    const header = readTarHeader(await readExactly(file, at, blockBytes));
    if (header === undefined) return;
    at += blockBytes;
    yield { ...header, content: contentOf(file, at, header.sizeBytes) };
    at += header.sizeBytes + paddingOf(header.sizeBytes);
  }
}

async function* contentOf(file: FileHandle, from: number, sizeBytes: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < sizeBytes; ) {
    const bytes = await readExactly(file, from + done, Math.min(readAtOnceBytes, sizeBytes - done));
    yield bytes;
    done += bytes.length;
  }
}

async function readExactly(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw new RangeError("it ends too early");
    done += bytesRead;
  }
  return bytes;
}

async function readAll(content: AsyncIterable<Buffer>, sizeBytes: number): Promise<Buffer> {
  if (sizeBytes > largestManifestBytes) throw new RangeError("its manifest is too long");
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function hashOf(content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of content) hash.update(piece);
  return hash.digest("hex");
}
