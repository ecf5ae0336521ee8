import { askRequester, closeByHelpDesk, confirmResolved } from "./common-steps.ts";
import { description, files, note, officialDuty, optionalNote, procedure } from "./procedure.ts";

/** A wired outlet, or an access point for wireless users (R74). */
const pointKinds = ["wired", "access-point"] as const;
const mostPoints = 200;

/** When somebody comes, whom they ask for there, and by which letter of assignment (surat tugas). */
const visit = [
  { name: "appointment", kind: "coming-instant" },
  { name: "contact-on-site", kind: "line", maxLength: 100, withPhone: true },
  { name: "assignment-letter", kind: "line", maxLength: 60, optional: true },
] as const;

/** R02, additional network points. Source: Perbup Labuhanbatu Utara 2019, annex IV.3 (chart and table). */
export const networkPoint = procedure({
  name: "network-point",
  source: "L IV.3",
  menu: "request",
  form: [
    { name: "point-kind", kind: "choice", choices: pointKinds },
    { name: "place", kind: "line", maxLength: 100 },
    { name: "points", kind: "number", min: 1, max: mostPoints },
    description,
    officialDuty,
    files,
  ],
  subject: "point-kind",
  initial: "filed",
  states: {
    filed: { holder: "help-desk" },
    surveying: { holder: "it-support" },
    recommending: { holder: "it-support" },
    "analysing-recommendation": { holder: "infrastructure" },
    "telling-rejection": { holder: "it-support" },
    "installing-point": { holder: "it-support" },
    "checking-point": { holder: "it-support" },
    "repairing-point": { holder: "infrastructure" },
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
      to: "surveying",
      asks: [optionalNote],
      workOrder: "issue",
    },

    {
      name: "schedule-survey",
      role: "it-support",
      from: "surveying",
      to: "surveying",
      asks: visit,
      tellsRequester: true,
      source: "office practice",
    },
    {
      name: "record-survey",
      role: "it-support",
      from: "surveying",
      to: "recommending",
      asks: [
        { name: "surveyed-location", kind: "location", optional: true },
        { name: "surveyed-place", kind: "line", maxLength: 200 },
        { name: "surveyed-points", kind: "number", min: 1, max: mostPoints },
        { name: "devices-needed", kind: "text", maxLength: 1000 },
        optionalNote,
        { name: "photos-before", kind: "files", optional: true },
      ],
      readsAnswersOf: ["schedule-survey"],
    },
    {
      name: "recommend-point",
      role: "it-support",
      from: "recommending",
      to: "analysing-recommendation",
      asks: [note],
      workOrder: "forward",
      readsAnswersOf: ["record-survey"],
    },

    {
      name: "approve-recommendation",
      role: "infrastructure",
      from: "analysing-recommendation",
      to: "installing-point",
      asks: [note],
      workOrder: "return",
      readsAnswersOf: ["record-survey"],
    },
    {
      name: "reject-recommendation",
      role: "infrastructure",
      from: "analysing-recommendation",
      to: "telling-rejection",
      asks: [note],
      workOrder: "return",
    },
    {
      name: "ask-new-survey",
      role: "infrastructure",
      from: "analysing-recommendation",
      to: "surveying",
      asks: [note],
      workOrder: "return",
      source: "R06",
    },
    {
      name: "tell-rejection",
      role: "it-support",
      from: "telling-rejection",
      to: "ready-to-close",
      asks: [{ ...note, suggestions: "last-note" }],
      workOrder: "return",
      tellsRequester: true,
    },

    {
      name: "schedule-installation",
      role: "it-support",
      from: "installing-point",
      to: "installing-point",
      asks: visit,
      tellsRequester: true,
      source: "office practice",
    },
    {
      name: "record-installation",
      role: "it-support",
      from: "installing-point",
      to: "checking-point",
      asks: [
        { name: "materials-used", kind: "text", maxLength: 1000 },
        optionalNote,
        { name: "photos-after", kind: "files", optional: true },
      ],
      readsAnswersOf: ["record-survey", "schedule-installation"],
    },

    {
      name: "point-is-connected",
      role: "it-support",
      from: "checking-point",
      to: "verifying",
      asks: [optionalNote],
    },
    {
      name: "point-is-not-connected",
      role: "it-support",
      from: "checking-point",
      to: "repairing-point",
      asks: [note],
      workOrder: "forward",
    },
    {
      name: "point-repaired",
      role: "infrastructure",
      from: "repairing-point",
      to: "checking-point",
      asks: [note],
      workOrder: "return",
    },

    askRequester,
    confirmResolved,
    {
      name: "report-still-bad",
      role: "user",
      from: "awaiting-confirmation",
      to: "checking-point",
      asks: [note],
      source: "office practice",
    },

    closeByHelpDesk,
  ],
});
