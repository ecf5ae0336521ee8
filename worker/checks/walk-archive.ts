import { type ArchiveEntry, showPath } from "../../core/domain/hosting/archive-entry.ts";
import { type Finding, finding } from "../../core/domain/hosting/check.ts";
import { type Bytes, gunzip, peek, readAtMost } from "./bytes.ts";
import { formatOf } from "./file-format.ts";
import { BeyondBudget, type Budget, Unreadable } from "./limits.ts";
import { type Member, readTar } from "./read-tar.ts";
import { readZip } from "./read-zip.ts";

/** Who takes the bytes of one file. */
export type FileReader = { push: (chunk: Buffer) => void; end: () => void };

/** Where an archive is: `prefix` stands before its paths, "lib.zip!/"; `depth` is 0 for the file itself. */
export type Within = { prefix: string; depth: number };

/** Who looks at an archive while it is read. Archives in it are walked too, each to its end before the next entry. */
export type Visitor = {
  beginArchive: (within: Within) => { add: (entry: ArchiveEntry) => void; end: () => void };
  /** @param path with those of the archives around it. */
  readFile: (path: string, head: Buffer, within: Within) => FileReader;
  /** An archive within another one cannot be read; the other one can. */
  problem: (found: Finding) => void;
};

/** An open file. */
export type OpenFile = { descriptor: number; bytes: Bytes };

/** Enough to tell a format, and by whom a dump was made. */
export const headBytes = 4096;

/** @throws Unreadable it is no archive, cannot be read to its end, or is beyond the budget */
export async function walkArchive(file: OpenFile, budget: Budget, visitor: Visitor): Promise<void> {
  return walkMembers(await openMembers(file, budget), { prefix: "", depth: 0 }, budget, visitor);
}

/** What is in an archive, in order. @throws Unreadable it is none */
export async function openMembers(file: OpenFile, budget: Budget): Promise<AsyncIterable<Member>> {
  const { head, all } = await peek(file.bytes, headBytes);
  const format = formatOf(head);
  if (head.length === 0) throw new Unreadable(finding("file-empty"));
  if (format === "zip") return readZip(file.descriptor, budget);
  if (format === "tar") return readTar(all);
  if (format === "gzip") {
    const inner = await peek(counted(gunzip(all), "", budget), headBytes);
    if (formatOf(inner.head) === "tar") return readTar(inner.all);
  }
  if (typeof format === "object") throw new Unreadable(finding("format-unsupported", { format: format.unsupported }));
  throw new Unreadable(finding("format-unknown"));
}

/** The same of entries that are being read. */
export async function walkMembers(
  members: AsyncIterable<Member>,
  within: Within,
  budget: Budget,
  visitor: Visitor,
): Promise<void> {
  const listing = visitor.beginArchive(within);
  for await (const { entry, content } of members) {
    budget.takeEntries(1, entry.path);
    listing.add(entry);
    const path = within.prefix + entry.path;
    const bytes = counted(content, path, budget);
    if (entry.type === "file") await walkContent(path, bytes, within, budget, visitor);
    else await drain(bytes);
  }
  listing.end();
}

async function walkContent(
  path: string,
  bytes: Bytes,
  within: Within,
  budget: Budget,
  visitor: Visitor,
): Promise<void> {
  const { head, all } = await peek(bytes, headBytes);
  const format = formatOf(head);
  if (format !== "zip" && format !== "gzip" && format !== "tar")
    return readContent(all, visitor.readFile(path, head, within));
  const inner: Within = { prefix: `${path}!/`, depth: within.depth + 1 };
  budget.refuseDepth(inner.depth, path);
  try {
    if (format === "tar") await walkMembers(readTar(all), inner, budget, visitor);
    else if (format === "zip") await walkZip(path, all, inner, budget, visitor);
    else await walkContent(path, counted(gunzip(all), path, budget), inner, budget, visitor);
  } catch (fault) {
    if (!(fault instanceof Unreadable) || fault instanceof BeyondBudget) throw fault;
    visitor.problem(finding(fault.finding.code, { ...fault.finding.values, path: showPath(path) }));
  }
}

async function walkZip(path: string, bytes: Bytes, inner: Within, budget: Budget, visitor: Visitor): Promise<void> {
  const whole = await readAtMost(bytes, budget.limits.mostNestedBytes);
  if (whole === undefined) visitor.problem(finding("nested-too-large", { path: showPath(path) }));
  else await walkMembers(readZip(whole, budget), inner, budget, visitor);
}

async function readContent(bytes: Bytes, reader: FileReader): Promise<void> {
  for await (const chunk of bytes) reader.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  reader.end();
}

/** What follows in a stream comes only after this. */
export async function drain(bytes: Bytes): Promise<void> {
  for await (const _ of bytes);
}

/** Takes what is unpacked out of the budget. */
export async function* counted(bytes: Bytes, path: string, budget: Budget): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    budget.takeUnpacked(chunk.length, path);
    yield chunk;
  }
}
