import type { Refusal } from "../outcome.ts";

/** What differs from when a plan was made, or approved, so that neither counts any more. */
export const outdatedReasons = [
  "addresses",
  "approvers",
  "expired",
  "file",
  "host",
  "image",
  "isolated",
  "program",
] as const;
export type OutdatedReason = (typeof outdatedReasons)[number];

const reasonOfCode: Record<string, OutdatedReason> = {
  "plan-changed": "file",
  "plan-expired": "expired",
  "network-given-up": "addresses",
  "application-isolated": "isolated",
};

/** By why a plan cannot be approved or built; all else is about who approved it. */
export function whyOutdated({ code, values }: Refusal): OutdatedReason {
  const named = outdatedReasons.find((each) => each === values.by);
  return named ?? reasonOfCode[code] ?? "approvers";
}
