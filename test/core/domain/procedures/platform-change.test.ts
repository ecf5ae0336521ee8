import { describe, expect, it } from "vitest";
import { platformChange } from "../../../../core/domain/procedures/platform-change.ts";
import { refusalOfFiling } from "../../../../core/domain/ticket/filing-rules.ts";
import { pathsOfPlatformChange, usualAnswers } from "./platform-change.paths.ts";
import { type Expected, expectProcedure, personAs } from "./procedure-expectations.ts";

const expected: Expected = {
  paths: pathsOfPlatformChange,
  usualAnswers: { ...usualAnswers, "plan-platform": { target: "dc" } },
  form: ["description"],
  subject: undefined,
  initial: "checking-platform",
  holders: {
    "checking-platform": "data-center",
    "planning-application": "data-center",
    "accepting-plan": "infrastructure",
    "awaiting-plan-approval": "leadership",
    "plan-approval-lapsed": "infrastructure",
    "building-application": "data-center",
    "building-stopped": "data-center",
    closed: null,
    cancelled: null,
  },
  lifecycle: {
    "checking-platform": ["plan-platform", "cancel"],
    "planning-application": ["cancel"],
    "accepting-plan": ["accept-plan", "refuse-plan", "renew-plan", "cancel"],
    "awaiting-plan-approval": ["approve-plan", "reject-plan", "renew-plan", "cancel"],
    "plan-approval-lapsed": ["ask-plan-approval-again", "renew-plan", "cancel"],
    "building-application": [],
    "building-stopped": ["continue-building"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  },
  doers: {
    "plan-platform": "data-center",
    "accept-plan": "infrastructure",
    "refuse-plan": "infrastructure",
    "approve-plan": "leadership",
    "reject-plan": "leadership",
    "ask-plan-approval-again": "infrastructure",
    "renew-plan": "infrastructure",
    "continue-building": "data-center",
    cancel: "user",
    reopen: "user",
  },
  refusedAnswers: [
    ["plan-platform", "checking-platform", {}, "answer-missing"],
    ["refuse-plan", "accepting-plan", {}, "answer-missing"],
    ["reject-plan", "awaiting-plan-approval", { note: " " }, "text-empty"],
    ["ask-plan-approval-again", "plan-approval-lapsed", {}, "answer-missing"],
    ["cancel", "accepting-plan", {}, "answer-missing"],
    ["reopen", "closed", {}, "answer-missing"],
  ],
  told: ["reject-plan", "application-built"],
  clock: [["plan-approval-lapses", "leadership", "awaiting-plan-approval", "plan-approval-lapsed"]],
  machine: [
    ["application-planned", "data-center", "planning-application", "accepting-plan"],
    ["planning-failed", "data-center", "planning-application", "checking-platform"],
    ["plan-outdated", "data-center", "awaiting-plan-approval", "planning-application"],
    ["plan-outdated", "data-center", "building-application", "planning-application"],
    ["application-built", "data-center", "building-application", "closed"],
    ["building-failed", "data-center", "building-application", "building-stopped"],
  ],
  checked: [],
};

describe("the proxy of a host", () => {
  expectProcedure(platformChange, expected);

  it.each([
    ["data-center", undefined],
    ["infrastructure", undefined],
    ["user", "not-your-role"],
    ["leadership", "not-your-role"],
    ["help-desk", "not-your-role"],
  ] as const)("is asked for by who looks after it: %s", (role, code) => {
    expect(refusalOfFiling(personAs(role), platformChange)?.code).toBe(code);
  });
});
