/** What a file is by its first 512 bytes, whatever its name says. */
export type FileFormat = "zip" | "gzip" | "tar" | { unsupported: string } | "other";

/** An entry, the listing of one without entries, or one in parts. */
const zip = ["PK\x03\x04", "PK\x05\x06", "PK\x07\x08"];

const unsupported: readonly (readonly [format: string, mark: string])[] = [
  ["rar", "Rar!\x1a\x07"],
  ["7z", "7z\xbc\xaf\x27\x1c"],
  ["xz", "\xfd7zXZ\0"],
  ["bzip2", "BZh"],
  ["zstd", "\x28\xb5\x2f\xfd"],
  ["cab", "MSCF"],
  ["pg_dump -Fc", "PGDMP"],
];

export function formatOf(head: Buffer): FileFormat {
  const text = head.toString("latin1");
  if (zip.some((mark) => text.startsWith(mark))) return "zip";
  if (text.startsWith("\x1f\x8b")) return "gzip";
  const other = unsupported.find(([, mark]) => text.startsWith(mark));
  if (other !== undefined) return { unsupported: other[0] };
  return isTarHeader(head) ? "tar" : "other";
}

/** By its checksum, which also the oldest form has. source: POSIX.1-2001, pax, "ustar Interchange Format" */
function isTarHeader(head: Buffer): boolean {
  if (head.length < 512 || head[0] === 0) return false;
  const expected = Number.parseInt(head.toString("latin1", 148, 156).split("\0", 1)[0] ?? "", 8);
  const sum = head.subarray(0, 512).reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return sum === expected;
}
