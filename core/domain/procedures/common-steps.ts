import { note, type Step } from "./procedure.ts";

// What several procedures end with: the requester is asked, and the help desk closes.

/** IT support verifies with the user (L IV.2 to L IV.4). */
export const askRequester: Step = {
  name: "ask-requester",
  role: "it-support",
  from: "verifying",
  to: "awaiting-confirmation",
  asks: [note],
  tellsRequester: true,
};

export const confirmResolved: Step = {
  name: "confirm-resolved",
  role: "user",
  from: "awaiting-confirmation",
  to: "ready-to-close",
  workOrder: "return",
};

/** Of a ticket that a machine opened: what it saw down answers again. */
export const confirmRestored: Step = {
  name: "confirm-restored",
  role: "help-desk",
  by: "clock",
  from: "awaiting-confirmation",
  to: "ready-to-close",
  workOrder: "return",
  source: "office practice",
};

/** What was closed, or is to be confirmed, is bad all the same: by who speaks for it, or by phone. */
export const complaints = ["reopen", "report-still-bad", "report-still-bad-by-phone"];

export const detected = "outage-detected";

/**
 * Of a ticket that a machine opened nobody is asked whether the complaint is right: what is down was seen to be down.
 *
 * @param from where IT support would find that out
 */
export function outageDetected(from: string): Step {
  return { name: detected, role: "it-support", by: "clock", from, to: "locating-fault", source: "office practice" };
}

/** The help desk closes the WO: L IV.3, and our reading of the others. */
export const closeByHelpDesk: Step = {
  name: "close",
  role: "help-desk",
  from: "ready-to-close",
  to: "closed",
  asks: [{ ...note, suggestions: "last-note" }],
  workOrder: "close",
  tellsRequester: true,
  resolves: true,
};
