import { accept, type Outcome, refuse } from "../outcome.ts";

/**
 * Of a page below the name of a site: "/api/health". It becomes a part of commands that a container runs, so there is nothing
 * in it that a shell or a quotation knows.
 */
export function parsePagePath(entered: string): Outcome<string> {
  return /^\/(?!\/)[\w./~%=?-]*$/.test(entered) ? accept(entered) : refuse("page-path-unreadable");
}
