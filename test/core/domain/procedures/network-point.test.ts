import { describe, expect, it } from "vitest";
import { type Answers, parseAnswers } from "../../../../core/domain/form/field.ts";
import { networkPoint } from "../../../../core/domain/procedures/network-point.ts";
import { sundayMorning } from "../../../support/domain.ts";
import { pathsOfNetworkPoint, usualAnswers } from "./network-point.paths.ts";
import { type Expected, expectProcedure } from "./procedure-expectations.ts";

/** R02, by hand from REQUIREMENTS, section 2, and L IV.3. */
const expected: Expected = {
  paths: pathsOfNetworkPoint,
  usualAnswers,
  form: ["point-kind", "place", "points", "description", "official-duty", "files"],
  subject: "point-kind",
  holders: {
    filed: "help-desk",
    surveying: "it-support",
    recommending: "it-support",
    "analysing-recommendation": "infrastructure",
    "telling-rejection": "it-support",
    "installing-point": "it-support",
    "checking-point": "it-support",
    "repairing-point": "infrastructure",
    verifying: "it-support",
    "awaiting-confirmation": "user",
    "ready-to-close": "help-desk",
    closed: null,
    cancelled: null,
  },
  lifecycle: {
    filed: ["issue-work-order", "cancel"],
    surveying: ["schedule-survey", "record-survey", "cancel"],
    recommending: ["recommend-point", "cancel"],
    "analysing-recommendation": ["approve-recommendation", "reject-recommendation", "ask-new-survey", "cancel"],
    "telling-rejection": ["tell-rejection", "cancel"],
    "installing-point": ["schedule-installation", "record-installation", "cancel"],
    "checking-point": ["point-is-connected", "point-is-not-connected", "cancel"],
    "repairing-point": ["point-repaired", "cancel"],
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
    "schedule-survey": "it-support",
    "record-survey": "it-support",
    "recommend-point": "it-support",
    "approve-recommendation": "infrastructure",
    "reject-recommendation": "infrastructure",
    "ask-new-survey": "infrastructure",
    "tell-rejection": "it-support",
    "schedule-installation": "it-support",
    "record-installation": "it-support",
    "point-is-connected": "it-support",
    "point-is-not-connected": "it-support",
    "point-repaired": "infrastructure",
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
    ["schedule-survey", "surveying", {}, "answer-missing"],
    ["schedule-survey", "surveying", { appointment: "kemarin 09.00", "contact-on-site": "Rina" }, "appointment-passed"],
    [
      "schedule-survey",
      "surveying",
      { appointment: "20-11-2026 09.00", "contact-on-site": "Rina" },
      "appointment-passed",
    ],
    [
      "schedule-survey",
      "surveying",
      { appointment: "hari ini 08.00", "contact-on-site": "Rina" },
      "appointment-passed",
    ],
    ["schedule-survey", "surveying", { appointment: "besok 09.00" }, "answer-missing"],
    ["record-survey", "surveying", { "surveyed-place": "Aula", "surveyed-points": "3" }, "answer-missing"],
    [
      "record-survey",
      "surveying",
      { "surveyed-place": "Aula", "surveyed-points": "0", "devices-needed": "-" },
      "number-out-of-range",
    ],
    [
      "record-survey",
      "surveying",
      { "surveyed-location": "Aula", "surveyed-place": "Aula", "surveyed-points": "1", "devices-needed": "-" },
      "location-unreadable",
    ],
    ["recommend-point", "recommending", {}, "answer-missing"],
    ["approve-recommendation", "analysing-recommendation", {}, "answer-missing"],
    ["reject-recommendation", "analysing-recommendation", { note: " " }, "text-empty"],
    ["tell-rejection", "telling-rejection", {}, "answer-missing"],
    ["record-installation", "installing-point", {}, "answer-missing"],
    ["point-is-not-connected", "checking-point", {}, "answer-missing"],
    ["point-repaired", "repairing-point", {}, "answer-missing"],
    ["confirm-resolved", "awaiting-confirmation", { note: "x" }, "answer-unknown"],
    ["close", "ready-to-close", {}, "answer-missing"],
  ],
  told: [
    "schedule-survey",
    "tell-rejection",
    "schedule-installation",
    "ask-requester",
    "close",
    "close-unanswered",
    "confirm-resolved-by-phone",
    "report-still-bad-by-phone",
  ],
  checked: [],
};

describe("R02", () => {
  expectProcedure(networkPoint, expected);

  describe("what is asked when it is filed", () => {
    const request = {
      "point-kind": "wired",
      place: "Gedung B, lantai 2",
      points: "3",
      description: "Tiga komputer baru.",
      "official-duty": "accepted",
    };
    const file = (answers: Answers) =>
      parseAnswers(networkPoint.form, answers, { now: sundayMorning, zone: "Asia/Jakarta" });

    it.each(["wired", "access-point"])("which point: %s", (kind) => {
      expect(file({ ...request, "point-kind": kind }).ok).toBe(true);
    });

    it.each<[string, Answers, string]>([
      ["another kind of point", { "point-kind": "radio" }, "not-a-choice"],
      ["points in words", { points: "tiga" }, "number-unreadable"],
      ["no point at all", { points: "0" }, "number-out-of-range"],
      ["more points than a building has", { points: "201" }, "number-out-of-range"],
      ["a place that is a story", { place: "x".repeat(101) }, "text-too-long"],
      ["another answer than that it is for official duties (R64)", { "official-duty": "no" }, "not-a-choice"],
    ])("refuses %s", (_, changes, code) => {
      expect(file({ ...request, ...changes })).toMatchObject({ ok: false, refusal: { code } });
    });

    it.each(Object.keys(request))("needs %s", (field) => {
      const { [field]: _left, ...rest } = request as Answers;

      expect(file(rest)).toMatchObject({ refusal: { code: "answer-missing", values: { field } } });
    });
  });
});
