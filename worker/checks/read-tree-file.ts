import { showPath } from "../../core/domain/hosting/archive-entry.ts";
import { type Finding, finding } from "../../core/domain/hosting/check.ts";
import { licenceMarkInLine } from "../../core/domain/hosting/checks/licences.ts";
import { dumpByHead, mayHoldSecrets, secretByName, secretInLine } from "../../core/domain/hosting/checks/secrets.ts";
import { makerOf } from "../../core/domain/hosting/checks/sql-dump.ts";
import { readLines, readTogether } from "./line-reader.ts";
import type { FileReader } from "./walk-archive.ts";

/** What one file of a tree gives away. */
export type TreeFindings = { secrets: Finding[]; licences: Finding[] };

const rows = /^\s*(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\b|^COPY\s.*\sFROM\s+stdin/i;

/** Looks at a file of a tree as it is read, line by line where it is text. @param found gets what is found, each kind once a file */
export function readTreeFile(path: string, head: Buffer, found: TreeFindings): FileReader {
  const text = head.toString("latin1");
  const shown = showPath(path);
  const byName = secretByName(path) ?? dumpByHead(text);
  if (byName !== undefined) found.secrets.push(finding(byName, { path: shown }));
  if (text.includes("\0")) return readTogether([]);
  const seen = new Set<string>();
  const once = (into: Finding[], code: Finding["code"], line: number) => {
    if (seen.has(code)) return;
    seen.add(code);
    into.push(finding(code, { path: shown, line }));
  };
  const isDump = makerOf(text) !== undefined;
  const hasSecrets = mayHoldSecrets(path) && byName === undefined;
  return readLines((line, number) => {
    if (isDump && rows.test(line)) once(found.secrets, "dump-in-tree", number);
    // What a dump holds is looked at when it is handed in as one.
    const secret = hasSecrets && !isDump ? secretInLine(path, line) : undefined;
    if (secret !== undefined) once(found.secrets, secret, number);
    const mark = licenceMarkInLine(path, line);
    if (mark !== undefined) once(found.licences, mark, number);
  });
}
