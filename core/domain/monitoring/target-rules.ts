import { accept, type Outcome, refuse } from "../outcome.ts";

/** Ways of watching one target. source: office practice */
export const mostChecks = 8;

/** @param version for which the button or the form was made */
export function refusalOfChangingTarget(target: { version: number }, version: number): Outcome {
  return target.version === version ? accept() : refuse("target-changed");
}
