import type { Field } from "../form/field.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";

/** How the application to the ministry for a village's name stands. source: L V, note 2: the village sends it itself, or the Dinas helps. */
export const ministryStates = ["preparing", "sent-by-dinas", "sent-by-village", "approved", "rejected"] as const;
export type MinistryState = (typeof ministryStates)[number];

/** What may come after what; null: nothing was noted yet. A rejected one is prepared again. */
const next: Record<MinistryState | "none", readonly MinistryState[]> = {
  none: ["preparing", "sent-by-dinas", "sent-by-village"],
  preparing: ["sent-by-dinas", "sent-by-village"],
  "sent-by-dinas": ["approved", "rejected"],
  "sent-by-village": ["approved", "rejected"],
  approved: [],
  rejected: ["preparing", "sent-by-dinas", "sent-by-village"],
};

export function nextMinistryStates(state: MinistryState | undefined): readonly MinistryState[] {
  return next[state ?? "none"];
}

export function refusalOfMinistryStep(from: MinistryState | undefined, to: MinistryState): Outcome {
  return nextMinistryStates(from).includes(to) ? accept() : refuse("ministry-step-changed");
}

const fields = [
  { name: "day", kind: "day" },
  { name: "letter", kind: "line", maxLength: 80, optional: true },
] as const satisfies Field[];

const reason = { name: "reason", kind: "line", maxLength: 400 } as const satisfies Field;

/** What is asked with a state: on which day, by which letter; of a rejection why. */
export function ministryFieldsOf(state: MinistryState): readonly Field[] {
  return state === "rejected" ? [...fields, reason] : fields;
}
