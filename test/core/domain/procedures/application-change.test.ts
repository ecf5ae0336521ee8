import { describe, expect, it } from "vitest";
import { type Answers, findMissingFiles, parseAnswers } from "../../../../core/domain/form/field.ts";
import { applicationChange } from "../../../../core/domain/procedures/application-change.ts";
import { sundayMorning } from "../../../support/domain.ts";
import { pathsOfApplicationChange, usualAnswers } from "./application-change.paths.ts";
import { type Expected, expectProcedure } from "./procedure-expectations.ts";

const expected: Expected = {
  paths: pathsOfApplicationChange,
  usualAnswers: {
    ...usualAnswers,
    "accept-machine-check": { "machine-check": "7:malware" },
    "overrule-machine-check": { "machine-check": "7:malware", verdict: "failed", note: "Lihat laporan." },
  },
  machineChecks: { all: 1, waiting: 0, open: 0 },
  form: [
    ...["hosted-application", "change", "image-reference", "application-files", "size", "new-name", "former-version"],
    ...["description", "official-duty", "files"],
  ],
  subject: "hosted-application",
  holders: {
    filed: "data-center",
    "planning-application": "data-center",
    "accepting-plan": "infrastructure",
    "awaiting-plan-approval": "leadership",
    "plan-approval-lapsed": "infrastructure",
    "building-application": "data-center",
    "building-stopped": "data-center",
    "reporting-application": "data-center",
    closed: null,
    cancelled: null,
  },
  standing: ["reporting-application"],
  lifecycle: {
    filed: [
      ...["accept-machine-check", "overrule-machine-check", "hand-in-application"],
      ...["plan-change", "refuse-change", "cancel"],
    ],
    "planning-application": ["cancel"],
    "accepting-plan": ["accept-plan", "refuse-plan", "renew-plan", "cancel"],
    "awaiting-plan-approval": ["approve-plan", "reject-plan", "renew-plan", "cancel"],
    "plan-approval-lapsed": ["ask-plan-approval-again", "renew-plan", "cancel"],
    "building-application": [],
    "building-stopped": ["continue-building", "take-change-back"],
    "reporting-application": ["report-change"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  },
  doers: {
    "accept-machine-check": "data-center",
    "overrule-machine-check": "data-center",
    "hand-in-application": "data-center",
    "plan-change": "data-center",
    "refuse-change": "data-center",
    "accept-plan": "infrastructure",
    "refuse-plan": "infrastructure",
    "approve-plan": "leadership",
    "reject-plan": "leadership",
    "ask-plan-approval-again": "infrastructure",
    "renew-plan": "infrastructure",
    "continue-building": "data-center",
    "take-change-back": "data-center",
    "report-change": "data-center",
    cancel: "user",
    reopen: "user",
  },
  refusedAnswers: [
    ["refuse-change", "filed", {}, "answer-missing"],
    ["refuse-plan", "accepting-plan", {}, "answer-missing"],
    ["reject-plan", "awaiting-plan-approval", {}, "answer-missing"],
    ["take-change-back", "building-stopped", {}, "answer-missing"],
    ["report-change", "reporting-application", {}, "answer-missing"],
  ],
  told: ["refuse-change", "reject-plan", "report-change"],
  clock: [["plan-approval-lapses", "leadership", "awaiting-plan-approval", "plan-approval-lapsed"]],
  machine: [
    ["application-planned", "data-center", "planning-application", "accepting-plan"],
    ["planning-failed", "data-center", "planning-application", "filed"],
    ["plan-outdated", "data-center", "awaiting-plan-approval", "planning-application"],
    ["plan-outdated", "data-center", "building-application", "planning-application"],
    ["application-built", "data-center", "building-application", "reporting-application"],
    ["building-failed", "data-center", "building-application", "building-stopped"],
  ],
  checked: [],
};

describe("a change of an application", () => {
  expectProcedure(applicationChange, expected);

  describe("what is asked when it is filed", () => {
    const request = {
      ...{ "hosted-application": "app-simpeg", description: "Perbaikan laporan.", "official-duty": "accepted" },
    };
    const context = { now: sundayMorning, zone: "Asia/Jakarta", domain: "labura.go.id" };
    const file = (answers: Answers) => parseAnswers(applicationChange.form, { ...request, ...answers }, context);

    it.each([
      ["size", "size"],
      ["name", "new-name"],
      ["roll-back", "former-version"],
    ])("%s needs %s", (change, field) => {
      expect(file({ change })).toMatchObject({ refusal: { code: "answer-missing", values: { field } } });
    });

    it.each(["stop", "start", "delete"])(
      "%s needs no more, and what was answered before it was corrected is left out",
      (change) => {
        expect(file({ change, size: "small", "new-name": "simpeg" })).toEqual({
          ok: true,
          value: { ...request, change },
        });
      },
    );

    it("a version needs its files, and nothing else does", () => {
      const missing = (change: string) => findMissingFiles(applicationChange.form, { ...request, change }, () => false);
      expect(missing("version")).toBe("application-files");
      expect(missing("stop")).toBeUndefined();
    });
  });
});
