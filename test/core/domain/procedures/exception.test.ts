import { describe, expect, it } from "vitest";
import { type Answers, parseAnswers } from "../../../../core/domain/form/field.ts";
import { exception } from "../../../../core/domain/procedures/exception.ts";
import { sundayMorning } from "../../../support/domain.ts";
import { pathsOfException, usualAnswers } from "./exception.paths.ts";
import { type Expected, expectProcedure } from "./procedure-expectations.ts";

/** R38, by hand from REQUIREMENTS, section 4, and P B.8. */
const expected: Expected = {
  paths: pathsOfException,
  usualAnswers,
  form: ["rule", "description", "until", "official-duty", "files"],
  subject: "rule",
  initial: "awaiting-approval",
  holders: {
    "awaiting-approval": "leadership",
    "in-force": "leadership",
    closed: null,
    cancelled: null,
  },
  lifecycle: {
    "awaiting-approval": ["approve-exception", "reject-exception", "cancel"],
    "in-force": ["revoke-exception", "cancel"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  },
  doers: {
    "approve-exception": "leadership",
    "reject-exception": "leadership",
    "revoke-exception": "leadership",
    cancel: "user",
    reopen: "user",
  },
  refusedAnswers: [
    ["approve-exception", "awaiting-approval", { note: " " }, "text-empty"],
    ["reject-exception", "awaiting-approval", {}, "answer-missing"],
    ["reject-exception", "awaiting-approval", { note: "\u200B" }, "text-empty"],
    ["revoke-exception", "in-force", {}, "answer-missing"],
    ["cancel", "in-force", {}, "answer-missing"],
    ["reopen", "closed", {}, "answer-missing"],
  ],
  told: [
    "approve-exception",
    "reject-exception",
    "exception-approval-lapses",
    "revoke-exception",
    "remind-of-exception-end",
    "exception-ends",
  ],
  clock: [
    ["exception-approval-lapses", "leadership", "awaiting-approval", "closed"],
    ["remind-of-exception-end", "leadership", "in-force", "in-force"],
    ["exception-ends", "leadership", "in-force", "closed"],
  ],
  checked: [],
};

describe("R38", () => {
  expectProcedure(exception, expected);

  describe("what is asked when it is filed", () => {
    const request = {
      rule: "Ukuran lampiran",
      description: "Gambar besar.",
      until: "30-11-2026",
      "official-duty": "accepted",
    };
    const file = (answers: Answers) =>
      parseAnswers(exception.form, answers, { now: sundayMorning, zone: "Asia/Jakarta" });

    it("a request with an end is taken", () => {
      expect(file(request).ok).toBe(true);
    });

    it.each<[string, Answers, string]>([
      ["without a day", { until: "" }, "day-unreadable"],
      ["until a day that has passed", { until: "21-11-2026" }, "day-passed"],
      ["without end", { until: "30-11-2028" }, "day-too-far"],
      ["not for official duty", { "official-duty": "private" }, "not-a-choice"],
    ])("%s it is refused", (_, answers, code) => {
      expect(file({ ...request, ...answers })).toMatchObject({ ok: false, refusal: { code } });
    });
  });
});
