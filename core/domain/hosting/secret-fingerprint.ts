import { createHmac } from "node:crypto";

/** By which it is seen that a secret is another one, and nothing of it. @param secrets in the order of the input */
export function fingerprintOfSecrets(passphrase: string, secrets: readonly string[]): string {
  const hmac = createHmac("sha256", passphrase).update("simpul secret fingerprint");
  for (const secret of secrets) hmac.update(`\0${secret.length}\0`).update(secret);
  return hmac.digest("hex");
}
