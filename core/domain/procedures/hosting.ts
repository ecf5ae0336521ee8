import { colocation } from "./colocation-steps.ts";
import { applicationFiles, hostingWishes, imageReference } from "./hosting-questions.ts";
import { hosting } from "./hosting-steps.ts";
import { hostingByMachine } from "./machine-hosting-steps.ts";
import { machineStates } from "./machine-steps.ts";
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

const letter: readonly Step[] = [
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
    ...hostingWishes,
    { name: "wished-name", kind: "dns-name", optional: true },
    { name: "letter-number", kind: "line", maxLength: 60 },
    { name: "letter-date", kind: "day" },
    { name: "letter", kind: "files" },
    description,
    officialDuty,
    { ...imageReference, onlyWhen: { field: "runtime" } },
    { ...applicationFiles, optional: true, onlyWhen: { field: "service", is: "hosting" } },
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
    ...machineStates,
    "clearing-application": { holder: "data-center", isBeingBuilt: true },
    "installing-application": { holder: "data-center" },
    "setting-application-address": { holder: "infrastructure" },
    "testing-application": { holder: "it-support" },
    "reporting-application": { holder: "data-center", isStanding: true },

    "telling-office": { holder: "non-technical", isStanding: true },
    closed: {},
  },
  steps: [
    ...letter,
    ...colocation,
    ...hosting,
    ...hostingByMachine,
    {
      name: "tell-office",
      role: "non-technical",
      from: "telling-office",
      to: "closed",
      asks: [{ ...note, suggestions: "last-note" }],
      tellsRequester: true,
      resolves: true,
      handsOver: true,
    },
  ],
});
