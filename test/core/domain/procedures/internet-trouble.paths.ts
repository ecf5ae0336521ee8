import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah diperiksa." };

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  "complaint-is-invalid": words,
  "local-network-repaired": words,
  "not-in-local-network": words,
  "hand-to-office": words,
  "announce-maintenance": words,
  "record-repair": words,
  "not-the-network": words,
  "problem-remains": words,
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
  ["issue-work-order", "help-desk", "L IV.4, 2", "analysing", "it-support"],
];

// biome-ignore format: a table
const valid: PathStep[] = [
  ...issued,
  ["complaint-is-valid", "it-support", "L IV.4, 3", "locating-fault", "it-support"],
];

// biome-ignore format: a table
const confirmedAndClosed: PathStep[] = [
  ["ask-requester", "it-support", "L IV.4, 6", "awaiting-confirmation", "it-support"],
  ["confirm-resolved", "user", "L IV.4, 6", "ready-to-close", "help-desk"],
  ["close", "help-desk", "L IV.4, 7", "closed", null],
];

// biome-ignore format: a table
const invalidAndClosed: PathStep[] = [
  ["complaint-is-invalid", "it-support", "L IV.4, 3", "ready-to-close", "help-desk"],
  ["close", "help-desk", "L IV.4, 7", "closed", null],
];

// biome-ignore format: a table
const repairedByInfrastructure: PathStep[] = [
  ["forward-to-infrastructure", "it-support", "L IV.4, 5", "repairing-network", "infrastructure"],
  ["record-repair", "infrastructure", "L IV.4, 5", "checking-network", "infrastructure"],
  ["network-repaired", "infrastructure", "L IV.4, 5", "verifying", "it-support"],
];

/** Every path of R03 (REQUIREMENTS, section 2), and the roundabout ways of R06 and of office practice. */
// biome-ignore format: a table
export const pathsOfInternetTrouble: Record<string, PathStep[]> = {
  "the complaint is not valid, and a new one is asked for": [
    ...issued,
    ...invalidAndClosed,
  ],
  "the fault is in the user's local network": [
    ...valid,
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["local-network-repaired", "it-support", "L IV.4, 4", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the fault is not in the local network: infrastructure repairs it at once": [
    ...valid,
    ...repairedByInfrastructure,
    ...confirmedAndClosed,
  ],
  "the help desk and it-support leave notes with the work order": [
    ["issue-work-order", "help-desk", "L IV.4, 2", "analysing", "it-support", { note: "Sudah tiga kali melapor." }],
    ["complaint-is-valid", "it-support", "L IV.4, 3", "locating-fault", "it-support"],
    ["forward-to-infrastructure", "it-support", "L IV.4, 5", "repairing-network", "infrastructure", { note: "Switch gedung B mati." }],
    ["record-repair", "infrastructure", "L IV.4, 5", "checking-network", "infrastructure", { note: "Switch diganti." }],
    ["network-repaired", "infrastructure", "L IV.4, 5", "verifying", "it-support", { note: "Semua port hidup." }],
    ...confirmedAndClosed,
  ],
  "infrastructure announces maintenance, and repairs and checks until no problem remains": [
    ...valid,
    ["forward-to-infrastructure", "it-support", "L IV.4, 5", "repairing-network", "infrastructure"],
    ["announce-maintenance", "infrastructure", "L IV.2, 3b", "repairing-network", "infrastructure"],
    ["record-repair", "infrastructure", "L IV.4, 5", "checking-network", "infrastructure"],
    ["problem-remains", "infrastructure", "L IV.4, 5", "repairing-network", "infrastructure"],
    ["announce-maintenance", "infrastructure", "L IV.2, 3b", "repairing-network", "infrastructure"],
    ["record-repair", "infrastructure", "L IV.4, 5", "checking-network", "infrastructure"],
    ["problem-remains", "infrastructure", "L IV.4, 5", "repairing-network", "infrastructure"],
    ["record-repair", "infrastructure", "L IV.4, 5", "checking-network", "infrastructure"],
    ["network-repaired", "infrastructure", "L IV.4, 5", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the local network is repaired, the user says it is still bad, and it is infrastructure's": [
    ...valid,
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["local-network-repaired", "it-support", "L IV.4, 4", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.4, 6", "awaiting-confirmation", "it-support"],
    ["report-still-bad", "user", "office practice", "locating-fault", "it-support"],
    ...repairedByInfrastructure,
    ...confirmedAndClosed,
  ],
  "infrastructure repairs it, the user says it is still bad, and it is the local network too": [
    ...valid,
    ...repairedByInfrastructure,
    ["ask-requester", "it-support", "L IV.4, 6", "awaiting-confirmation", "it-support"],
    ["report-still-bad", "user", "office practice", "locating-fault", "it-support"],
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["local-network-repaired", "it-support", "L IV.4, 4", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the user says on the phone that it is still bad, and then that it is normal": [
    ...valid,
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["local-network-repaired", "it-support", "L IV.4, 4", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.4, 6", "awaiting-confirmation", "it-support"],
    ["report-still-bad-by-phone", "help-desk", "office practice", "locating-fault", "it-support"],
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["local-network-repaired", "it-support", "L IV.4, 4", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.4, 6", "awaiting-confirmation", "it-support"],
    ["confirm-resolved-by-phone", "help-desk", "office practice", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.4, 7", "closed", null],
  ],
  "it is not infrastructure's network, then it is the local one": [
    ...valid,
    ["forward-to-infrastructure", "it-support", "L IV.4, 5", "repairing-network", "infrastructure"],
    ["not-the-network", "infrastructure", "R06", "locating-fault", "it-support"],
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["local-network-repaired", "it-support", "L IV.4, 4", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "a check after the repair shows that it is not infrastructure's network": [
    ...valid,
    ["forward-to-infrastructure", "it-support", "L IV.4, 5", "repairing-network", "infrastructure"],
    ["record-repair", "infrastructure", "L IV.4, 5", "checking-network", "infrastructure"],
    ["problem-remains", "infrastructure", "L IV.4, 5", "repairing-network", "infrastructure"],
    ["not-the-network", "infrastructure", "R06", "locating-fault", "it-support"],
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["local-network-repaired", "it-support", "L IV.4, 4", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "it is not the local network after all, and infrastructure repairs it": [
    ...valid,
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["not-in-local-network", "it-support", "office practice", "locating-fault", "it-support"],
    ...repairedByInfrastructure,
    ...confirmedAndClosed,
  ],
  "it is the local network, which the office runs itself": [
    ...valid,
    ["in-local-network", "it-support", "L IV.4, 4", "repairing-local-network", "it-support"],
    ["hand-to-office", "it-support", "R65", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.4, 7", "closed", null],
  ],
  "cancelled before a work order was issued, and opened again": [
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ...valid,
    ...repairedByInfrastructure,
    ...confirmedAndClosed,
  ],
  "not valid, opened again by the user under a second work order, and found to be valid": [
    ...issued,
    ...invalidAndClosed,
    ["reopen", "user", "office practice", "filed", null],
    ...valid,
    ...repairedByInfrastructure,
    ...confirmedAndClosed,
  ],
  "opened again after it was repaired, and cancelled while infrastructure works": [
    ...valid,
    ...repairedByInfrastructure,
    ...confirmedAndClosed,
    ["reopen", "user", "office practice", "filed", null],
    ...valid,
    ["forward-to-infrastructure", "it-support", "L IV.4, 5", "repairing-network", "infrastructure"],
    ["cancel", "user", "office practice", "cancelled", null],
  ],
};
