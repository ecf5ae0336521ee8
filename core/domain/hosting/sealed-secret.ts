import { createCipheriv, createDecipheriv, scryptSync } from "node:crypto";

const marker = "sealed:1:";
const keyBytes = 32;
const tagBytes = 16;

/** AES-GCM's own size; a nonce must never be used twice with one key, so it is drawn anew for each secret. */
export const nonceBytes = 12;

/**
 * A secret as it may lie in a file or a table: only who has the passphrase can read it, and it cannot be altered unnoticed.
 * The same text and nonce give the same result, so a file that is written again is the same file.
 *
 * @param nonce `nonceBytes` random bytes
 */
export function sealSecret(passphrase: string, text: string, nonce: Uint8Array): string {
  const cipher = createCipheriv("aes-256-gcm", keyOf(passphrase), nonce);
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return marker + sealed.toString("base64url");
}

/** @throws Error it was sealed by another passphrase, or altered; the text holds nothing of it */
export function openSecret(passphrase: string, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(marker.length), "base64url");
  const [nonce, rest] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes)];
  const decipher = createDecipheriv("aes-256-gcm", keyOf(passphrase), nonce);
  decipher.setAuthTag(rest.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(rest.subarray(0, -tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    throw new Error("opening a sealed secret: it was sealed by another passphrase, or altered");
  }
}

export function isSealed(text: string): boolean {
  const body = text.startsWith(marker) ? text.slice(marker.length) : "";
  return /^[\w-]+$/.test(body) && Buffer.from(body, "base64url").length > nonceBytes + tagBytes;
}

const keys = new Map<string, Buffer>();

/** Costly on purpose, for a passphrase that somebody chose; the salt separates it from Pulumi's own use of the same one. */
function keyOf(passphrase: string): Buffer {
  const known = keys.get(passphrase);
  if (known !== undefined) return known;
  const key = scryptSync(passphrase, "simpul stack secrets", keyBytes);
  keys.set(passphrase, key);
  return key;
}
