import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Certificate = { key: string; cert: string };

export type Authority = {
  cert: string;
  /** @param name or address. @param days until it ends; -1: it ended yesterday */
  certify: (name: string, days: number) => Certificate;
  remove: () => void;
};

/** An authority of the test's own, whose certificates nobody but the test knows. */
export function openAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "simpul-authority-"));
  const at = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync("openssl", words, { stdio: "ignore", cwd: folder });
  const makeKey = (name: string) => openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", name);
  makeKey("authority.key");
  openssl(
    ...["req", "-x509", "-key", "authority.key", "-subj", "/CN=authority of a test", "-days", "30"],
    ...["-addext", "basicConstraints=critical,CA:TRUE", "-out", "authority.crt"],
  );
  return {
    cert: readFileSync(at("authority.crt"), "utf8"),
    certify(name, days) {
      makeKey("server.key");
      const names = `subjectAltName=${isIP(name) === 0 ? "DNS" : "IP"}:${name}`;
      openssl("req", "-new", "-key", "server.key", "-subj", `/CN=${name}`, "-addext", names, "-out", "server.csr");
      openssl(
        ...["x509", "-req", "-in", "server.csr", "-CA", "authority.crt", "-CAkey", "authority.key"],
        ...["-copy_extensions", "copy", "-days", `${days}`, "-out", "server.crt"],
      );
      return { key: readFileSync(at("server.key"), "utf8"), cert: readFileSync(at("server.crt"), "utf8") };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
