import { describe, expect, it } from "vitest";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { applicationTrouble } from "../../../../core/domain/procedures/application-trouble.ts";
import { fiveChecks, pathsOfApplicationTrouble, usualAnswers } from "./application-trouble.paths.ts";
import { type Expected, expectProcedure, personAs, trialsOf } from "./procedure-expectations.ts";

/** R01, by hand from REQUIREMENTS, section 2, and L IV.2. */
const expected: Expected = {
  paths: pathsOfApplicationTrouble,
  usualAnswers,
  form: ["application", "description", "occurred-at", "files"],
  subject: "application",
  holders: {
    filed: "help-desk",
    "checking-application": "it-support",
    "checking-computer": "it-support",
    "locating-fault": "it-support",
    "checking-data-center": "data-center",
    "repairing-network": "infrastructure",
    "referring-to-vendor": "help-desk",
    verifying: "it-support",
    "awaiting-confirmation": "user",
    "ready-to-close": "help-desk",
    closed: null,
    cancelled: null,
  },
  lifecycle: {
    filed: ["issue-work-order", "refer-at-once", "cancel"],
    "checking-application": ["application-is-normal", "application-is-faulty", "cancel"],
    "checking-computer": ["computer-is-normal", "recommend", "cancel"],
    "locating-fault": ["forward-to-data-center", "report-outside-data-center", "forward-to-infrastructure", "cancel"],
    "checking-data-center": ["record-check", "data-center-repaired", "not-in-data-center", "cancel"],
    "repairing-network": ["announce-maintenance", "network-repaired", "not-the-network", "cancel"],
    "referring-to-vendor": ["refer-to-vendor", "cancel"],
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
    "refer-at-once": "help-desk",
    "application-is-normal": "it-support",
    "application-is-faulty": "it-support",
    "computer-is-normal": "it-support",
    recommend: "it-support",
    "forward-to-data-center": "it-support",
    "report-outside-data-center": "it-support",
    "forward-to-infrastructure": "it-support",
    "record-check": "data-center",
    "data-center-repaired": "data-center",
    "not-in-data-center": "data-center",
    "announce-maintenance": "infrastructure",
    "network-repaired": "infrastructure",
    "not-the-network": "infrastructure",
    "refer-to-vendor": "help-desk",
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
    ["issue-work-order", "filed", {}, "answer-missing"],
    ["issue-work-order", "filed", { "suspected-place": "moon" }, "not-a-choice"],
    ["refer-at-once", "filed", {}, "answer-missing"],
    ["recommend", "checking-computer", {}, "answer-missing"],
    ["recommend", "checking-computer", { recommendation: "other" }, "answer-missing"],
    ["recommend", "checking-computer", { recommendation: "other", note: "\u200B" }, "text-empty"],
    ["record-check", "checking-data-center", { check: "roof", result: "passed" }, "not-a-choice"],
    ["record-check", "checking-data-center", { check: "server", result: "failed" }, "answer-missing"],
    ["record-check", "checking-data-center", { check: "server" }, "answer-missing"],
    ["report-outside-data-center", "locating-fault", {}, "answer-missing"],
    ["data-center-repaired", "checking-data-center", {}, "answer-missing"],
    ["not-in-data-center", "checking-data-center", {}, "answer-missing"],
    ["announce-maintenance", "repairing-network", {}, "answer-missing"],
    ["network-repaired", "repairing-network", {}, "answer-missing"],
    ["not-the-network", "repairing-network", {}, "answer-missing"],
    ["refer-to-vendor", "referring-to-vendor", {}, "answer-missing"],
    ["ask-requester", "verifying", {}, "answer-missing"],
    ["report-still-bad", "awaiting-confirmation", {}, "answer-missing"],
    ["confirm-resolved-by-phone", "awaiting-confirmation", {}, "answer-missing"],
    ["report-still-bad-by-phone", "awaiting-confirmation", { note: " " }, "text-empty"],
    ["close", "ready-to-close", { note: " " }, "text-empty"],
    ["cancel", "filed", {}, "answer-missing"],
    ["reopen", "closed", {}, "answer-missing"],
    ["application-is-normal", "checking-application", { note: "x" }, "answer-unknown"],
  ],
  told: [
    "refer-at-once",
    "announce-maintenance",
    "refer-to-vendor",
    "ask-requester",
    "close",
    "close-unanswered",
    "confirm-resolved-by-phone",
    "report-still-bad-by-phone",
  ],
  clock: [
    ["outage-detected", "it-support", "checking-application", "locating-fault"],
    ["confirm-restored", "help-desk", "awaiting-confirmation", "ready-to-close"],
    ["close-unanswered", "help-desk", ["awaiting-confirmation"], "closed"],
  ],
  checked: fiveChecks,
};

const { filed, inState, attempt } = trialsOf(applicationTrouble, expected);

describe("R01", () => {
  expectProcedure(applicationTrouble, expected);

  it.each<[string, Answers]>([
    ["unknown", { "suspected-place": "unknown" }],
    ["data-center", { "suspected-place": "data-center", note: "Server lambat." }],
    ["outside-data-center", { "suspected-place": "outside-data-center" }],
    ["network", { "suspected-place": "network" }],
  ])("the help desk may say beforehand where it believes the fault to be: %s", (_, answers) => {
    expect(attempt("issue-work-order", filed, personAs("help-desk"), answers).ok).toBe(true);
  });
});

describe("whoever does a step", () => {
  it("a person who is of the desk and the requester acts in each of both roles", () => {
    const own: Person = { ...personAs("user"), roles: ["user", "help-desk"] };
    expect(attempt("issue-work-order", filed, own).ok).toBe(true);
    expect(attempt("cancel", filed, own).ok).toBe(true);
    expect(attempt("application-is-normal", inState("checking-application"), own)).toMatchObject({
      refusal: { code: "not-your-role", values: { role: "it-support" } },
    });
  });

  it("an inactive person is refused as a stranger is", () => {
    const gone: Person = { ...personAs("help-desk"), isActive: false };
    expect(attempt("issue-work-order", filed, gone)).toMatchObject({ refusal: { code: "no-such-ticket" } });
    const formerRequester: Person = { ...personAs("user"), isActive: false };
    expect(attempt("cancel", filed, formerRequester)).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });
});
