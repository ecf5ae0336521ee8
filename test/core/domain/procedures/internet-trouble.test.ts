import { describe, expect, it } from "vitest";
import { type Answers, parseAnswers } from "../../../../core/domain/form/field.ts";
import { internetTrouble } from "../../../../core/domain/procedures/internet-trouble.ts";
import { sundayMorning } from "../../../support/domain.ts";
import { pathsOfInternetTrouble, usualAnswers } from "./internet-trouble.paths.ts";
import { type Expected, expectProcedure } from "./procedure-expectations.ts";

/** R03, by hand from REQUIREMENTS, section 2, and L IV.4. */
const expected: Expected = {
  paths: pathsOfInternetTrouble,
  usualAnswers,
  form: ["connection", "place", "description", "occurred-at", "files"],
  subject: "connection",
  holders: {
    filed: "help-desk",
    analysing: "it-support",
    "locating-fault": "it-support",
    "repairing-local-network": "it-support",
    "repairing-network": "infrastructure",
    "checking-network": "infrastructure",
    verifying: "it-support",
    "awaiting-confirmation": "user",
    "ready-to-close": "help-desk",
    closed: null,
    cancelled: null,
  },
  lifecycle: {
    filed: ["issue-work-order", "cancel"],
    analysing: ["complaint-is-valid", "complaint-is-invalid", "cancel"],
    "locating-fault": ["in-local-network", "forward-to-infrastructure", "cancel"],
    "repairing-local-network": ["local-network-repaired", "not-in-local-network", "hand-to-office", "cancel"],
    "repairing-network": ["announce-maintenance", "record-repair", "not-the-network", "cancel"],
    "checking-network": ["problem-remains", "network-repaired", "cancel"],
    verifying: ["ask-requester", "cancel"],
    "awaiting-confirmation": [
      "confirm-resolved",
      "report-still-bad",
      "confirm-resolved-by-phone",
      "report-still-bad-by-phone",
      "cancel",
    ],
    "ready-to-close": ["close", "cancel"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  },
  doers: {
    "issue-work-order": "help-desk",
    "complaint-is-valid": "it-support",
    "complaint-is-invalid": "it-support",
    "in-local-network": "it-support",
    "forward-to-infrastructure": "it-support",
    "local-network-repaired": "it-support",
    "not-in-local-network": "it-support",
    "hand-to-office": "it-support",
    "announce-maintenance": "infrastructure",
    "record-repair": "infrastructure",
    "not-the-network": "infrastructure",
    "problem-remains": "infrastructure",
    "network-repaired": "infrastructure",
    "ask-requester": "it-support",
    "confirm-resolved": "user",
    "report-still-bad": "user",
    close: "help-desk",
    "confirm-resolved-by-phone": "help-desk",
    "report-still-bad-by-phone": "help-desk",
    cancel: "user",
    reopen: "user",
  },
  refusedAnswers: [
    ["issue-work-order", "filed", { "suspected-place": "network" }, "answer-unknown"],
    ["complaint-is-valid", "analysing", { note: "x" }, "answer-unknown"],
    ["complaint-is-invalid", "analysing", {}, "answer-missing"],
    ["complaint-is-invalid", "analysing", { note: "\u200B" }, "text-empty"],
    ["in-local-network", "locating-fault", { note: "x" }, "answer-unknown"],
    ["forward-to-infrastructure", "locating-fault", { note: " " }, "text-empty"],
    ["local-network-repaired", "repairing-local-network", {}, "answer-missing"],
    ["not-in-local-network", "repairing-local-network", {}, "answer-missing"],
    ["hand-to-office", "repairing-local-network", {}, "answer-missing"],
    ["announce-maintenance", "repairing-network", {}, "answer-missing"],
    ["record-repair", "repairing-network", {}, "answer-missing"],
    ["not-the-network", "repairing-network", {}, "answer-missing"],
    ["problem-remains", "checking-network", {}, "answer-missing"],
    ["network-repaired", "checking-network", { result: "passed" }, "answer-unknown"],
    ["ask-requester", "verifying", {}, "answer-missing"],
    ["confirm-resolved", "awaiting-confirmation", { note: "x" }, "answer-unknown"],
    ["report-still-bad", "awaiting-confirmation", {}, "answer-missing"],
    ["close", "ready-to-close", { note: " " }, "text-empty"],
    ["cancel", "filed", {}, "answer-missing"],
    ["reopen", "closed", {}, "answer-missing"],
  ],
  told: [
    "hand-to-office",
    "complaint-is-invalid",
    "announce-maintenance",
    "ask-requester",
    "close",
    "close-unanswered",
    "confirm-resolved-by-phone",
    "report-still-bad-by-phone",
  ],
  clock: [
    ["outage-detected", "it-support", "analysing", "locating-fault"],
    ["confirm-restored", "help-desk", "awaiting-confirmation", "ready-to-close"],
    ["close-unanswered", "help-desk", ["awaiting-confirmation"], "closed"],
  ],
  checked: [],
};

describe("R03", () => {
  expectProcedure(internetTrouble, expected);

  describe("what is asked when it is filed", () => {
    const complaint = {
      connection: "internet",
      place: "Gedung B, lantai 2",
      description: "Putus.",
      "occurred-at": "08.30",
    };
    const file = (answers: Answers) =>
      parseAnswers(internetTrouble.form, answers, { now: sundayMorning, zone: "Asia/Jakarta" });

    it.each(["internet", "intranet", "both", "wi-fi"])("which connection: %s", (connection) => {
      expect(file({ ...complaint, connection }).ok).toBe(true);
    });

    it.each<[string, Answers, string]>([
      ["another connection", { connection: "telephone" }, "not-a-choice"],
      ["no place", { place: "\u200B" }, "text-empty"],
      ["a place that is a story", { place: "x".repeat(101) }, "text-too-long"],
      ["no words", { description: "" }, "text-empty"],
      ["a time to come", { "occurred-at": "23-11-2026 08.30" }, "instant-in-future"],
    ])("refuses %s", (_, changes, code) => {
      expect(file({ ...complaint, ...changes })).toMatchObject({ ok: false, refusal: { code } });
    });

    it.each(Object.keys(complaint))("needs %s", (field) => {
      const { [field]: _left, ...rest } = complaint as Answers;

      expect(file(rest)).toMatchObject({ refusal: { code: "answer-missing", values: { field } } });
    });
  });
});
