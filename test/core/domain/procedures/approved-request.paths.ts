import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";
import { pathsOfWork, usualAnswers as usualOfWork } from "./short-request.paths.ts";

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = { ...usualOfWork, reject: { note: "Bukan untuk tugas kantor." } };

// biome-ignore format: a table
const approved: PathStep[] = [
  ["ask-approval", "help-desk", "office practice", "awaiting-approval", null],
  ["approve", "leadership", "office practice", "approved", null],
];

/** Every path of a request that leadership approves first. */
// biome-ignore format: a table
export const pathsOfApprovedRequest: Record<string, PathStep[]> = {
  ...Object.fromEntries(Object.entries(pathsOfWork).map(([name, path]) => [`approved: ${name}`, [...approved, ...path]])),
  "rejected with a reason": [
    ["ask-approval", "help-desk", "office practice", "awaiting-approval", null],
    ["reject", "leadership", "office practice", "closed", null],
  ],
  "declined before anybody was asked": [
    ["decline", "help-desk", "office practice", "closed", null],
  ],
  "cancelled while it waits, and opened again": [
    ["ask-approval", "help-desk", "office practice", "awaiting-approval", null],
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ["cancel", "user", "office practice", "cancelled", null],
  ],
};
