import { describe, expect, it } from "vitest";
import { parseAnswers } from "../../../../core/domain/form/field.ts";
import { subjectFor } from "../../../../core/domain/procedures/procedure.ts";
import { weakness } from "../../../../core/domain/procedures/weakness.ts";
import { sundayMorning } from "../../../support/domain.ts";
import { type Expected, expectProcedure } from "./procedure-expectations.ts";
import { pathsOfWeakness, usualAnswers } from "./weakness.paths.ts";

/** R37, by hand from REQUIREMENTS, section 4, and P B.3. */
const expected: Expected = {
  paths: pathsOfWeakness,
  usualAnswers,
  form: ["description"],
  initial: "reported",
  subject: undefined,
  isHiddenFromOffice: true,
  holders: {
    reported: "leadership",
    acting: "leadership",
    "following-up": "help-desk",
    closed: null,
    cancelled: null,
  },
  lifecycle: {
    reported: ["acknowledge", "cancel"],
    acting: ["ask-help-desk", "close", "cancel"],
    "following-up": ["report-follow-up", "cancel"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  },
  doers: {
    acknowledge: "leadership",
    "ask-help-desk": "leadership",
    "report-follow-up": "help-desk",
    close: "leadership",
    cancel: "user",
    reopen: "user",
  },
  refusedAnswers: [
    ["acknowledge", "reported", { note: " " }, "text-empty"],
    ["ask-help-desk", "acting", {}, "answer-missing"],
    ["report-follow-up", "following-up", {}, "answer-missing"],
    ["close", "acting", {}, "answer-missing"],
    ["close", "acting", { note: "Selesai.", result: "passed" }, "answer-unknown"],
    ["cancel", "reported", {}, "answer-missing"],
    ["reopen", "closed", {}, "answer-missing"],
  ],
  told: ["acknowledge", "close"],
  clock: [],
  checked: [],
};

describe("R37", () => {
  expectProcedure(weakness, expected);

  it("is reported in words alone, without a last look, under a button of its own", () => {
    const context = { now: sundayMorning, zone: "Asia/Jakarta" };
    expect(parseAnswers(weakness.form, { description: "Pintu ruang server terbuka." }, context).ok).toBe(true);
    expect(parseAnswers(weakness.form, {}, context)).toMatchObject({ refusal: { code: "answer-missing" } });
    expect(weakness.isSentAtOnce).toBe(true);
    expect(weakness.menu).toBe("own");
  });

  it("is called by its procedure, so that no name stands in lists", () => {
    expect(subjectFor(weakness, { description: "Pak Budi memberi sandinya ke semua orang." })).toBe("weakness");
  });
});
