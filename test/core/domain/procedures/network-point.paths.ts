import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah diperiksa." };
const visit = { appointment: "23-11-2026 09.00", "contact-on-site": "Bu Rina, 0812-3456-7890" };

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  "schedule-survey": visit,
  "record-survey": {
    "surveyed-place": "Dinding timur",
    "surveyed-points": "3",
    "devices-needed": "Switch 8 port, kabel 40 m",
  },
  "recommend-point": words,
  "approve-recommendation": words,
  "reject-recommendation": words,
  "ask-new-survey": words,
  "tell-rejection": words,
  "schedule-installation": visit,
  "record-installation": { "materials-used": "Kabel 35 m" },
  "point-is-not-connected": words,
  "point-repaired": words,
  "ask-requester": words,
  "report-still-bad": words,
  "confirm-resolved-by-phone": words,
  "report-still-bad-by-phone": words,
  close: words,
  cancel: words,
  reopen: words,
};

// biome-ignore format: a table
const issued: PathStep[] = [
  ["issue-work-order", "help-desk", "L IV.3, 2", "surveying", "it-support"],
];

// biome-ignore format: a table
const surveyed: PathStep[] = [
  ["schedule-survey", "it-support", "office practice", "surveying", "it-support"],
  ["record-survey", "it-support", "L IV.3, 3", "recommending", "it-support"],
];

// biome-ignore format: a table
const recommended: PathStep[] = [
  ...surveyed,
  ["recommend-point", "it-support", "L IV.3, 4", "analysing-recommendation", "infrastructure"],
];

// biome-ignore format: a table
const approved: PathStep[] = [
  ...issued,
  ...recommended,
  ["approve-recommendation", "infrastructure", "L IV.3, 5", "installing-point", "it-support"],
];

// biome-ignore format: a table
const installed: PathStep[] = [
  ["schedule-installation", "it-support", "office practice", "installing-point", "it-support"],
  ["record-installation", "it-support", "L IV.3, 7", "checking-point", "it-support"],
];

// biome-ignore format: a table
const verifiedAndClosed: PathStep[] = [
  ["point-is-connected", "it-support", "L IV.3, 8", "verifying", "it-support"],
  ["ask-requester", "it-support", "L IV.3, 8", "awaiting-confirmation", "it-support"],
  ["confirm-resolved", "user", "L IV.3, 8", "ready-to-close", "help-desk"],
  ["close", "help-desk", "L IV.3, 9", "closed", null],
];

/** Every path of R02 (REQUIREMENTS, section 2), and the roundabout ways of R06 and of office practice. */
// biome-ignore format: a table
export const pathsOfNetworkPoint: Record<string, PathStep[]> = {
  "approved, installed, connected at once": [
    ...approved,
    ...installed,
    ...verifiedAndClosed,
  ],
  "surveyed with pin, letter of assignment and notes, and installed without a further appointment": [
    ["issue-work-order", "help-desk", "L IV.3, 2", "surveying", "it-support", { note: "Gedung baru." }],
    ["schedule-survey", "it-support", "office practice", "surveying", "it-support", { ...visit, "assignment-letter": "094/215/2026" }],
    ["record-survey", "it-support", "L IV.3, 3", "recommending", "it-support", { ...usualAnswers["record-survey"], "surveyed-location": "2.345600,99.876500", note: "Plafon rendah." }],
    ["recommend-point", "it-support", "L IV.3, 4", "analysing-recommendation", "infrastructure"],
    ["approve-recommendation", "infrastructure", "L IV.3, 5", "installing-point", "it-support"],
    ["record-installation", "it-support", "L IV.3, 7", "checking-point", "it-support", { "materials-used": "Kabel 35 m", note: "Rapi." }],
    ["point-is-connected", "it-support", "L IV.3, 8", "verifying", "it-support", { note: "100 Mbps." }],
    ["ask-requester", "it-support", "L IV.3, 8", "awaiting-confirmation", "it-support"],
    ["confirm-resolved", "user", "L IV.3, 8", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.3, 9", "closed", null],
  ],
  "not approved: the user is told, with the reason": [
    ...issued,
    ...recommended,
    ["reject-recommendation", "infrastructure", "L IV.3, 5", "telling-rejection", "it-support"],
    ["tell-rejection", "it-support", "L IV.3, 6", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.3, 9", "closed", null],
  ],
  "infrastructure wants a new survey before it says yes": [
    ...issued,
    ...recommended,
    ["ask-new-survey", "infrastructure", "R06", "surveying", "it-support"],
    ["record-survey", "it-support", "L IV.3, 3", "recommending", "it-support"],
    ["recommend-point", "it-support", "L IV.3, 4", "analysing-recommendation", "infrastructure"],
    ["approve-recommendation", "infrastructure", "L IV.3, 5", "installing-point", "it-support"],
    ...installed,
    ...verifiedAndClosed,
  ],
  "the new point is not connected until infrastructure has looked twice": [
    ...approved,
    ...installed,
    ["point-is-not-connected", "it-support", "L IV.3, 8", "repairing-point", "infrastructure"],
    ["point-repaired", "infrastructure", "L IV.3, 8", "checking-point", "it-support"],
    ["point-is-not-connected", "it-support", "L IV.3, 8", "repairing-point", "infrastructure"],
    ["point-repaired", "infrastructure", "L IV.3, 8", "checking-point", "it-support"],
    ...verifiedAndClosed,
  ],
  "the user says that it does not work, in the chat and then on the phone": [
    ...approved,
    ...installed,
    ["point-is-connected", "it-support", "L IV.3, 8", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.3, 8", "awaiting-confirmation", "it-support"],
    ["report-still-bad", "user", "office practice", "checking-point", "it-support"],
    ["point-is-connected", "it-support", "L IV.3, 8", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.3, 8", "awaiting-confirmation", "it-support"],
    ["report-still-bad-by-phone", "help-desk", "office practice", "checking-point", "it-support"],
    ["point-is-connected", "it-support", "L IV.3, 8", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.3, 8", "awaiting-confirmation", "it-support"],
    ["confirm-resolved-by-phone", "help-desk", "office practice", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.3, 9", "closed", null],
  ],
  "cancelled while infrastructure analyses, and opened again": [
    ...issued,
    ...recommended,
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ...approved,
    ...installed,
    ...verifiedAndClosed,
  ],
};
