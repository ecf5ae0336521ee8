import type { Field } from "../form/field.ts";
import { faces } from "../rack/place.ts";
import { mostWatts } from "../rack/power-feed.ts";
import {
  description,
  files,
  note,
  officialDuty,
  optionalNote,
  type Procedure,
  procedure,
  type Step,
} from "./procedure.ts";

const services = ["hosting", "colocation"] as const;
const letterNatures = ["ordinary", "important", "urgent", "secret"] as const;

const colocationChecks = ["rack", "power", "server-condition", "software-quality", "other"] as const;
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
const results = ["passed", "failed", "not-applicable"] as const;

/** The number and date of a handover record (BAST). */
const handoverRecord = [
  { name: "record-number", kind: "line", maxLength: 60 },
  { name: "record-date", kind: "day" },
] as const;

/** The place of a server: its size and power first, then one that fits, and a port of a switch (R11). */
const place = [
  { name: "device-height", kind: "height-u" },
  { name: "rack-face", kind: "choice", choices: faces },
  { name: "watts", kind: "number", min: 0, max: mostWatts },
  { name: "power-feeds", kind: "choice", choices: ["2", "1", "0"] },
  {
    name: "rack-place",
    kind: "register",
    register: "rack-places",
    dependsOn: ["device-height", "rack-face", "watts", "power-feeds"],
  },
  { name: "switch-port", kind: "register", register: "switch-ports", optional: true },
] as const satisfies Field[];

/** An address of a prefix, the next that is free or a wished one, and the name that leads there (R10, R14). */
const address = [
  { name: "address-from", kind: "register", register: "address-sources" },
  { name: "ip-address", kind: "ip-address", optional: true },
  { name: "dns-name", kind: "dns-name", optional: true },
  optionalNote,
] as const;

/** From where it was reached before "done" is said (R13). */
const reachableFrom = {
  name: "reachable-from",
  kind: "choice",
  choices: ["intranet-and-internet", "intranet-only"],
} as const;

/** One result after the other, each with a note where it is not a plain yes. */
function recordResult(name: string, from: string, checks: readonly string[]): Step {
  return {
    name,
    role: from === "testing-application" ? "it-support" : "data-center",
    from,
    to: from,
    checks,
    asks: [
      { name: "check", kind: "choice", choices: checks },
      { name: "result", kind: "choice", choices: results },
      { ...optionalNote, neededWhen: { field: "result", is: "failed" } },
    ],
  };
}

const letter: Step[] = [
  {
    name: "record-letter",
    role: "non-technical",
    from: "filed",
    to: "reviewing-letter",
    asks: [
      { name: "agenda-number", kind: "line", maxLength: 40 },
      { name: "letter-nature", kind: "choice", choices: letterNatures },
      { name: "received-on", kind: "day" },
      optionalNote,
    ],
    source: "R09",
  },
  { name: "accept-letter", role: "non-technical", from: "reviewing-letter", to: "disposing", asks: [optionalNote] },
  {
    name: "reject-letter",
    role: "non-technical",
    from: "reviewing-letter",
    to: "archived",
    asks: [note],
    tellsRequester: true,
    resolves: true,
  },
  {
    name: "dispose",
    role: "non-technical",
    from: "disposing",
    to: "classifying",
    asks: [{ name: "officer", kind: "person", role: "data-center" }, note, { name: "deadline", kind: "coming-day" }],
    assigns: "officer",
    setsDue: "deadline",
  },
  {
    name: "return-disposition",
    role: "data-center",
    from: "classifying",
    to: "disposing",
    asks: [note],
    source: "R06",
  },
];

/** Kept for the time of the approval; reserved anew, the former place is free. */
function reservePlace(name: string, state: string): Step {
  return { name, role: "data-center", from: state, to: state, asks: place, takes: "place", source: "R11" };
}

const colocation: Step[] = [
  {
    name: "classify-colocation",
    role: "data-center",
    from: "classifying",
    to: "checking-colocation",
    asks: [optionalNote],
  },
  recordResult("record-colocation-check", "checking-colocation", colocationChecks),
  reservePlace("reserve-place", "checking-colocation"),
  {
    name: "report-colocation-checks",
    role: "data-center",
    from: "checking-colocation",
    to: "awaiting-colocation-approval",
    asks: [note],
    needsChecksOf: "record-colocation-check",
    needsPlace: { unlessFailed: "rack" },
  },
  {
    name: "approve-colocation",
    role: "leadership",
    from: "awaiting-colocation-approval",
    to: "receiving-server",
    asks: [optionalNote],
    decides: "approved",
    readsChecksOf: "record-colocation-check",
  },
  {
    name: "reject-colocation",
    role: "leadership",
    from: "awaiting-colocation-approval",
    to: "telling-colocation-rejection",
    asks: [note],
    decides: "rejected",
    frees: true,
  },
  {
    name: "colocation-approval-lapses",
    role: "leadership",
    by: "clock",
    from: "awaiting-colocation-approval",
    to: "colocation-approval-lapsed",
    decides: "lapsed",
    source: "office practice",
  },
  {
    name: "ask-colocation-approval-again",
    role: "data-center",
    from: "colocation-approval-lapsed",
    to: "awaiting-colocation-approval",
    asks: [{ ...note, suggestions: "last-note" }],
    source: "office practice",
  },
  {
    name: "tell-colocation-rejection",
    role: "non-technical",
    from: "telling-colocation-rejection",
    to: "closed",
    asks: [{ ...note, suggestions: "last-note" }],
    tellsRequester: true,
    readsChecksOf: "record-colocation-check",
    resolves: true,
  },

  reservePlace("reserve-another-place", "receiving-server"),
  {
    name: "receive-server",
    role: "data-center",
    from: "receiving-server",
    to: "mounting-server",
    asks: [
      ...handoverRecord,
      { name: "device-name", kind: "line", maxLength: 60 },
      { name: "model", kind: "line", maxLength: 80 },
      { name: "serial-number", kind: "line", maxLength: 60 },
      { name: "network-ports", kind: "number", min: 1, max: 64 },
      { name: "server-description", kind: "text", maxLength: 1000, optional: true },
      { name: "handed-by", kind: "line", maxLength: 80, optional: true },
      { name: "handover-record", kind: "files", optional: true },
    ],
    takes: "server",
    needsPlace: {},
    workOrder: "issue",
  },
  {
    name: "mount-server",
    role: "it-support",
    from: "mounting-server",
    to: "setting-server-address",
    asks: [note, files],
    takes: "cable",
    workOrder: "forward",
  },
  {
    name: "set-server-address",
    role: "infrastructure",
    from: "setting-server-address",
    to: "reporting-mounting",
    asks: address,
    takes: "address",
    workOrder: "return",
  },
  {
    name: "mounting-is-incomplete",
    role: "data-center",
    from: "reporting-mounting",
    to: "mounting-server",
    asks: [note],
    workOrder: "forward",
    source: "R06",
  },
  {
    name: "report-mounting",
    role: "data-center",
    from: "reporting-mounting",
    to: "telling-office",
    asks: [reachableFrom, note],
    workOrder: "close",
  },
];

const hosting: Step[] = [
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

/**
 * R04 and R05: the data center classifies what a letter asks for as colocation (the office's own server) or hosting (its
 * application). Source: Perbup Labuhanbatu Utara 2019, annex IV.1 (charts and table).
 */
export const hostingOrColocation: Procedure = procedure({
  name: "hosting",
  source: "L IV.1",
  menu: "request",
  form: [
    { name: "service", kind: "choice", choices: services },
    { name: "application", kind: "line", maxLength: 100, suggestions: "applications" },
    { name: "wished-name", kind: "dns-name", optional: true },
    { name: "letter-number", kind: "line", maxLength: 60 },
    { name: "letter-date", kind: "day" },
    { name: "letter", kind: "files" },
    description,
    officialDuty,
    files,
  ],
  subject: "application",
  initial: "filed",
  states: {
    filed: { holder: "non-technical" },
    "reviewing-letter": { holder: "non-technical" },
    archived: {},
    disposing: { holder: "non-technical" },
    classifying: { holder: "data-center" },

    "checking-colocation": { holder: "data-center" },
    "awaiting-colocation-approval": { holder: "leadership" },
    "colocation-approval-lapsed": { holder: "data-center" },
    "telling-colocation-rejection": { holder: "non-technical" },
    "receiving-server": { holder: "data-center" },
    "mounting-server": { holder: "it-support" },
    "setting-server-address": { holder: "infrastructure" },
    "reporting-mounting": { holder: "data-center" },

    "checking-hosting": { holder: "data-center" },
    "awaiting-hosting-approval": { holder: "leadership" },
    "hosting-approval-lapsed": { holder: "data-center" },
    "telling-hosting-rejection": { holder: "non-technical" },
    "returning-application": { holder: "data-center" },
    "installing-application": { holder: "data-center" },
    "setting-application-address": { holder: "infrastructure" },
    "testing-application": { holder: "it-support" },
    "reporting-application": { holder: "data-center" },

    "telling-office": { holder: "non-technical" },
    closed: {},
  },
  steps: [
    ...letter,
    ...colocation,
    ...hosting,
    {
      name: "tell-office",
      role: "non-technical",
      from: "telling-office",
      to: "closed",
      asks: [{ ...note, suggestions: "last-note" }],
      tellsRequester: true,
      resolves: true,
    },
  ],
});
