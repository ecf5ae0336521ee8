import { accept, type Outcome, refuse } from "../outcome.ts";

const leastRsaBits = 3072;
/** In bytes: of an uncompressed point, its mark included. */
const pointBytes: Record<string, number> = { nistp256: 65, nistp384: 97, nistp521: 133 };
const types = ["ssh-ed25519", "ssh-rsa", ...Object.keys(pointBytes).map((curve) => `ecdsa-sha2-${curve}`)];

/**
 * Reads the public key of somebody as `ssh-keygen` writes it: one line, a type and base64, perhaps with a comment. Whatever a file
 * of keys may say before it, such as a command, is refused.
 *
 * @returns type and base64, without the comment, which mostly names a person
 */
export function parsePublicKey(entered: string): Outcome<string> {
  const text = entered.trim();
  if (text.includes("PRIVATE KEY")) return refuse("key-is-private");
  if (/[\r\n]/.test(text)) return refuse("key-of-many-lines");
  const [type = "", encoded = ""] = text.split(/ +/);
  if (!types.includes(type)) return refuse("key-type-unknown");
  const parts = readParts(encoded);
  if (parts === undefined || parts[0]?.toString() !== type) return refuse("key-damaged");
  const refused = refusalOfParts(type, parts.slice(1));
  return refused === undefined ? accept(`${type} ${encoded}`) : refuse(refused, { leastBits: leastRsaBits });
}

/** Each with its length before it, to the last byte. source: RFC 4253, 6.6 */
function readParts(encoded: string): Buffer[] | undefined {
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== encoded) return undefined;
  const parts: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    parts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return parts;
}

/** source: RFC 8709 (Ed25519), RFC 5656 (ECDSA), RFC 4253, 6.6 (RSA) */
function refusalOfParts(type: string, [first, second, ...more]: readonly Buffer[]): string | undefined {
  if (first === undefined || more.length > 0) return "key-damaged";
  if (type === "ssh-ed25519") return first.length === 32 && second === undefined ? undefined : "key-damaged";
  if (second === undefined) return "key-damaged";
  if (type === "ssh-rsa") return bitsOf(second) < leastRsaBits ? "key-too-short" : undefined;
  const isPoint = second.length === pointBytes[first.toString()] && second[0] === 4;
  return isPoint && type === `ecdsa-sha2-${first.toString()}` ? undefined : "key-damaged";
}

function bitsOf(number: Buffer): number {
  return BigInt(`0x0${number.toString("hex")}`).toString(2).length;
}
