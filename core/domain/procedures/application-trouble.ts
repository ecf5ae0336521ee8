import { askRequester, closeByHelpDesk, confirmResolved, confirmRestored, outageDetected } from "./common-steps.ts";
import { checkResults, description, files, note, occurredAt, optionalNote, procedure } from "./procedure.ts";

const dataCenterChecks = [
  "server",
  "application-intranet-internet",
  "database",
  "connection-intranet-internet",
  "data-cable",
] as const;

const recommendations = ["reinstall-browser", "reinstall-operating-system", "use-antivirus", "other"] as const;

/** The help desk may say beforehand where it believes the fault to be, as in its chart; it-support decides. */
const suspectedPlaces = ["unknown", "data-center", "outside-data-center", "network"] as const;

/** R01, application trouble. Source: Perbup Labuhanbatu Utara 2019, annex IV.2 (chart and table). */
export const applicationTrouble = procedure({
  name: "application-trouble",
  source: "L IV.2",
  menu: "incident",
  form: [
    { name: "application", kind: "line", maxLength: 100, suggestions: "applications" },
    description,
    occurredAt,
    files,
  ],
  subject: "application",
  concerns: { applicationIn: "application" },
  initial: "filed",
  states: {
    filed: { holder: "help-desk" },
    "checking-application": { holder: "it-support" },
    "checking-computer": { holder: "it-support" },
    "locating-fault": { holder: "it-support" },
    "checking-data-center": { holder: "data-center" },
    "repairing-network": { holder: "infrastructure" },
    "referring-to-vendor": { holder: "help-desk" },
    verifying: { holder: "it-support" },
    "awaiting-confirmation": { holder: "user" },
    "ready-to-close": { holder: "help-desk" },
    closed: {},
  },
  steps: [
    {
      name: "issue-work-order",
      role: "help-desk",
      from: "filed",
      to: "checking-application",
      asks: [{ name: "suspected-place", kind: "choice", choices: suspectedPlaces }, optionalNote],
      workOrder: "issue",
    },
    // What somebody else maintains need not be checked by us first. In the chart of L IV.2 the help desk does so, too.
    {
      name: "refer-at-once",
      role: "help-desk",
      from: "filed",
      to: "ready-to-close",
      asks: [note],
      tellsRequester: true,
      ifMaintainedElsewhere: true,
      source: "R65",
    },

    { name: "application-is-normal", role: "it-support", from: "checking-application", to: "checking-computer" },
    { name: "application-is-faulty", role: "it-support", from: "checking-application", to: "locating-fault" },
    outageDetected("checking-application"),

    { name: "computer-is-normal", role: "it-support", from: "checking-computer", to: "verifying" },
    {
      name: "recommend",
      role: "it-support",
      from: "checking-computer",
      to: "verifying",
      asks: [
        { name: "recommendation", kind: "choice", choices: recommendations },
        { ...optionalNote, neededWhen: { field: "recommendation", is: "other" } },
      ],
    },

    {
      name: "forward-to-data-center",
      role: "it-support",
      from: "locating-fault",
      to: "checking-data-center",
      asks: [optionalNote],
      workOrder: "forward",
    },
    {
      name: "report-outside-data-center",
      role: "it-support",
      from: "locating-fault",
      to: "referring-to-vendor",
      asks: [note],
      workOrder: "return",
    },
    {
      name: "forward-to-infrastructure",
      role: "it-support",
      from: "locating-fault",
      to: "repairing-network",
      asks: [optionalNote],
      workOrder: "forward",
    },

    {
      name: "record-check",
      role: "data-center",
      from: "checking-data-center",
      to: "checking-data-center",
      checks: dataCenterChecks,
      asks: [
        { name: "check", kind: "choice", choices: dataCenterChecks },
        { name: "result", kind: "choice", choices: checkResults },
        { ...optionalNote, neededWhen: { field: "result", is: "failed" } },
      ],
    },
    {
      name: "data-center-repaired",
      role: "data-center",
      from: "checking-data-center",
      to: "verifying",
      asks: [note],
      needsChecksOf: "record-check",
      workOrder: "return",
    },
    {
      name: "not-in-data-center",
      role: "data-center",
      from: "checking-data-center",
      to: "locating-fault",
      asks: [note],
      workOrder: "return",
      source: "R06",
    },

    {
      name: "announce-maintenance",
      role: "infrastructure",
      from: "repairing-network",
      to: "repairing-network",
      asks: [note],
      tellsRequester: true,
    },
    {
      name: "network-repaired",
      role: "infrastructure",
      from: "repairing-network",
      to: "verifying",
      asks: [note],
      workOrder: "return",
    },
    {
      name: "not-the-network",
      role: "infrastructure",
      from: "repairing-network",
      to: "locating-fault",
      asks: [note],
      workOrder: "return",
      source: "R06",
    },

    {
      name: "refer-to-vendor",
      role: "help-desk",
      from: "referring-to-vendor",
      to: "ready-to-close",
      asks: [{ ...note, suggestions: "last-note" }],
      tellsRequester: true,
    },

    askRequester,
    confirmResolved,
    confirmRestored,
    { name: "report-still-bad", role: "user", from: "awaiting-confirmation", to: "checking-application", asks: [note] },

    closeByHelpDesk,
  ],
});
