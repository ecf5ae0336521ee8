import { createHash, randomBytes } from "node:crypto";

const tokenBytes = 32;

/** What nobody guesses, for a link; only the hash of it is kept. */
export function newLinkToken(): { token: string; hash: Buffer } {
  const token = randomBytes(tokenBytes).toString("base64url");
  return { token, hash: hashOfLinkToken(token) };
}

/** A token is looked up by it: how long that takes tells nothing of the token. */
export function hashOfLinkToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
