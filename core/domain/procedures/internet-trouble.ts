import { askRequester, closeByHelpDesk, confirmResolved, confirmRestored, outageDetected } from "./common-steps.ts";
import { description, files, note, occurredAt, optionalNote, procedure } from "./procedure.ts";

/** Wireless users complain too (R74). */
const connections = ["internet", "intranet", "both", "wi-fi"] as const;

/** R03, internet and intranet trouble. Source: Perbup Labuhanbatu Utara 2019, annex IV.4 (chart and table). */
export const internetTrouble = procedure({
  name: "internet-trouble",
  source: "L IV.4",
  menu: "incident",
  form: [
    { name: "connection", kind: "choice", choices: connections },
    { name: "place", kind: "line", maxLength: 100 },
    description,
    occurredAt,
    files,
  ],
  subject: "connection",
  concerns: { device: "office-lan" },
  initial: "filed",
  states: {
    filed: { holder: "help-desk" },
    analysing: { holder: "it-support" },
    "locating-fault": { holder: "it-support" },
    "repairing-local-network": { holder: "it-support" },
    "repairing-network": { holder: "infrastructure" },
    "checking-network": { holder: "infrastructure" },
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
      to: "analysing",
      asks: [optionalNote],
      workOrder: "issue",
    },

    { name: "complaint-is-valid", role: "it-support", from: "analysing", to: "locating-fault" },
    {
      name: "complaint-is-invalid",
      role: "it-support",
      from: "analysing",
      to: "ready-to-close",
      asks: [note],
      workOrder: "return",
      tellsRequester: true,
    },
    outageDetected("analysing"),

    { name: "in-local-network", role: "it-support", from: "locating-fault", to: "repairing-local-network" },
    {
      name: "forward-to-infrastructure",
      role: "it-support",
      from: "locating-fault",
      to: "repairing-network",
      asks: [optionalNote],
      workOrder: "forward",
    },

    {
      name: "local-network-repaired",
      role: "it-support",
      from: "repairing-local-network",
      to: "verifying",
      asks: [note],
    },
    {
      name: "not-in-local-network",
      role: "it-support",
      from: "repairing-local-network",
      to: "locating-fault",
      asks: [note],
      source: "office practice",
    },
    // Offices may run their own LAN (C 17(2)).
    {
      name: "hand-to-office",
      role: "it-support",
      from: "repairing-local-network",
      to: "ready-to-close",
      asks: [note],
      workOrder: "return",
      tellsRequester: true,
      ifMaintainedElsewhere: true,
      source: "R65",
    },

    {
      name: "announce-maintenance",
      role: "infrastructure",
      from: "repairing-network",
      to: "repairing-network",
      asks: [note],
      tellsRequester: true,
      source: "L IV.2",
    },
    {
      name: "record-repair",
      role: "infrastructure",
      from: "repairing-network",
      to: "checking-network",
      asks: [note],
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

    // Each repair is followed by a check, "until no problem remains".
    {
      name: "problem-remains",
      role: "infrastructure",
      from: "checking-network",
      to: "repairing-network",
      asks: [note],
    },
    {
      name: "network-repaired",
      role: "infrastructure",
      from: "checking-network",
      to: "verifying",
      asks: [optionalNote],
      workOrder: "return",
    },

    askRequester,
    confirmResolved,
    confirmRestored,
    {
      name: "report-still-bad",
      role: "user",
      from: "awaiting-confirmation",
      to: "locating-fault",
      asks: [note],
      source: "office practice",
    },

    closeByHelpDesk,
  ],
});
