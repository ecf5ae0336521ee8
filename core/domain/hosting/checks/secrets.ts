import { isOfDependency, nameOf } from "../archive-entry.ts";
import type { FindingCode } from "../check.ts";

/**
 * Marks of secrets that stand in one line. A table of our own (ADR 0029): the forms that offices use, each with little else that
 * looks like it.
 */
const inLine: readonly (readonly [FindingCode, RegExp])[] = [
  [
    "private-key",
    /-----BEGIN (?:RSA |DSA |EC |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-\d/,
  ],
  ["token", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,}|glpat-[\w-]{20})/],
  ["token", /\bxox[abprs]-[\w-]{10,}/],
  ["token", /\bAIza[\w-]{35}\b/],
  ["token", /\b(?:sk|rk)_live_\w{20,}/],
  ["token", /\b\d{8,10}:AA[\w-]{33}\b/],
  ["token", /\b(?:SB-)?Mid-server-[\w-]{16,}/],
  [
    "password-in-address",
    /\b(?:mysql|mariadb|postgres(?:ql)?|mongodb(?:\+srv)?|redis|amqp|ftp|smtps?|ldaps?):\/\/[^\s:@/"'<>${}]+:[^\s:@/"'<>${}]+@/,
  ],
];

/** Between quotation marks: with a salt, or as long as one of MD5 or SHA-1. */
const passwordHash =
  /(["'])(?:\$(?:2[abxy]|argon2(?:id?|d)|P|H|S|wp|5|6|y)\$[^"']+|pbkdf2_[^"']+|\*?(?:[0-9a-f]{32}|[0-9a-f]{40}))\1/i;

/** Name, then a value in quotation marks; or, in files of settings, the rest of the line. */
const quotedPassword =
  /(?:pass(?:word|wd|phrase)?|pwd|secret(?:_?key)?|api_?key|auth_?token)["'\]]*\s*(?:=>|=|:|,)\s*(["'])(?<value>[^"']{3,})\1/i;
const plainPassword =
  /^\s*[\w.-]*(?:pass(?:word|wd|phrase)?|pwd|secret(?:[_-]?key)?|api[_-]?key|auth[_-]?token)\s*[=:]\s*(?<value>[^\s"'#]{3,})\s*$/i;

const settings = /\.(?:properties|ya?ml|ini|cnf|conf|toml|cfg)$/i;
const configuration =
  /(?:^|\/)(?:config|configuration|configs|settings|database|db|koneksi|connection|connect)[^/]*\.(?:php|inc|py|js|ts|json|xml)$|(?:^|\/)(?:wp-config|local_settings|LocalSettings|web)[^/]*\.(?:php|py|xml|config)(?:\.\w+)?$|(?:^|\/)(?:config|conf|configuration)\/[^/]+\.(?:php|py|js|json|xml)$/i;

/** What says that the value comes from elsewhere, or is only an example. */
const placeholder =
  /^(?:[$%{<]|env\b|getenv|process\.env|os\.|null$|none$|true$|false$|required|string|nullable|your[_-]|x{3,}$|\*{3,}|(?:change|replace)[_-]?me|password_here|database_password_here|(?:db_)?password$|secret$)|\$\{|env\(|getenv|process\.env|\|/i;

/** Files that are a secret by what they are. */
const byName: readonly (readonly [FindingCode, RegExp])[] = [
  ["env-file", /(?:^|\/)\.env(?:\.(?!example$|sample$|dist$|template$|test$)[\w-]+)?$/],
  ["key-store", /\.(?:pfx|p12|jks|keystore|kdbx)$/i],
  ["password-file", /(?:^|\/)(?:\.htpasswd|\.pgpass|\.my\.cnf|\.netrc|\.npmrc-auth)$/],
  ["version-control", /(?:^|\/)(?:\.git\/HEAD|\.svn\/entries|\.svn\/wc\.db|\.hg\/requires)$/],
];

/** What the path alone gives away. */
export function secretByName(path: string): FindingCode | undefined {
  if (isOfDependency(path)) return undefined;
  return byName.find(([, pattern]) => pattern.test(path))?.[0];
}

/** Whether the lines of a file are looked at: what comes with packages is public, and has keys for tests. */
export function mayHoldSecrets(path: string): boolean {
  return !isOfDependency(path) && !/\.(?:min\.js|map|css|svg|lock)$/.test(path) && nameOf(path) !== "package-lock.json";
}

/** What a line of that file gives away. */
export function secretInLine(path: string, line: string): FindingCode | undefined {
  const marked = inLine.find(([, pattern]) => pattern.test(line));
  if (marked !== undefined) return marked[0];
  // A file of statements by no tool that is known: rows alone may be what a new installation begins with, those of people are not.
  if (/\.sql$/i.test(path)) return passwordHash.test(line) ? "dump-in-tree" : undefined;
  const isSettings = settings.test(path);
  if (!isSettings && !configuration.test(path)) return undefined;
  const value =
    quotedPassword.exec(line)?.groups?.value ?? (isSettings ? plainPassword.exec(line)?.groups?.value : undefined);
  return value === undefined || placeholder.test(value) ? undefined : "password-in-configuration";
}

/** Of a variable of an image's environment, such as "DB_PASSWORD=…". */
export function isSecretVariable(variable: string): boolean {
  const [name = "", ...value] = variable.split("=");
  const text = value.join("=");
  if (inLine.some(([, pattern]) => pattern.test(text))) return true;
  return /(?:PASSWORD|PASSWD|SECRET|API_?KEY|TOKEN)$/i.test(name) && text !== "" && !placeholder.test(text);
}

/** What a file is by how it begins. @param head its first bytes, one character each */
export function dumpByHead(head: string): FindingCode | undefined {
  if (head.startsWith("PGDMP")) return "dump-in-tree";
  return head.startsWith("SQLite format 3\0") ? "database-in-tree" : undefined;
}
