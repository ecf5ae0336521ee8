import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah diperiksa." };

/** What each step is answered where the path does not say; every step that asks something is here. */
export const usualAnswers: Record<string, Answers> = {
  "issue-work-order": { "suspected-place": "unknown" },
  "refer-at-once": words,
  recommend: { recommendation: "use-antivirus" },
  "report-outside-data-center": words,
  "record-check": { check: "server", result: "passed" },
  "data-center-repaired": words,
  "not-in-data-center": words,
  "announce-maintenance": words,
  "network-repaired": words,
  "not-the-network": words,
  "refer-to-vendor": words,
  "ask-requester": words,
  "report-still-bad": words,
  "confirm-resolved-by-phone": words,
  "report-still-bad-by-phone": words,
  close: words,
  cancel: words,
  reopen: words,
};

/** The five checks of the data center, by hand from L IV.2. */
export const fiveChecks = [
  "server",
  "application-intranet-internet",
  "database",
  "connection-intranet-internet",
  "data-cable",
] as const;

// biome-ignore format: a table
const issued: PathStep[] = [
  ["issue-work-order", "help-desk", "L IV.2, 2", "checking-application", "it-support"],
];

// biome-ignore format: a table
const confirmedAndClosed: PathStep[] = [
  ["ask-requester", "it-support", "L IV.2, 5", "awaiting-confirmation", "it-support"],
  ["confirm-resolved", "user", "L IV.2, 5", "ready-to-close", "help-desk"],
  ["close", "help-desk", "L IV.2, 6", "closed", null],
];

// biome-ignore format: a table
const checked: PathStep[] = [
  ["record-check", "data-center", "L IV.2, 3b", "checking-data-center", "data-center", { check: "server", result: "failed", note: "Disk penuh." }],
  ["record-check", "data-center", "L IV.2, 3b", "checking-data-center", "data-center", { check: "application-intranet-internet", result: "passed" }],
  ["record-check", "data-center", "L IV.2, 3b", "checking-data-center", "data-center", { check: "database", result: "passed" }],
  ["record-check", "data-center", "L IV.2, 3b", "checking-data-center", "data-center", { check: "connection-intranet-internet", result: "passed" }],
  ["record-check", "data-center", "L IV.2, 3b", "checking-data-center", "data-center", { check: "data-cable", result: "passed" }],
];

function computerPath(answers: Answers): PathStep[] {
  // biome-ignore format: a table
  return [
    ...issued,
    ["application-is-normal", "it-support", "L IV.2, 3a", "checking-computer", "it-support"],
    ["recommend", "it-support", "L IV.2, 4", "verifying", "it-support", answers],
    ...confirmedAndClosed,
  ];
}

/** Every path of R01 (REQUIREMENTS, section 2), and the roundabout ways of R06 and of office practice. */
// biome-ignore format: a table
export const pathsOfApplicationTrouble: Record<string, PathStep[]> = {
  "the application and the computer are normal": [
    ...issued,
    ["application-is-normal", "it-support", "L IV.2, 3a", "checking-computer", "it-support"],
    ["computer-is-normal", "it-support", "L IV.2, 4", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the computer is not normal: reinstall the browser": computerPath({ recommendation: "reinstall-browser" }),
  "the computer is not normal: reinstall the operating system": computerPath({ recommendation: "reinstall-operating-system" }),
  "the computer is not normal: use an antivirus": computerPath({ recommendation: "use-antivirus" }),
  "the computer is not normal: something else": computerPath({ recommendation: "other", note: "Ganti RAM." }),
  "the fault is in the data center": [
    ...issued,
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["forward-to-data-center", "it-support", "L IV.2, 3b", "checking-data-center", "data-center"],
    ...checked,
    ["data-center-repaired", "data-center", "L IV.2, 3b", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the fault is not in the data center": [
    ...issued,
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["report-outside-data-center", "it-support", "L IV.2, 3b", "referring-to-vendor", "help-desk"],
    ["refer-to-vendor", "help-desk", "L IV.2, 3b", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.2, 6", "closed", null],
  ],
  "the application is run by somebody else, as the register says": [
    ["refer-at-once", "help-desk", "R65", "ready-to-close", null],
    ["close", "help-desk", "L IV.2, 6", "closed", null],
  ],
  "the fault is in the network, handled at once": [
    ...issued,
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["forward-to-infrastructure", "it-support", "L IV.2, 3b", "repairing-network", "infrastructure"],
    ["network-repaired", "infrastructure", "L IV.2, 3b", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the fault is in the network, after maintenance": [
    ...issued,
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["forward-to-infrastructure", "it-support", "L IV.2, 3b", "repairing-network", "infrastructure"],
    ["announce-maintenance", "infrastructure", "L IV.2, 3b", "repairing-network", "infrastructure"],
    ["announce-maintenance", "infrastructure", "L IV.2, 3b", "repairing-network", "infrastructure"],
    ["network-repaired", "infrastructure", "L IV.2, 3b", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the help desk believed it to be the data center, it-support finds it normal": [
    ["issue-work-order", "help-desk", "L IV.2, 3b", "checking-application", "it-support", { "suspected-place": "data-center", note: "Kemarin juga." }],
    ["application-is-normal", "it-support", "L IV.2, 3a", "checking-computer", "it-support"],
    ["computer-is-normal", "it-support", "L IV.2, 4", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the user says it is still bad, and the application is checked anew": [
    ...issued,
    ["application-is-normal", "it-support", "L IV.2, 3a", "checking-computer", "it-support"],
    ["computer-is-normal", "it-support", "L IV.2, 4", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.2, 5", "awaiting-confirmation", "it-support"],
    ["report-still-bad", "user", "L IV.2, 5", "checking-application", "it-support"],
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["forward-to-data-center", "it-support", "L IV.2, 3b", "checking-data-center", "data-center"],
    ...checked,
    ["data-center-repaired", "data-center", "L IV.2, 3b", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the user says on the phone that it is still bad, and then that it is normal": [
    ...issued,
    ["application-is-normal", "it-support", "L IV.2, 3a", "checking-computer", "it-support"],
    ["computer-is-normal", "it-support", "L IV.2, 4", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.2, 5", "awaiting-confirmation", "it-support"],
    ["report-still-bad-by-phone", "help-desk", "office practice", "checking-application", "it-support"],
    ["application-is-normal", "it-support", "L IV.2, 3a", "checking-computer", "it-support"],
    ["computer-is-normal", "it-support", "L IV.2, 4", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.2, 5", "awaiting-confirmation", "it-support"],
    ["confirm-resolved-by-phone", "help-desk", "office practice", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.2, 6", "closed", null],
  ],
  "the data center is repaired, still bad, and the data center checks all five again": [
    ...issued,
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["forward-to-data-center", "it-support", "L IV.2, 3b", "checking-data-center", "data-center"],
    ...checked,
    ["data-center-repaired", "data-center", "L IV.2, 3b", "verifying", "it-support"],
    ["ask-requester", "it-support", "L IV.2, 5", "awaiting-confirmation", "it-support"],
    ["report-still-bad", "user", "L IV.2, 5", "checking-application", "it-support"],
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["forward-to-data-center", "it-support", "L IV.2, 3b", "checking-data-center", "data-center"],
    ...checked,
    ["data-center-repaired", "data-center", "L IV.2, 3b", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "the data center finds nothing, then it is the network": [
    ...issued,
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["forward-to-data-center", "it-support", "L IV.2, 3b", "checking-data-center", "data-center"],
    ["not-in-data-center", "data-center", "R06", "locating-fault", "it-support"],
    ["forward-to-infrastructure", "it-support", "L IV.2, 3b", "repairing-network", "infrastructure"],
    ["network-repaired", "infrastructure", "L IV.2, 3b", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "it is not the network, then it is outside the data center": [
    ...issued,
    ["application-is-faulty", "it-support", "L IV.2, 3b", "locating-fault", "it-support"],
    ["forward-to-infrastructure", "it-support", "L IV.2, 3b", "repairing-network", "infrastructure"],
    ["not-the-network", "infrastructure", "R06", "locating-fault", "it-support"],
    ["report-outside-data-center", "it-support", "L IV.2, 3b", "referring-to-vendor", "help-desk"],
    ["refer-to-vendor", "help-desk", "L IV.2, 3b", "ready-to-close", "help-desk"],
    ["close", "help-desk", "L IV.2, 6", "closed", null],
  ],
  "cancelled before a work order was issued, and opened again": [
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ...issued,
    ["application-is-normal", "it-support", "L IV.2, 3a", "checking-computer", "it-support"],
    ["computer-is-normal", "it-support", "L IV.2, 4", "verifying", "it-support"],
    ...confirmedAndClosed,
  ],
  "closed, opened again under a second work order, and cancelled": [
    ...issued,
    ["application-is-normal", "it-support", "L IV.2, 3a", "checking-computer", "it-support"],
    ["computer-is-normal", "it-support", "L IV.2, 4", "verifying", "it-support"],
    ...confirmedAndClosed,
    ["reopen", "user", "office practice", "filed", null],
    ...issued,
    ["cancel", "user", "office practice", "cancelled", null],
  ],
};
