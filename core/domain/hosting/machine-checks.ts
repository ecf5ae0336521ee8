import type { Answers } from "../form/field.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { type CheckName, type CheckResult, checkNames } from "./check.ts";

/** What the data center makes of a check that a machine has made (R12). */
export const verdicts = ["passed", "failed"] as const;
export type Verdict = (typeof verdicts)[number];

/** A check of one file of a ticket's application. @property verdict the latest; absent: nobody has decided */
export type MachineCheck = CheckResult & {
  attachmentId: number;
  fileName: string;
  /** it was fetched from there; null: it was sent */
  imageReference: string | null;
  verdict?: { is: Verdict; note: string | undefined; byName: string };
};

/** @property waiting files that are being fetched or checked @property open checks without a verdict */
export type MachineCheckCounts = { all: number; waiting: number; open: number };

/** How an answer names a check: "17:malware". */
export function machineCheckKey({ attachmentId, check }: Pick<MachineCheck, "attachmentId" | "check">): string {
  return `${attachmentId}:${check}`;
}

/** @returns undefined: an answer that names none */
export function checkOfKey(key: string): CheckName | undefined {
  return checkNames.find((check) => key.endsWith(`:${check}`));
}

/**
 * Whether a verdict can be recorded: what the machine could not check is decided by a person, who says why.
 *
 * @param answers of the step; without a verdict the machine's result is accepted
 * @param checks of the files that were handed in last
 */
export function refusalOfVerdict(answers: Answers, checks: readonly MachineCheck[]): Outcome {
  const named = checks.find((check) => machineCheckKey(check) === answers["machine-check"]);
  if (named === undefined) return refuse("machine-check-gone");
  const isUndecided = named.result === "not-checked" && answers.verdict === undefined;
  return isUndecided ? refuse("machine-check-undecided") : accept();
}
