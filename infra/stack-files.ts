import { join } from "node:path";

/** @param home SIMPUL_HOME */
export function inputFileOf(home: string, stack: string): string {
  return join(home, "stacks", `${stack}.json`);
}

/** Holds the SHA-256 of what the stack may be built by: its file itself may be that of a plan that waits. */
export function approvedFileOf(home: string, stack: string): string {
  return join(home, "stacks", `${stack}.approved`);
}
