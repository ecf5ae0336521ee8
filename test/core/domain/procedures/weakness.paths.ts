import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah dilihat." };

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  "ask-help-desk": words,
  "report-follow-up": words,
  close: words,
  cancel: words,
  reopen: words,
};

/** Every path of R37 (REQUIREMENTS, section 4); what leadership does once it knows is office practice. */
// biome-ignore format: a table
export const pathsOfWeakness: Record<string, PathStep[]> = {
  "leadership acknowledges it, acts, and says what came of it": [
    ["acknowledge", "leadership", "P B.3", "acting", null, { note: "Terima kasih." }],
    ["close", "leadership", "office practice", "closed", null],
  ],
  "leadership asks the help desk to see to it, twice": [
    ["acknowledge", "leadership", "P B.3", "acting", null],
    ["ask-help-desk", "leadership", "office practice", "following-up", null],
    ["report-follow-up", "help-desk", "office practice", "acting", null],
    ["ask-help-desk", "leadership", "office practice", "following-up", null],
    ["report-follow-up", "help-desk", "office practice", "acting", null],
    ["close", "leadership", "office practice", "closed", null],
  ],
  "the reporter withdraws it, and reports it again": [
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "reported", null],
    ["acknowledge", "leadership", "P B.3", "acting", null],
    ["close", "leadership", "office practice", "closed", null],
  ],
  "it is there again after it was closed": [
    ["acknowledge", "leadership", "P B.3", "acting", null],
    ["close", "leadership", "office practice", "closed", null],
    ["reopen", "user", "office practice", "reported", null],
    ["acknowledge", "leadership", "P B.3", "acting", null],
    ["ask-help-desk", "leadership", "office practice", "following-up", null],
    ["cancel", "user", "office practice", "cancelled", null],
  ],
};
