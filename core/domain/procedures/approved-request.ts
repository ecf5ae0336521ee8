import { note, optionalNote, procedure } from "./procedure.ts";
import { requestTable } from "./request-table.ts";

/**
 * An entry of the catalogue that leadership approves first, such as opening a blocked site on an official request
 * (C 16(4)-(5), R18). Source: office practice.
 */
export const approvedRequest = procedure(
  requestTable({
    name: "approved-request",
    source: "office practice",
    issuedFrom: "approved",
    states: { "awaiting-approval": { holder: "leadership" }, approved: { holder: "help-desk" } },
    steps: [
      {
        name: "ask-approval",
        role: "help-desk",
        from: "filed",
        to: "awaiting-approval",
        asks: [optionalNote],
      },
      {
        name: "approve",
        role: "leadership",
        from: "awaiting-approval",
        to: "approved",
        asks: [optionalNote],
        decides: "approved",
        tellsRequester: true,
      },
      {
        name: "reject",
        role: "leadership",
        from: "awaiting-approval",
        to: "closed",
        asks: [note],
        tellsRequester: true,
        resolves: true,
        decides: "rejected",
      },
      {
        name: "approval-lapses",
        role: "leadership",
        by: "clock",
        from: "awaiting-approval",
        to: "filed",
        decides: "lapsed",
      },
    ],
  }),
);
