import { createHash } from "node:crypto";
import { type Finding, finding } from "../check.ts";
import type { SqlListener } from "./sql-scanner.ts";

/**
 * Passwords that applications are delivered with, or that everybody tries first. Source: the lists of most common passwords that
 * NCSC (2019) and NordPass (2024) published, and the installers and course books that are used in offices here.
 */
const passwords =
  "password passw0rd p@ssw0rd password123 admin123 admin1234 administrator123 superadmin 123456 1234567 12345678 123456789 1234567890 12345 1234 111111 000000 qwerty qwerty123 rahasia secret changeme letmein default welcome bismillah indonesia sayang".split(
    " ",
  );

/** Names of accounts that are default passwords too, but stand in dumps also as the names that they are. */
const alsoNames = "admin administrator root user guest test demo operator pegawai kominfo".split(" ");

/** Salted hashes that were published with their password: the factory of Laravel, before version 11 and since. */
const publishedHashes = [
  "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
  "$2y$10$TKh8H1.PfQx37YgCzwiKb.KjNyWgaHb9cbcoQgdIVFlYg7B77UdFm",
];

const digests = new Set(
  ["md5", "sha1", "sha256", "sha512"].flatMap((algorithm) => {
    return [...passwords, ...alsoNames].map((word) => createHash(algorithm).update(word).digest("hex"));
  }),
);
const plain = new Set(passwords);
const names = new Set(alsoNames);
const published = new Set(publishedHashes);
const salted = /^\$(?:2[abxy]|argon2(?:id?|d)|P|H|S|wp|5|6|y)\$|^pbkdf2_|^(?:scrypt|bcrypt)[$:]/;

/** Tables of which a column may be a password. */
const tableOfAccounts =
  /user|admin|login|account|akun|pengguna|operator|pegawai|petugas|member|anggota|auth|siswa|guru/i;

export type PasswordReader = Pick<SqlListener, "literal" | "row"> & { end: () => Finding[] };

/**
 * Looks for default passwords among the texts of a dump: as they are, in tables of accounts, and by their hash without salt, anywhere.
 * A hash with a salt would have to be tried, which takes a second for each account: that there are some is noted.
 */
export function readPasswords(): PasswordReader {
  const found: Finding[] = [];
  let hasSalted = false;
  const before = { line: 0, text: "" };
  const look = (text: string, line: number, table: string, isRepeated: boolean) => {
    hasSalted ||= salted.test(text);
    const kind = kindOf(text, tableOfAccounts.test(table), isRepeated);
    if (kind !== undefined) found.push(finding("default-password", { table, line, kind }));
  };
  return {
    literal: (text, line, statement) => {
      look(text, line, tableOf(statement), before.line === line && before.text === text.toLowerCase());
      Object.assign(before, { line, text: text.toLowerCase() });
    },
    row: (text, line, statement) => {
      const cells = text.split("\t");
      const isRepeated = (cell: string, index: number) => cells.indexOf(cell) !== index;
      for (const [index, cell] of cells.entries()) look(cell, line, tableOf(statement), isRepeated(cell, index));
    },
    end: () => [...found, ...(hasSalted ? [finding("salted-passwords")] : [])],
  };
}

function kindOf(text: string, isAccount: boolean, isRepeated: boolean): "hash" | "plain" | undefined {
  if (digests.has(text.toLowerCase()) || published.has(text)) return "hash";
  const word = text.toLowerCase();
  return isAccount && (plain.has(word) || (isRepeated && names.has(word))) ? "plain" : undefined;
}

function tableOf(statement: string): string {
  return (
    /^\s*(?:INSERT|REPLACE|COPY|UPDATE)\s+(?:(?:IGNORE|LOW_PRIORITY|DELAYED|INTO)\s+)*([\w.$-]{1,80})/i.exec(
      statement,
    )?.[1] ?? ""
  );
}
