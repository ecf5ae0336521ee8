/** What a check found, in one sentence; and where something is to be mended, exactly how. */
export type Finding = { what: string; says: string } & ({ grade: "ok" } | { grade: "warn" | "fail"; fix: string });

export function ok(what: string, says: string): Finding {
  return { grade: "ok", what, says };
}

export function warn(what: string, says: string, fix: string): Finding {
  return { grade: "warn", what, says, fix };
}

export function fail(what: string, says: string, fix: string): Finding {
  return { grade: "fail", what, says, fix };
}

/** For the terminal: one line, and a second one with the fix. */
export function describeFinding(finding: Finding): string {
  const line = `${finding.grade.padEnd(4)}  ${finding.what.padEnd(12)}  ${finding.says}`;
  return finding.grade === "ok" ? line : `${line}\n      fix: ${finding.fix}`;
}
