/** source: POSIX.1-2001, pax, "ustar Interchange Format" */

export const blockBytes = 512;

/** Larger sizes do not fit into eleven octal digits; GNU tar writes and reads them in base 256. */
const largestOctal = 8 ** 11 - 1;

/**
 * A header of a regular file that only its owner may read.
 *
 * @throws RangeError the path does not fit
 */
export function tarHeader(path: string, sizeBytes: number): Buffer {
  const { prefix, name } = splitPath(path);
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0, "latin1");
  header.write("0000600\0", 100, "latin1");
  header.write("0000000\0", 108, "latin1"); // owner
  header.write("0000000\0", 116, "latin1"); // group
  if (sizeBytes <= largestOctal) header.write(`${sizeBytes.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(sizeBytes), 128);
  }
  header.write(`${"0".repeat(11)}\0`, 136, "latin1"); // time of change
  header.write("0", 156, "latin1"); // a regular file
  header.write("ustar\0", 257, "latin1");
  header.write("00", 263, "latin1");
  header.write(prefix, 345, "latin1");
  header.write(`${sumOf(header).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}

/** Undefined: a block of zeros, the end. @throws RangeError no header of a regular file */
export function readTarHeader(header: Buffer): { path: string; sizeBytes: number } | undefined {
  if (header.every((byte) => byte === 0)) return undefined;
  if (Number.parseInt(textAt(header, 148, 8), 8) !== sumOf(header)) throw new RangeError("a header is damaged");
  const prefix = textAt(header, 345, 155);
  const name = textAt(header, 0, 100);
  const path = prefix === "" ? name : `${prefix}/${name}`;
  const kind = textAt(header, 156, 1);
  if (kind !== "0" && kind !== "") throw new RangeError(`${path} is no regular file`);
  const isLarge = header[124] === 0x80;
  const sizeBytes = isLarge ? Number(header.readBigUInt64BE(128)) : Number.parseInt(textAt(header, 124, 12), 8);
  if (!Number.isSafeInteger(sizeBytes)) throw new RangeError(`the size of ${path} cannot be read`);
  return { path, sizeBytes };
}

/** To the next whole block. */
export function paddingOf(sizeBytes: number): number {
  return (blockBytes - (sizeBytes % blockBytes)) % blockBytes;
}

function splitPath(path: string): { prefix: string; name: string } {
  if (path.length <= 100) return { prefix: "", name: path };
  const slash = path.indexOf("/", path.length - 101);
  const split = { prefix: path.slice(0, slash), name: path.slice(slash + 1) };
  if (slash < 0 || split.prefix.length > 155) throw new RangeError(`the path ${path} is too long for an archive`);
  return split;
}

/** With spaces where the sum itself stands. */
function sumOf(header: Buffer): number {
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 0x20 : byte;
  return sum;
}

function textAt(header: Buffer, from: number, length: number): string {
  const [text = ""] = header.toString("latin1", from, from + length).split("\0");
  return text;
}
