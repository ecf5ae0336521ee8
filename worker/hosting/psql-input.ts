import { randomBytes } from "node:crypto";
import { finding } from "../../core/domain/hosting/check.ts";
import type { Bytes } from "../checks/bytes.ts";
import { Unreadable } from "../checks/limits.ts";

/** The one command of its own that psql still takes; what stands between backticks behind it is run by a shell. */
const release = "\\unrestrict";
/** No key of a dump is longer, and no mark is cut in two. */
const longestKey = 200;
const longestMark = release.length + 1 + longestKey;
const byteOrderMark = Buffer.from("\ufeff");

/**
 * A dump as psql is given it, which runs its statements and no command of its own, such as one of a shell: where these begin hangs on
 * the server's settings, too, which a dump changes. It is restricted by a key that nobody knows. pg_dump does the same by a key that
 * the dump names, so that its two marks are taken out.
 *
 * @param head of the dump, where pg_dump names its key
 * @returns ends with `Unreadable` where something else would release it, and at a NUL, which no dump of text has
 * source: PostgreSQL 18, psql, "\restrict"
 */
export async function* toPsqlInput(head: Buffer, bytes: Bytes): AsyncGenerator<Uint8Array> {
  const marks = marksOf(head.toString("latin1"));
  // Two backslashes end the command, so that lines keep their numbers.
  yield Buffer.from(`\\restrict ${randomBytes(16).toString("hex")} \\\\`);
  let skipped = head.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0;
  let rest = "";
  for await (const chunk of bytes) {
    // psql leaves out what stands behind it on its line, and reads on in the next.
    if (chunk.includes(0)) throw new Unreadable(finding("client-command"));
    const text = (rest + Buffer.from(chunk.subarray(skipped)).toString("latin1")).replaceAll(marks, "--");
    skipped = Math.max(0, skipped - chunk.length);
    const length = Math.max(0, text.length - longestMark);
    yield sound(text, length);
    rest = text.slice(length);
  }
  yield sound(rest, rest.length);
}

function marksOf(head: string): RegExp {
  const key = new RegExp(`^\\\\restrict ([A-Za-z0-9]{1,${longestKey}})\\r?$`, "m").exec(head)?.[1];
  return key === undefined ? /(?!)/g : new RegExp(`\\\\(?:un)?restrict ${key}`, "g");
}

/** @throws Unreadable nothing of it is given on once it would release itself */
function sound(text: string, length: number): Buffer {
  const at = text.indexOf(release);
  if (at >= 0 && at < length) throw new Unreadable(finding("client-command"));
  return Buffer.from(text.slice(0, length), "latin1");
}
