/** What somebody hands in to be hosted: the archive of a site, a dump of its database, or an image (`docker save`). */
export type ApplicationFileKind = "archive" | "dump" | "image";

/**
 * What a machine looks at before somebody of the data center decides, in the order in which it is shown.
 * source: L IV.1 (checks of hosting), C 17(3), P B.5 (licences)
 */
export const checkNames = [
  "archive-sane",
  "image-sane",
  "dump-sane",
  "malware",
  "application",
  "secrets",
  "end-of-life",
  "file-modes",
  "default-passwords",
  "licences",
  "dump-loads",
] as const;
export type CheckName = (typeof checkNames)[number];

const checksOfKind: Record<ApplicationFileKind, readonly CheckName[]> = {
  archive: ["archive-sane", "malware", "application", "secrets", "end-of-life", "file-modes", "licences"],
  image: ["archive-sane", "image-sane", "malware", "application", "secrets", "end-of-life", "file-modes", "licences"],
  dump: ["dump-sane", "malware", "default-passwords", "dump-loads"],
};

export function checksOf(kind: ApplicationFileKind): CheckName[] {
  return checkNames.filter((check) => checksOfKind[kind].includes(check));
}

/**
 * What can be found, and what it means: a `fault` fails its check, a `gap` could not be looked at, a `note` is said of a file
 * that passes as well.
 */
const findingWeights = {
  // Of any file
  "file-empty": "fault",
  "format-unsupported": "fault",
  "format-unknown": "fault",
  "file-truncated": "fault",
  "file-damaged": "fault",
  "too-many-entries": "fault",
  "too-large": "fault",
  bomb: "fault",
  "nested-too-deep": "fault",
  "nested-too-large": "gap",
  "not-read-whole": "gap",
  "took-too-long": "gap",
  "took-too-much-memory": "gap",
  "check-broke": "gap",
  "more-findings": "note",
  // Of an archive's entries
  encrypted: "fault",
  "compression-unsupported": "fault",
  "checksum-wrong": "fault",
  "size-wrong": "fault",
  "entries-overlap": "fault",
  "name-differs": "fault",
  "path-empty": "fault",
  "path-outside": "fault",
  "path-absolute": "fault",
  "path-backslash": "fault",
  "path-control-characters": "fault",
  "path-too-long": "fault",
  "path-twice": "fault",
  "path-differs-by-case": "fault",
  "path-through-file": "fault",
  "path-through-link": "fault",
  "link-outside": "fault",
  "link-unreadable": "fault",
  "hard-link": "fault",
  device: "fault",
  // Malware
  "malware-found": "fault",
  "clamav-not-installed": "gap",
  "clamav-without-signatures": "gap",
  "beyond-clamav": "gap",
  "clamav-failed": "gap",
  // The application
  "application-unknown": "fault",
  "application-unseen": "gap",
  "application-recognised": "note",
  "packages-missing": "note",
  // Secrets and dumps
  "private-key": "fault",
  "key-store": "fault",
  "env-file": "fault",
  "password-file": "fault",
  "version-control": "fault",
  token: "fault",
  "password-in-configuration": "fault",
  "password-in-address": "fault",
  "secret-in-environment": "fault",
  "dump-in-tree": "fault",
  "database-in-tree": "fault",
  // End of life
  "end-of-life": "fault",
  "ends-soon": "note",
  "version-unknown": "gap",
  // Modes
  "world-writable": "fault",
  setuid: "fault",
  setgid: "fault",
  // Licences
  "licence-declared": "note",
  "licence-proprietary": "fault",
  "licence-broken": "fault",
  "code-encoded": "fault",
  "licence-unknown": "gap",
  // Dumps
  "dump-recognised": "note",
  "dump-unknown": "fault",
  "dump-end-unknown": "gap",
  "runs-program": "fault",
  "reads-server-files": "fault",
  "loads-native-code": "fault",
  "reaches-out": "fault",
  "changes-accounts": "fault",
  "changes-database": "fault",
  "changes-server": "fault",
  definer: "fault",
  "client-command": "fault",
  "default-password": "fault",
  "salted-passwords": "note",
  "not-loaded": "gap",
  "loading-off": "gap",
  "database-not-offered": "gap",
  "loading-failed": "gap",
  "dump-does-not-load": "fault",
  // Images
  "image-described": "note",
  "writes-lost": "note",
  "manifest-missing": "fault",
  "manifest-unreadable": "fault",
  "several-images": "fault",
  "configuration-missing": "fault",
  "configuration-unreadable": "fault",
  "configuration-differs": "fault",
  "layer-missing": "fault",
  "layer-differs": "fault",
  "not-for-linux": "fault",
  "runs-as-root": "fault",
  "no-port": "gap",
  "nothing-to-run": "fault",
} as const satisfies Record<string, "fault" | "gap" | "note">;
export type FindingCode = keyof typeof findingWeights;

/** `values`: where and what, such as the path in the archive, the line, a version. Never a secret itself. */
export type Finding = { code: FindingCode; values: Record<string, string | number> };

export type CheckResult = {
  check: CheckName;
  result: "passed" | "failed" | "not-checked";
  findings: Finding[];
};

/** So many findings of a check are kept; how many more there are is said. */
export const mostFindings = 50;

/** What was found by each check. A check that is missing has found nothing, and passes. */
export type Findings = Partial<Record<CheckName, readonly Finding[]>>;

export function finding(code: FindingCode, values: Finding["values"] = {}): Finding {
  return { code, values };
}

/** The results of all checks of that kind of file, in order. */
export function resultsOf(kind: ApplicationFileKind, found: Findings): CheckResult[] {
  return checksOf(kind).map((check) => resultOf(check, found[check] ?? []));
}

/** Of one check. */
export function resultOf(check: CheckName, found: readonly Finding[]): CheckResult {
  const weights = new Set(found.map(({ code }) => findingWeights[code]));
  const result = weights.has("fault") ? "failed" : weights.has("gap") ? "not-checked" : "passed";
  const heaviestFirst = found.toSorted((one, other) => rankOf(one) - rankOf(other));
  if (found.length <= mostFindings) return { check, result, findings: heaviestFirst };
  const more = finding("more-findings", { count: found.length - mostFindings });
  return { check, result, findings: [...heaviestFirst.slice(0, mostFindings), more] };
}

function rankOf({ code }: Finding): number {
  return ["fault", "gap", "note"].indexOf(findingWeights[code]);
}
