import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah dikerjakan." };

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  decline: words,
  "fulfil-as-it-support": words,
  "fulfil-as-data-center": words,
  "fulfil-as-infrastructure": words,
  "forward-from-it-support-to-data-center": words,
  "forward-from-it-support-to-infrastructure": words,
  "forward-from-data-center-to-it-support": words,
  "forward-from-data-center-to-infrastructure": words,
  "forward-from-infrastructure-to-it-support": words,
  "forward-from-infrastructure-to-data-center": words,
  "return-from-it-support": words,
  "return-from-data-center": words,
  "return-from-infrastructure": words,
  "confirm-resolved-by-phone": words,
  "report-still-bad-to-it-support": words,
  "report-still-bad-to-data-center": words,
  "report-still-bad-to-infrastructure": words,
  "report-still-bad-to-it-support-by-phone": words,
  "report-still-bad-to-data-center-by-phone": words,
  "report-still-bad-to-infrastructure-by-phone": words,
  close: words,
  cancel: words,
  reopen: words,
};

// biome-ignore format: a table
export const confirmedAndClosed: PathStep[] = [
  ["confirm-resolved", "user", "office practice", "ready-to-close", "help-desk"],
  ["close", "help-desk", "L IV.3", "closed", null],
];

/** From the state in which the work order is issued; both procedures of the catalogue have these. */
// biome-ignore format: a table
export const pathsOfWork: Record<string, PathStep[]> = {
  "it-support does it": [
    ["issue-to-it-support", "help-desk", "R06", "working-it-support", "it-support"],
    ["fulfil-as-it-support", "it-support", "office practice", "awaiting-confirmation-of-it-support", "it-support"],
    ...confirmedAndClosed,
  ],
  "the data center does it, and again, since it is not so yet": [
    ["issue-to-data-center", "help-desk", "R06", "working-data-center", "data-center"],
    ["fulfil-as-data-center", "data-center", "office practice", "awaiting-confirmation-of-data-center", "data-center"],
    ["report-still-bad-to-data-center", "user", "office practice", "working-data-center", "data-center"],
    ["fulfil-as-data-center", "data-center", "office practice", "awaiting-confirmation-of-data-center", "data-center"],
    ["report-still-bad-to-data-center-by-phone", "help-desk", "office practice", "working-data-center", "data-center"],
    ["fulfil-as-data-center", "data-center", "office practice", "awaiting-confirmation-of-data-center", "data-center"],
    ["confirm-resolved-by-phone", "help-desk", "office practice", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.3", "closed", null],
  ],
  "infrastructure does it, and again, since it is not so yet": [
    ["issue-to-infrastructure", "help-desk", "R06", "working-infrastructure", "infrastructure"],
    ["fulfil-as-infrastructure", "infrastructure", "office practice", "awaiting-confirmation-of-infrastructure", "infrastructure"],
    ["report-still-bad-to-infrastructure", "user", "office practice", "working-infrastructure", "infrastructure"],
    ["fulfil-as-infrastructure", "infrastructure", "office practice", "awaiting-confirmation-of-infrastructure", "infrastructure"],
    ["report-still-bad-to-infrastructure-by-phone", "help-desk", "office practice", "working-infrastructure", "infrastructure"],
    ["fulfil-as-infrastructure", "infrastructure", "office practice", "awaiting-confirmation-of-infrastructure", "infrastructure"],
    ...confirmedAndClosed,
  ],
  "it goes through all teams, and comes back to the one that did it": [
    ["issue-to-it-support", "help-desk", "R06", "working-it-support", "it-support"],
    ["forward-from-it-support-to-data-center", "it-support", "R06", "working-data-center", "data-center"],
    ["forward-from-data-center-to-infrastructure", "data-center", "R06", "working-infrastructure", "infrastructure"],
    ["forward-from-infrastructure-to-it-support", "infrastructure", "R06", "working-it-support", "it-support"],
    ["forward-from-it-support-to-infrastructure", "it-support", "R06", "working-infrastructure", "infrastructure"],
    ["forward-from-infrastructure-to-data-center", "infrastructure", "R06", "working-data-center", "data-center"],
    ["forward-from-data-center-to-it-support", "data-center", "R06", "working-it-support", "it-support"],
    ["fulfil-as-it-support", "it-support", "office practice", "awaiting-confirmation-of-it-support", "it-support"],
    ["report-still-bad-to-it-support", "user", "office practice", "working-it-support", "it-support"],
    ["fulfil-as-it-support", "it-support", "office practice", "awaiting-confirmation-of-it-support", "it-support"],
    ["report-still-bad-to-it-support-by-phone", "help-desk", "office practice", "working-it-support", "it-support"],
    ["fulfil-as-it-support", "it-support", "office practice", "awaiting-confirmation-of-it-support", "it-support"],
    ...confirmedAndClosed,
  ],
  "every team gives it back, and the help desk declines it": [
    ["issue-to-it-support", "help-desk", "R06", "working-it-support", "it-support"],
    ["return-from-it-support", "it-support", "R06", "returned", "help-desk"],
    ["forward-to-data-center", "help-desk", "R06", "working-data-center", "data-center"],
    ["return-from-data-center", "data-center", "R06", "returned", "help-desk"],
    ["forward-to-infrastructure", "help-desk", "R06", "working-infrastructure", "infrastructure"],
    ["return-from-infrastructure", "infrastructure", "R06", "returned", "help-desk"],
    ["forward-to-it-support", "help-desk", "R06", "working-it-support", "it-support"],
    ["return-from-it-support", "it-support", "R06", "returned", "help-desk"],
    ["decline", "help-desk", "office practice", "closed", null],
  ],
};

/** Every path of a short request. */
// biome-ignore format: a table
export const pathsOfShortRequest: Record<string, PathStep[]> = {
  ...pathsOfWork,
  "declined at once": [
    ["decline", "help-desk", "office practice", "closed", null],
  ],
  "cancelled, and opened again": [
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ["issue-to-it-support", "help-desk", "R06", "working-it-support", "it-support"],
    ["cancel", "user", "office practice", "cancelled", null],
  ],
};
