import { address, handoverRecord, reachableFrom, recordResult } from "./hosting-questions.ts";
import { note, optionalNote, type Step } from "./procedure.ts";

const hostingChecks = [
  "software-legality",
  "application-kind",
  "database",
  "completeness",
  "security-holes",
  "other",
] as const;
const tests = ["application", "internet", "intranet", "other-test"] as const;
/** An application for the intranet only has no test from the internet (R13, R05 step 10). */
const testsOfAny = ["application", "intranet"] as const satisfies readonly (typeof tests)[number][];
/** R05, from the classification to the report that the application is reachable (L IV.1, 4-10). */
export const hosting: readonly Step[] = [
  { name: "classify-hosting", role: "data-center", from: "classifying", to: "checking-hosting", asks: [optionalNote] },
  recordResult("record-hosting-check", "checking-hosting", hostingChecks),
  {
    name: "report-hosting-checks",
    role: "data-center",
    from: "checking-hosting",
    to: "awaiting-hosting-approval",
    asks: [note],
    needsChecksOf: "record-hosting-check",
  },
  {
    name: "approve-hosting",
    role: "leadership",
    from: "awaiting-hosting-approval",
    to: "installing-application",
    asks: [optionalNote],
    decides: "approved",
    readsChecksOf: "record-hosting-check",
  },
  {
    name: "reject-hosting",
    role: "leadership",
    from: "awaiting-hosting-approval",
    to: "telling-hosting-rejection",
    asks: [note],
    decides: "rejected",
    frees: true,
  },
  {
    name: "hosting-approval-lapses",
    role: "leadership",
    by: "clock",
    from: "awaiting-hosting-approval",
    to: "hosting-approval-lapsed",
    decides: "lapsed",
    source: "office practice",
  },
  {
    name: "ask-hosting-approval-again",
    role: "data-center",
    from: "hosting-approval-lapsed",
    to: "awaiting-hosting-approval",
    asks: [{ ...note, suggestions: "last-note" }],
    source: "office practice",
  },
  {
    name: "tell-hosting-rejection",
    role: "non-technical",
    from: "telling-hosting-rejection",
    to: "returning-application",
    asks: [{ ...note, suggestions: "last-note" }],
    tellsRequester: true,
    readsChecksOf: "record-hosting-check",
    resolves: true,
  },
  {
    name: "hand-back-application",
    role: "data-center",
    from: "returning-application",
    to: "closed",
    // A record only where something was handed over before.
    asks: [
      note,
      ...handoverRecord.map((field) => ({ ...field, optional: true }) as const),
      { name: "handover-record", kind: "files", optional: true },
    ],
    tellsRequester: true,
  },

  {
    name: "install-application",
    role: "data-center",
    from: "installing-application",
    to: "setting-application-address",
    asks: [note],
    workOrder: "issue",
  },
  {
    name: "set-application-address",
    role: "infrastructure",
    from: "setting-application-address",
    to: "testing-application",
    asks: address,
    takes: "address",
    workOrder: "forward",
  },
  { ...recordResult("record-test", "testing-application", tests), alwaysApply: testsOfAny },
  {
    name: "tests-passed",
    role: "it-support",
    from: "testing-application",
    to: "reporting-application",
    asks: [optionalNote],
    needsChecksOf: "record-test",
    needsNoneFailed: true,
    workOrder: "return",
  },
  {
    name: "tests-failed",
    role: "it-support",
    from: "testing-application",
    to: "installing-application",
    asks: [note],
    workOrder: "close",
    source: "R06",
  },
  {
    name: "report-application",
    role: "data-center",
    from: "reporting-application",
    to: "telling-office",
    asks: [reachableFrom, note],
    workOrder: "close",
  },
];
