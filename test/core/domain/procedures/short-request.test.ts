import { describe } from "vitest";
import { shortRequest } from "../../../../core/domain/procedures/short-request.ts";
import { type Expected, expectProcedure } from "./procedure-expectations.ts";
import { expectedOfWork } from "./request-expectations.ts";
import { pathsOfShortRequest, usualAnswers } from "./short-request.paths.ts";

/** By hand; no article says anything but of the work order (R06) and who closes it (L IV.3). */
const expected: Expected = {
  ...expectedOfWork,
  paths: pathsOfShortRequest,
  usualAnswers,
  form: [],
  subject: "item",
  holders: { filed: "help-desk", ...expectedOfWork.holders },
  lifecycle: {
    filed: ["issue-to-it-support", "issue-to-data-center", "issue-to-infrastructure", "decline", "cancel"],
    ...expectedOfWork.lifecycle,
  },
  checked: [],
};

describe("a short request of the catalogue", () => {
  expectProcedure(shortRequest, expected);
});
