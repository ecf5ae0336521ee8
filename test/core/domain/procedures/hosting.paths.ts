import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah diperiksa." };
const record = { "record-number": "045/12/2026", "record-date": "20-11-2026" };
/** The next that is free of the prefix that the register of the test office offers. */
const address = { "address-from": "@prefix" };
const reached = { "reachable-from": "intranet-and-internet", note: "Lancar." };

export const colocationChecks = ["rack", "power", "server-condition", "software-quality", "other"];
export const hostingChecks = [
  "software-legality",
  "application-kind",
  "database",
  "completeness",
  "security-holes",
  "other",
];
export const tests = ["application", "internet", "intranet", "other-test"];

const place: Answers = {
  ...{ "device-height": "2", "rack-face": "full", watts: "350", "power-feeds": "2" },
  ...{ "rack-place": "@place", "switch-port": "@port" },
};

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  "record-letter": { "agenda-number": "1024/2026", "letter-nature": "important", "received-on": "20-11-2026" },
  "reject-letter": words,
  dispose: { officer: "@data-center", note: "Periksa dan laporkan.", deadline: "30-11-2026" },
  "return-disposition": words,
  "record-colocation-check": { check: "rack", result: "passed" },
  "record-hosting-check": { check: "database", result: "passed" },
  "accept-machine-check": { "machine-check": "@image-sane" },
  "overrule-machine-check": { "machine-check": "@licences", verdict: "passed", note: "Buatan sendiri." },
  "hand-in-application": {},
  "plan-application": {
    ...{ target: "@target", runtime: "image", size: "small", reach: "intranet", "dns-name": "@free-name" },
    note: "Sudah diperiksa.",
  },
  "planning-failed": { "why-failed": "disk-full" },
  "plan-outdated": { plan: "3", "why-outdated": "host" },
  "refuse-plan": words,
  "reject-plan": words,
  "ask-plan-approval-again": words,
  "application-built": { "seen-from-intranet": "passed", "seen-from-internet": "not-applicable" },
  "building-failed": { "why-failed": "unhealthy" },
  "clearing-failed": { "why-failed": "unhealthy" },
  "take-over-by-hand": words,
  "report-colocation-checks": words,
  "report-hosting-checks": words,
  "reject-colocation": words,
  "reject-hosting": words,
  "ask-colocation-approval-again": words,
  "ask-hosting-approval-again": words,
  "tell-colocation-rejection": words,
  "tell-hosting-rejection": words,
  "hand-back-application": { ...record, ...words },
  "reserve-place": place,
  "reserve-another-place": place,
  "receive-server": {
    ...{ ...record, "device-name": "@device", model: "Dell R250", "serial-number": "@device", "network-ports": "2" },
    ...{ "server-description": "Dua kabel daya.", "handed-by": "Anwar Lubis" },
  },
  "mount-server": words,
  "set-server-address": address,
  "mounting-is-incomplete": words,
  "report-mounting": reached,
  "install-application": words,
  "set-application-address": address,
  "record-test": { check: "internet", result: "passed" },
  "tests-failed": words,
  "correct-plan": words,
  "report-application": reached,
  "tell-office": words,
  cancel: words,
  reopen: words,
};

// biome-ignore format: a table
const disposed: PathStep[] = [
  ["record-letter", "non-technical", "R09", "reviewing-letter", null],
  ["accept-letter", "non-technical", "L IV.1, 2", "disposing", null],
  ["dispose", "non-technical", "L IV.1, 3", "classifying", null],
];

const colocationChecked = colocationChecks.map((check): PathStep => {
  const answers = { check, result: "passed" };
  return ["record-colocation-check", "data-center", "L IV.1, 5", "checking-colocation", null, answers];
});

// biome-ignore format: a table
const colocationReported: PathStep[] = [
  ...disposed,
  ["classify-colocation", "data-center", "L IV.1, 4", "checking-colocation", null],
  ...colocationChecked,
  ["reserve-place", "data-center", "R11", "checking-colocation", null],
  ["report-colocation-checks", "data-center", "L IV.1, 5", "awaiting-colocation-approval", null],
];

const hostingChecked = hostingChecks.map((check): PathStep => {
  const answers = { check, result: "passed" };
  return ["record-hosting-check", "data-center", "L IV.1, 5", "checking-hosting", null, answers];
});

// biome-ignore format: a table
const hostingReported: PathStep[] = [
  ...disposed,
  ["classify-hosting", "data-center", "L IV.1, 4", "checking-hosting", null],
  ...hostingChecked,
  ["report-hosting-checks", "data-center", "L IV.1, 5", "awaiting-hosting-approval", null],
];

/** The application is an image, which a machine has checked. */
// biome-ignore format: a table
const imageChecked: PathStep[] = [
  ...disposed,
  ["classify-hosting", "data-center", "L IV.1, 4", "checking-hosting", null],
  ...hostingChecked,
  ["hand-in-application", "data-center", "R12", "checking-hosting", null],
  ["accept-machine-check", "data-center", "R12", "checking-hosting", null],
  ["overrule-machine-check", "data-center", "R12", "checking-hosting", null],
];

/** The ticket has come back to its checks, which begin anew. */
const checkedAgain = hostingChecked;

// biome-ignore format: a table
const planned: PathStep[] = [
  ["plan-application", "data-center", "L IV.1, 5", "planning-application", null],
  ["application-planned", "machine", "L IV.1, 5", "accepting-plan", null],
];

// biome-ignore format: a table
const planApproved: PathStep[] = [
  ["accept-plan", "infrastructure", "L IV.1, 8", "awaiting-plan-approval", null],
  ["approve-plan", "leadership", "L IV.1, 6", "building-application", null],
];

// biome-ignore format: a table
const builtAndTold: PathStep[] = [
  ["application-built", "machine", "L IV.1, 9", "reporting-application", null],
  ["report-application", "data-center", "L IV.1, 10", "telling-office", null],
  ["tell-office", "non-technical", "L IV.1, 11", "closed", null],
];

const tested = tests.map((check): PathStep => {
  const isIntranetOnly = check === "internet";
  const answers: Answers = isIntranetOnly
    ? { check, result: "not-applicable", note: "Intranet saja." }
    : { check, result: "passed" };
  return ["record-test", "it-support", "L IV.1, 9", "testing-application", "it-support", answers];
});

// biome-ignore format: a table
const mounted: PathStep[] = [
  ["receive-server", "data-center", "L IV.1, 7", "mounting-server", "it-support"],
  ["mount-server", "it-support", "L IV.1, 8", "setting-server-address", "infrastructure"],
  ["set-server-address", "infrastructure", "L IV.1, 9", "reporting-mounting", "data-center"],
];

// biome-ignore format: a table
const mountingTold: PathStep[] = [
  ["report-mounting", "data-center", "L IV.1, 10", "telling-office", null],
  ["tell-office", "non-technical", "L IV.1, 11", "closed", null],
];

// biome-ignore format: a table
const installed: PathStep[] = [
  ["install-application", "data-center", "L IV.1, 7", "setting-application-address", "infrastructure"],
  ["set-application-address", "infrastructure", "L IV.1, 8", "testing-application", "it-support"],
];

// biome-ignore format: a table
const testedAndTold: PathStep[] = [
  ...tested,
  ["tests-passed", "it-support", "L IV.1, 9", "reporting-application", "data-center"],
  ["report-application", "data-center", "L IV.1, 10", "telling-office", null],
  ["tell-office", "non-technical", "L IV.1, 11", "closed", null],
];

/** Every path of R04 and R05 (REQUIREMENTS, section 2), and the roundabout ways of R06 and of office practice. */
// biome-ignore format: a table
export const pathsOfHosting: Record<string, PathStep[]> = {
  "the letter is rejected, archived, and the requester told": [
    ["record-letter", "non-technical", "R09", "reviewing-letter", null],
    ["reject-letter", "non-technical", "L IV.1, 2", "archived", null],
  ],
  "colocation is approved, the server received, mounted, addressed, reported and told": [
    ...colocationReported,
    ["approve-colocation", "leadership", "L IV.1, 6", "receiving-server", null],
    ...mounted,
    ...mountingTold,
  ],
  "the place is another one in the end": [
    ...colocationReported,
    ["approve-colocation", "leadership", "L IV.1, 6", "receiving-server", null],
    ["reserve-another-place", "data-center", "R11", "receiving-server", null],
    ...mounted,
    ...mountingTold,
  ],
  "colocation is rejected: through the secretariat the requester gets the reason": [
    ...colocationReported,
    ["reject-colocation", "leadership", "L IV.1, 6", "telling-colocation-rejection", null],
    ["tell-colocation-rejection", "non-technical", "L IV.1, 6", "closed", null],
  ],
  "the mounting is incomplete, and reported when it is done": [
    ...colocationReported,
    ["approve-colocation", "leadership", "L IV.1, 6", "receiving-server", null],
    ...mounted,
    ["mounting-is-incomplete", "data-center", "R06", "mounting-server", "it-support"],
    ["mount-server", "it-support", "L IV.1, 8", "setting-server-address", "infrastructure"],
    ["set-server-address", "infrastructure", "L IV.1, 9", "reporting-mounting", "data-center"],
    ...mountingTold,
  ],
  "leadership does not decide on a colocation in time, and is asked again": [
    ...colocationReported,
    ["colocation-approval-lapses", "clock", "office practice", "colocation-approval-lapsed", null],
    ["ask-colocation-approval-again", "data-center", "office practice", "awaiting-colocation-approval", null],
    ["approve-colocation", "leadership", "L IV.1, 6", "receiving-server", null],
    ...mounted,
    ...mountingTold,
  ],
  "hosting is approved, the application installed, addressed, tested, reported and told": [
    ...hostingReported,
    ["approve-hosting", "leadership", "L IV.1, 6", "installing-application", null],
    ...installed,
    ...testedAndTold,
  ],
  "a machine checks the application that was handed in, and its results are accepted and overruled": [
    ...disposed,
    ["classify-hosting", "data-center", "L IV.1, 4", "checking-hosting", null],
    ...hostingChecked,
    ["hand-in-application", "data-center", "R12", "checking-hosting", null],
    ["accept-machine-check", "data-center", "R12", "checking-hosting", null],
    ["overrule-machine-check", "data-center", "R12", "checking-hosting", null],
    ["report-hosting-checks", "data-center", "L IV.1, 5", "awaiting-hosting-approval", null],
    ["approve-hosting", "leadership", "L IV.1, 6", "installing-application", null],
    ...installed,
    ...testedAndTold,
  ],
  "hosting is rejected: the requester is told, and application and data are handed back": [
    ...hostingReported,
    ["reject-hosting", "leadership", "L IV.1, 6", "telling-hosting-rejection", null],
    ["tell-hosting-rejection", "non-technical", "L IV.1, 6", "returning-application", null],
    ["hand-back-application", "data-center", "L IV.1, 6", "closed", null],
  ],
  "the tests fail, and the application is installed once more under a second work order": [
    ...hostingReported,
    ["approve-hosting", "leadership", "L IV.1, 6", "installing-application", null, { note: "Prioritaskan." }],
    ...installed,
    ["record-test", "it-support", "L IV.1, 9", "testing-application", "it-support", { check: "internet", result: "failed", note: "502." }],
    ["tests-failed", "it-support", "R06", "installing-application", null],
    ...installed,
    ...testedAndTold,
  ],
  "an application is planned by a machine, accepted, approved, built, reported and told": [
    ...imageChecked,
    ...planned,
    ...planApproved,
    ...builtAndTold,
  ],
  "no plan can be made, the next is refused, the third outdated, the fourth approved; it is outdated, and planned and approved anew": [
    ...imageChecked,
    ["plan-application", "data-center", "L IV.1, 5", "planning-application", null],
    ["planning-failed", "machine", "L IV.1, 5", "checking-hosting", null],
    ...checkedAgain,
    ...planned,
    ["refuse-plan", "infrastructure", "L IV.1, 8", "checking-hosting", null],
    ...checkedAgain,
    ...planned,
    ["accept-plan", "infrastructure", "L IV.1, 8", "awaiting-plan-approval", null],
    ["plan-outdated", "machine", "L IV.1, 7", "planning-application", null],
    ["application-planned", "machine", "L IV.1, 5", "accepting-plan", null],
    ...planApproved,
    ["plan-outdated", "machine", "L IV.1, 7", "planning-application", null],
    ["application-planned", "machine", "L IV.1, 5", "accepting-plan", null],
    ...planApproved,
    ...builtAndTold,
  ],
  "a plan is rejected: the requester is told, and the application handed back": [
    ...imageChecked,
    ...planned,
    ["accept-plan", "infrastructure", "L IV.1, 8", "awaiting-plan-approval", null],
    ["reject-plan", "leadership", "L IV.1, 6", "telling-hosting-rejection", null],
    ["tell-hosting-rejection", "non-technical", "L IV.1, 6", "returning-application", null],
    ["hand-back-application", "data-center", "L IV.1, 6", "closed", null],
  ],
  "leadership does not decide on a plan in time; it is asked again, and the plan renewed": [
    ...imageChecked,
    ...planned,
    ["accept-plan", "infrastructure", "L IV.1, 8", "awaiting-plan-approval", null],
    ["plan-approval-lapses", "clock", "office practice", "plan-approval-lapsed", null],
    ["ask-plan-approval-again", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["renew-plan", "infrastructure", "office practice", "planning-application", null],
    ["application-planned", "machine", "L IV.1, 5", "accepting-plan", null],
    ["renew-plan", "infrastructure", "office practice", "planning-application", null],
    ["application-planned", "machine", "L IV.1, 5", "accepting-plan", null],
    ...planApproved,
    ...builtAndTold,
  ],
  "building fails, goes on, fails again, and is completed by hand": [
    ...imageChecked,
    ...planned,
    ...planApproved,
    ["building-failed", "machine", "L IV.1, 7", "building-stopped", null],
    ["continue-building", "data-center", "office practice", "building-application", null],
    ["building-failed", "machine", "L IV.1, 7", "building-stopped", null],
    ["take-over-by-hand", "data-center", "office practice", "installing-application", null],
    ...installed,
    ...testedAndTold,
  ],
  "building fails; what stands is removed, which fails once, and it is planned anew, approved and built": [
    ...imageChecked,
    ...planned,
    ...planApproved,
    ["building-failed", "machine", "L IV.1, 7", "building-stopped", null],
    ["correct-plan", "data-center", "office practice", "clearing-application", null],
    ["clearing-failed", "machine", "office practice", "building-stopped", null],
    ["correct-plan", "data-center", "office practice", "clearing-application", null],
    ["building-cleared", "machine", "office practice", "checking-hosting", null],
    ...checkedAgain,
    ...planned,
    ...planApproved,
    ...builtAndTold,
  ],
  "leadership does not decide on a hosting in time, and is asked again": [
    ...hostingReported,
    ["hosting-approval-lapses", "clock", "office practice", "hosting-approval-lapsed", null],
    ["ask-hosting-approval-again", "data-center", "office practice", "awaiting-hosting-approval", null],
    ["approve-hosting", "leadership", "L IV.1, 6", "installing-application", null],
    ...installed,
    ...testedAndTold,
  ],
  "the disposition goes back, to be given to somebody else; cancelled and opened again": [
    ...disposed,
    ["return-disposition", "data-center", "R06", "disposing", null],
    ["dispose", "non-technical", "L IV.1, 3", "classifying", null],
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "filed", null],
    ...hostingReported,
    ["approve-hosting", "leadership", "L IV.1, 6", "installing-application", null],
    ...installed,
    ...testedAndTold,
  ],
};
