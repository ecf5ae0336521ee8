import { createHash, generateKeyPairSync } from "node:crypto";

const curve = "nistp256";

/**
 * A key by which a server of SSH is known, and no other. Of ECDSA, since older servers read no Ed25519 in a format that Node writes.
 *
 * @returns `pem` in base64, on one line; `fingerprint` as `ssh` shows it
 */
export function drawHostKey(): { pem: string; fingerprint: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const pem = privateKey.export({ type: "sec1", format: "pem" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  const wire = Buffer.concat([`ecdsa-sha2-${curve}`, curve, point].map(withLength));
  const hash = createHash("sha256").update(wire).digest("base64").replace(/=+$/, "");
  return { pem: Buffer.from(pem).toString("base64"), fingerprint: `SHA256:${hash}` };
}

/** source: RFC 4251, 5 */
function withLength(part: string | Buffer): Buffer {
  const bytes = Buffer.from(part);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
