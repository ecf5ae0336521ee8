import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { type ChainFault, openVerifier, type SealedRow, type Verdict } from "../core/domain/journal/chain.ts";
import { LineTooLong, linesOf } from "./lines.ts";

/**
 * A journal in a file, as JSON Lines: the first line says what it is, each other is one sealed row. Every line is exactly
 * what `JSON.stringify` makes of it, so that nothing can hide between the fields that the hashes cover.
 */

/** The first line, but for its checksum. */
export type Heading = {
  format: "simpul-journal";
  version: 1;
  /** of the regency */
  profile: string;
  /** id of the installation */
  installation: string;
  /** ISO 8601 in UTC */
  exportedAt: string;
  rows: number;
  /** hash of the last row */
  head: string;
};

export type FileFault =
  /** The first line is not a heading. */
  | "heading-unreadable"
  /** The first line was changed after it was written. */
  | "heading-changed"
  /** A line is no sealed row. */
  | "line-unreadable"
  /** The chain holds, but is another one than the first line says. */
  | "heading-differs"
  | ChainFault;

/** `atLine` counts from 1; undefined: of the file as a whole. */
export type FileVerdict =
  | { ok: true; heading: Heading; pinnedAt?: number }
  | { ok: false; fault: FileFault; atLine?: number; reason?: string };

const hash = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 digits from 0 to f");
const instant = z.iso.datetime({ precision: 3, error: "must be a time such as 2026-11-25T00:00:00.000Z" });
const positive = z.int().min(1);

const headingLine = z.strictObject({
  format: z.literal("simpul-journal"),
  version: z.literal(1),
  profile: z.string(),
  installation: z.string(),
  exportedAt: instant,
  rows: z.int().min(0),
  head: hash,
  /** over the fields before it */
  checksum: hash,
});

const rowLine = z.strictObject({
  number: positive,
  id: z.int(),
  at: instant,
  actorId: z.int().nullable(),
  onBehalfOf: z.string().nullable(),
  event: z.string(),
  subjectKind: z.string(),
  subjectId: z.int(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  hash,
});

/** Longer ones the journal has not: its rows are ids and values. */
const longestLine = 1024 * 1024;

/**
 * Writes the file for its owner only, under another name until it is whole.
 *
 * @throws what `rows` throws; no file is left then
 */
export async function writeJournalFile(path: string, heading: Heading, rows: AsyncIterable<SealedRow>): Promise<void> {
  const unfinished = `${path}.new-${process.pid}`;
  try {
    await pipeline(linesFor(heading, rows), createWriteStream(unfinished, { mode: 0o600, flags: "wx", flush: true }));
    await rename(unfinished, path);
  } catch (fault) {
    await rm(unfinished, { force: true });
    throw fault;
  }
}

async function* linesFor(heading: Heading, rows: AsyncIterable<SealedRow>): AsyncGenerator<string> {
  yield `${JSON.stringify({ ...heading, checksum: checksumOf(heading) })}\n`;
  for await (const row of rows) yield `${JSON.stringify(inOrder(row))}\n`;
}

/**
 * Goes through the file from its beginning to its end, and reads nothing else.
 *
 * @param pinned a head that was published; without one nothing tells whether the end was cut off
 */
export async function verifyJournalFile(path: string, pinned?: string): Promise<FileVerdict> {
  let heading: Heading | undefined;
  let atLine = 0;
  const verifier = openVerifier(pinned);
  try {
    for await (const line of linesOf(createReadStream(path), longestLine)) {
      atLine += 1;
      if (heading === undefined) {
        const read = readHeading(line);
        if ("fault" in read) return { ok: false, atLine, ...read };
        heading = read;
        continue;
      }
      const row = readLine(line, rowLine);
      if ("reason" in row) return { ok: false, fault: "line-unreadable", atLine, reason: row.reason };
      const wrong = verifier.add(row.value);
      if (wrong !== undefined) return { ok: false, fault: wrong.fault, atLine };
    }
  } catch (fault) {
    if (!(fault instanceof LineTooLong)) throw fault;
    return { ok: false, fault: "line-unreadable", atLine: atLine + 1, reason: fault.message };
  }
  if (heading === undefined) return { ok: false, fault: "heading-unreadable", atLine: 1, reason: "the file is empty" };
  return compare(heading, verifier.end());
}

function compare(heading: Heading, verdict: Verdict): FileVerdict {
  if (!verdict.ok) return { ok: false, fault: verdict.fault };
  if (verdict.rows !== heading.rows || verdict.head !== heading.head) {
    const reason = `the first line names ${heading.rows} rows with the head ${heading.head}, the file holds ${verdict.rows} with ${verdict.head}`;
    return { ok: false, fault: "heading-differs", reason };
  }
  return { ok: true, heading, ...(verdict.pinnedAt === undefined ? {} : { pinnedAt: verdict.pinnedAt }) };
}

function readHeading(line: string): Heading | { fault: FileFault; reason: string } {
  const read = readLine(line, headingLine);
  if ("reason" in read) return { fault: "heading-unreadable", reason: read.reason };
  const { checksum, ...heading } = read.value;
  if (checksum === checksumOf(heading)) return heading;
  return { fault: "heading-changed", reason: "its checksum is another one" };
}

/** Anybody can make it anew: it finds a slip, and the pinned head what was done on purpose. */
function checksumOf(heading: Heading): string {
  const { format, version, profile, installation, exportedAt, rows, head } = heading;
  const fields = [format, version, profile, installation, exportedAt, rows, head];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

function readLine<Value extends object>(line: string, shape: z.ZodType<Value>): { value: Value } | { reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { reason: "it is not JSON" };
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) return { reason: describe(parsed.error) };
  // A field that stands twice, say: only the last one would be hashed.
  if (JSON.stringify(value) !== line) return { reason: "it is not written as the export writes it" };
  return { value: value as Value };
}

/** Names the field and never its value. */
function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join(".");
  return field ? `${field}: ${issue?.message}` : (issue?.message ?? "it is no row");
}

/** Always the same order of fields, whatever the database gave. */
function inOrder({ number, id, at, actorId, onBehalfOf, event, subjectKind, subjectId, details, hash }: SealedRow) {
  return { number, id, at, actorId, onBehalfOf, event, subjectKind, subjectId, details, hash };
}
