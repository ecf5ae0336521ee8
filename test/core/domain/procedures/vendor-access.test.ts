import { describe } from "vitest";
import { vendorAccess } from "../../../../core/domain/procedures/vendor-access.ts";
import { type Expected, expectProcedure } from "./procedure-expectations.ts";
import { pathsOfVendorAccess, usualAnswers } from "./vendor-access.paths.ts";

const expected: Expected = {
  paths: pathsOfVendorAccess,
  usualAnswers,
  form: [
    ...["hosted-application", "access-kind", "vendor", "vendor-person", "public-key", "sources", "until"],
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
    closed: null,
    cancelled: null,
  },
  lifecycle: {
    filed: ["plan-access", "refuse-access", "cancel"],
    "planning-application": ["cancel"],
    "accepting-plan": ["accept-plan", "refuse-plan", "renew-plan", "cancel"],
    "awaiting-plan-approval": ["approve-plan", "reject-plan", "renew-plan", "cancel"],
    "plan-approval-lapsed": ["ask-plan-approval-again", "renew-plan", "cancel"],
    "building-application": [],
    "building-stopped": ["continue-building", "take-access-back"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  },
  doers: {
    "plan-access": "data-center",
    "refuse-access": "data-center",
    "accept-plan": "infrastructure",
    "refuse-plan": "infrastructure",
    "approve-plan": "leadership",
    "reject-plan": "leadership",
    "ask-plan-approval-again": "infrastructure",
    "renew-plan": "infrastructure",
    "continue-building": "data-center",
    "take-access-back": "data-center",
    cancel: "user",
    reopen: "user",
  },
  refusedAnswers: [
    ["refuse-access", "filed", {}, "answer-missing"],
    ["refuse-plan", "accepting-plan", {}, "answer-missing"],
    ["reject-plan", "awaiting-plan-approval", {}, "answer-missing"],
    ["take-access-back", "building-stopped", {}, "answer-missing"],
  ],
  told: ["refuse-access", "reject-plan", "application-built"],
  clock: [["plan-approval-lapses", "leadership", "awaiting-plan-approval", "plan-approval-lapsed"]],
  machine: [
    ["application-planned", "data-center", "planning-application", "accepting-plan"],
    ["planning-failed", "data-center", "planning-application", "filed"],
    ["plan-outdated", "data-center", "awaiting-plan-approval", "planning-application"],
    ["plan-outdated", "data-center", "building-application", "planning-application"],
    ["application-built", "data-center", "building-application", "closed"],
    ["building-failed", "data-center", "building-application", "building-stopped"],
  ],
  checked: [],
};

describe("access of a vendor", () => {
  expectProcedure(vendorAccess, expected);
});
