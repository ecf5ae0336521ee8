import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { type ArchiveEntry, showPath } from "../../core/domain/hosting/archive-entry.ts";
import { finding } from "../../core/domain/hosting/check.ts";
import { type Budget, Unreadable } from "./limits.ts";
import type { Member } from "./read-tar.ts";

const stored = 0;
const deflated = 8;
/** Of the upper half of the attributes, which Unix keeps its mode in. */
const typeMask = 0o170000;
const symlink = 0o120000;
const folder = 0o040000;
const file = 0o100000;
/** A path is no longer on any system. */
const longestTarget = 4096;

/**
 * The entries of a zip, in the order of its listing. What the listing and the entries themselves say is compared: programs that
 * unpack believe one or the other.
 *
 * @param source an open file, or the bytes of a zip within another archive
 * @throws Unreadable no listing; an entry that is encrypted, damaged, over another one, or not as large as listed
 */
export async function* readZip(source: number | Buffer, budget: Budget): AsyncGenerator<Member> {
  const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false };
  const zip = await readable(() => {
    return typeof source === "number" ? yauzl.fromFdPromise(source, options) : yauzl.fromBufferPromise(source, options);
  });
  if (zip.entryCount > budget.limits.mostEntries) budget.takeEntries(zip.entryCount);
  const taken: Place[] = [];
  const entries = zip.eachEntry();
  for (;;) {
    const { done, value } = await readable(() => entries.next());
    if (done) break;
    const { entry, place, content } = await openEntry(zip, value);
    taken.push({ ...place, path: entry.path });
    budget.readPacked(value.compressedSize);
    yield { entry: await withTarget(entry, content), content };
  }
  refuseOverlaps(taken);
}

type Place = { from: number; to: number; path: string };

async function openEntry(zip: yauzl.ZipFile, listed: yauzl.Entry) {
  const raw = listed.fileNameRaw;
  const path = yauzl.getFileNameLowLevel(listed.generalPurposeBitFlag, raw, listed.extraFields, true);
  const where = { path: showPath(path) };
  if (listed.isEncrypted()) throw new Unreadable(finding("encrypted", where));
  const { compressionMethod: method, compressedSize, uncompressedSize } = listed;
  if (method !== stored && method !== deflated) throw new Unreadable(finding("compression-unsupported", where));
  if (method === stored && compressedSize !== uncompressedSize) throw new Unreadable(finding("size-wrong", where));
  const header = await readable(() => readHeader(zip, listed));
  if (!header.fileName.equals(raw)) throw new Unreadable(finding("name-differs", where));
  const { fileDataStart: start } = header;
  return {
    entry: { ...kindOf(listed, path), path, sizeBytes: uncompressedSize, target: "" },
    place: { from: listed.relativeOffsetOfLocalHeader, to: start + compressedSize },
    content: contentOf(() => openContent(zip, listed, start), listed, path),
  };
}

function readHeader(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<yauzl.LocalFileHeader> {
  const { promise, resolve, reject } = Promise.withResolvers<yauzl.LocalFileHeader>();
  zip.readLocalFileHeader(entry, (fault, header) => (fault === null ? resolve(header) : reject(fault)));
  return promise;
}

/** The promise that yauzl 3.4.0 offers for this calls another function. */
function openContent(zip: yauzl.ZipFile, entry: yauzl.Entry, start: number): Promise<AsyncIterable<Uint8Array>> {
  const { promise, resolve, reject } = Promise.withResolvers<AsyncIterable<Uint8Array>>();
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  const isDeflated = compressionMethod === deflated;
  zip.openReadStreamLowLevel(
    start,
    compressedSize,
    0,
    compressedSize,
    isDeflated,
    uncompressedSize,
    (fault, stream) => {
      return fault === null ? resolve(stream) : reject(fault);
    },
  );
  return promise;
}

async function* contentOf(
  open: () => Promise<AsyncIterable<Uint8Array>>,
  { uncompressedSize, crc32: expected }: yauzl.Entry,
  path: string,
): AsyncGenerator<Uint8Array> {
  const where = { path: showPath(path) };
  let sum = 0;
  let length = 0;
  const chunks = (await readable(open))[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await readable(() => chunks.next());
      if (done) break;
      length += value.length;
      if (length > uncompressedSize) throw new Unreadable(finding("size-wrong", where));
      sum = crc32(value, sum);
      yield value;
    }
  } finally {
    await chunks.return?.();
  }
  if (length !== uncompressedSize) throw new Unreadable(finding("size-wrong", where));
  if (sum !== expected) throw new Unreadable(finding("checksum-wrong", where));
}

function kindOf({ externalFileAttributes }: yauzl.Entry, path: string): Pick<ArchiveEntry, "type" | "mode"> {
  const mode = externalFileAttributes >>> 16;
  const type = mode & typeMask;
  const bits = mode === 0 ? undefined : mode & 0o7777;
  if (type === symlink) return { type: "symlink", mode: bits };
  if (type === folder || path.endsWith("/")) return { type: "folder", mode: bits };
  return { type: type === 0 || type === file ? "file" : "device", mode: bits };
}

/** A symbolic link's content is where it leads. */
async function withTarget(entry: ArchiveEntry, content: AsyncIterable<Uint8Array>): Promise<ArchiveEntry> {
  if (entry.type !== "symlink") return entry;
  if (entry.sizeBytes > longestTarget) throw new Unreadable(finding("link-unreadable", { path: showPath(entry.path) }));
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return { ...entry, target: Buffer.concat(chunks).toString() };
}

/** The same bytes under many names are how a small file is made to unpack to a huge one. source: D. Fifield, "A better zip bomb" (2019) */
function refuseOverlaps(taken: readonly Place[]): void {
  const inOrder = taken.toSorted((one, other) => one.from - other.from);
  for (const [index, { from, path }] of inOrder.entries()) {
    if (from < (inOrder[index - 1]?.to ?? 0))
      throw new Unreadable(finding("entries-overlap", { path: showPath(path) }));
  }
}

/** What yauzl and zlib find wrong is a finding of ours. */
async function readable<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (fault) {
    if (fault instanceof Unreadable) throw fault;
    const text = fault instanceof Error ? fault.message : "";
    if (/encryption/.test(text)) throw new Unreadable(finding("encrypted", { path: "" }), fault);
    const isCutOff = /end of central directory|end of file|overflows file bounds|unexpected EOF/i.test(text);
    throw new Unreadable(finding(isCutOff ? "file-truncated" : "file-damaged"), fault);
  }
}
