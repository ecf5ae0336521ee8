import { procedure } from "./procedure.ts";
import { requestTable } from "./request-table.ts";

/** An entry of the catalogue that nobody has to approve. Source: office practice. */
export const shortRequest = procedure(
  requestTable({ name: "short-request", source: "office practice", issuedFrom: "filed" }),
);
