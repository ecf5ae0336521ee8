import { describe } from "vitest";
import { approvedRequest } from "../../../../core/domain/procedures/approved-request.ts";
import { pathsOfApprovedRequest, usualAnswers } from "./approved-request.paths.ts";
import { type Expected, expectProcedure } from "./procedure-expectations.ts";
import { expectedOfWork } from "./request-expectations.ts";

/** By hand; that an official request comes first is C 16(4)-(5), who approves it is office practice. */
const expected: Expected = {
  ...expectedOfWork,
  paths: pathsOfApprovedRequest,
  usualAnswers,
  form: [],
  subject: "item",
  holders: {
    filed: "help-desk",
    "awaiting-approval": "leadership",
    approved: "help-desk",
    ...expectedOfWork.holders,
  },
  lifecycle: {
    filed: ["ask-approval", "decline", "cancel"],
    "awaiting-approval": ["approve", "reject", "cancel"],
    approved: ["issue-to-it-support", "issue-to-data-center", "issue-to-infrastructure", "cancel"],
    ...expectedOfWork.lifecycle,
  },
  doers: { ...expectedOfWork.doers, "ask-approval": "help-desk", approve: "leadership", reject: "leadership" },
  refusedAnswers: [
    ...expectedOfWork.refusedAnswers,
    ["reject", "awaiting-approval", {}, "answer-missing"],
    ["reject", "awaiting-approval", { note: "\u200B" }, "text-empty"],
  ],
  told: [...expectedOfWork.told, "approve", "reject"],
  clock: [["approval-lapses", "leadership", "awaiting-approval", "filed"], ...expectedOfWork.clock],
  checked: [],
};

describe("a request of the catalogue that needs approval", () => {
  expectProcedure(approvedRequest, expected);
});
