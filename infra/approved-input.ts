import { readFileSync } from "node:fs";
import { RunError, runtime } from "@pulumi/pulumi";
import { sha256 } from "../core/domain/hosting/canonical.ts";
import { approvedFileOf } from "./stack-files.ts";

/**
 * A plan that waits for its approval is previewed, and not built, by whomever.
 *
 * @param input the stack's file, whole
 * @throws RunError
 */
export function refuseUnapproved(home: string, stack: string, input: string): void {
  if (runtime.isDryRun() || sha256(input) === approvedOf(home, stack)) return;
  throw new RunError(
    `building stack ${stack}: its file is not what was approved, but a plan that waits or a change by hand; see it by "npm run pulumi -- preview --stack ${stack}". Simpul builds a plan once it is approved.`,
  );
}

function approvedOf(home: string, stack: string): string | undefined {
  try {
    return readFileSync(approvedFileOf(home, stack), "utf8").trim();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fault;
  }
}
