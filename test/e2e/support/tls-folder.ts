import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Authority } from "../../monitor/support/certificates.ts";

/**
 * Certificates as Docker's programs look for them.
 *
 * @param trusted whose word is taken for who the other side is
 * @param own whose word the other side is given for `name`
 */
export function makeTlsFolder(folder: string, trusted: Authority, own: { by: Authority; name: string }): string {
  const { key, cert } = own.by.certify(own.name, 1);
  mkdirSync(folder);
  const files = { "ca.pem": trusted.cert, "cert.pem": cert, "key.pem": key };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  return folder;
}

/** Docker's own, over TLS. */
export const tlsPort = 2376;

/** As arguments of `dockerd`. */
export function listenWithTls(address: string, folder: string): string[] {
  const file = (name: string) => join(folder, name);
  return [
    ...["--host", `tcp://${address}:${tlsPort}`, "--tlsverify"],
    ...["--tlscacert", file("ca.pem"), "--tlscert", file("cert.pem"), "--tlskey", file("key.pem")],
  ];
}
