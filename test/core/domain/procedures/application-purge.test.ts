import { describe } from "vitest";
import { applicationPurge } from "../../../../core/domain/procedures/application-purge.ts";
import { pathsOfApplicationPurge, usualAnswers } from "./application-purge.paths.ts";
import { expectProcedure } from "./procedure-expectations.ts";

describe("purging an application", () => {
  expectProcedure(applicationPurge, {
    paths: pathsOfApplicationPurge,
    usualAnswers,
    form: ["hosted-application", "description"],
    subject: "hosted-application",
    holders: {
      filed: "data-center",
      "planning-application": "data-center",
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
      filed: ["plan-purge", "refuse-purge", "cancel"],
      "planning-application": ["cancel"],
      "awaiting-plan-approval": ["approve-plan", "reject-plan", "renew-plan", "cancel"],
      "plan-approval-lapsed": ["ask-plan-approval-again", "renew-plan", "cancel"],
      "building-application": [],
      "building-stopped": ["continue-building"],
      "reporting-application": ["report-purge"],
      closed: ["reopen"],
      cancelled: ["reopen"],
    },
    doers: {
      "plan-purge": "data-center",
      "refuse-purge": "data-center",
      "approve-plan": "leadership",
      "reject-plan": "leadership",
      "ask-plan-approval-again": "infrastructure",
      "renew-plan": "infrastructure",
      "continue-building": "data-center",
      "report-purge": "data-center",
      cancel: "user",
      reopen: "user",
    },
    refusedAnswers: [
      ["refuse-purge", "filed", {}, "answer-missing"],
      ["reject-plan", "awaiting-plan-approval", {}, "answer-missing"],
      ["report-purge", "reporting-application", {}, "answer-missing"],
    ],
    told: ["refuse-purge", "reject-plan", "report-purge"],
    clock: [["plan-approval-lapses", "leadership", "awaiting-plan-approval", "plan-approval-lapsed"]],
    machine: [
      ["application-planned", "data-center", "planning-application", "awaiting-plan-approval"],
      ["planning-failed", "data-center", "planning-application", "filed"],
      ["plan-outdated", "data-center", "awaiting-plan-approval", "planning-application"],
      ["plan-outdated", "data-center", "building-application", "planning-application"],
      ["application-built", "data-center", "building-application", "reporting-application"],
      ["building-failed", "data-center", "building-application", "building-stopped"],
    ],
    checked: [],
  });
});
