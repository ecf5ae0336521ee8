import { type Findings, finding } from "../../core/domain/hosting/check.ts";
import { readPasswords } from "../../core/domain/hosting/checks/default-passwords.ts";
import { makerOf, readDump } from "../../core/domain/hosting/checks/sql-dump.ts";
import { type Bytes, gunzip, peek } from "./bytes.ts";
import { formatOf } from "./file-format.ts";
import { type Budget, Unreadable } from "./limits.ts";
import { headBytes, type OpenFile } from "./walk-archive.ts";

/** Looks at a dump, packed by gzip or not. It is loaded later, into a database that is thrown away. */
export async function lookAtDump(file: OpenFile, budget: Budget): Promise<Findings> {
  const loads = { "dump-loads": [finding("not-loaded")] };
  try {
    return { ...(await lookAtStatements(file, budget)), ...loads };
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    return { "dump-sane": [fault.finding], "default-passwords": [finding("not-read-whole")], ...loads };
  }
}

async function lookAtStatements(file: OpenFile, budget: Budget): Promise<Findings> {
  const { head, bytes } = await openDump(file, budget);
  const maker = makerOf(head.toString("latin1"));
  if (maker === undefined) throw new Unreadable(finding("dump-unknown"));
  const passwords = readPasswords();
  const dump = readDump(maker, passwords);
  for await (const chunk of bytes) {
    budget.takeUnpacked(chunk.length, "");
    // Behind it psql reads other statements than we do.
    if (maker.product === "postgresql" && chunk.includes(0)) throw new Unreadable(finding("client-command"));
    dump.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1"));
  }
  const { product, tool, version, server } = maker;
  return {
    "dump-sane": [...dump.end(), finding("dump-recognised", { product, tool, version, server })],
    "default-passwords": passwords.end(),
  };
}

/** @throws Unreadable it is no text, packed by gzip or not */
export async function openDump({ bytes }: OpenFile, budget: Budget): Promise<{ head: Buffer; bytes: Bytes }> {
  const { head, all } = await peek(bytes, headBytes);
  if (head.length === 0) throw new Unreadable(finding("file-empty"));
  const format = formatOf(head);
  if (format === "other") return { head, bytes: all };
  if (format === "gzip") {
    const inner = await peek(gunzip(all), headBytes);
    if (formatOf(inner.head) === "other") return { head: inner.head, bytes: inner.all };
  }
  const named = typeof format === "object" ? format.unsupported : format;
  budget.takeUnpacked(head.length, "");
  throw new Unreadable(finding("format-unsupported", { format: named }));
}
