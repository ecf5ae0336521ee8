import pg from "pg";

/**
 * What went wrong, for a log line or a column: names, codes and constraints. Quoted parts are left out, for they
 * may be what somebody wrote; so is the detail that PostgreSQL adds, which quotes whole rows.
 */
export function describeFault(fault: unknown): string {
  const parts: string[] = [];
  for (let error = fault; error instanceof Error && parts.length < 4; error = error.cause) parts.push(describe(error));
  return parts.join("; because of ").slice(0, 500) || "something was thrown that is no error";
}

/** Classes and codes of PostgreSQL (connection lost, shutting down) and of the system. */
const awayCodes = /^(08\w{3}|57P0[123]|ECONN\w+|EPIPE|ENOENT|ETIMEDOUT)$/;

const awayWords =
  /^Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/;

/** Whether PostgreSQL is not there, or went away in the middle of it. */
export function isServerAway(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const { code } = fault as { code?: unknown };
  if (typeof code === "string" && awayCodes.test(code)) return true;
  return awayWords.test(fault.message) || isServerAway(fault.cause);
}

/** Whether a disk of this machine is full, or our share of it. */
export function isDiskFull(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const { code } = fault as { code?: unknown };
  return code === "ENOSPC" || code === "EDQUOT" || isDiskFull(fault.cause);
}

/** Where it went wrong. */
export function framesOf(fault: unknown): string[] {
  const lines = fault instanceof Error ? (fault.stack ?? "").split("\n") : [];
  return lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim());
}

function describe(error: Error): string {
  const message = error.message.replace(/"[^"]*"/g, '"…"');
  if (!(error instanceof pg.DatabaseError)) return `${error.name}: ${message}`;
  return [error.code, error.constraint, message].filter(Boolean).join(" ");
}
