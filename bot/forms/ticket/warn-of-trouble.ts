import { findTroubles } from "../../../core/db/monitoring/troubles.ts";
import type { Form } from "../form.ts";
import { complaintIn } from "./begun-complaint.ts";

/** What is known to be down of what a form complains of; again where another one turns out to have the trouble. */
export const warnOfTrouble: NonNullable<Form["warning"]> = async ({ tx, person, setting }, draft) => {
  const begun = await complaintIn(tx, draft, person);
  const troubles = begun === undefined ? [] : await findTroubles(tx, begun.complainant, begun, setting.now);
  const whose = begun?.complainant.id;
  return {
    keys: troubles.map(({ key }) => `${key} of ${whose}`),
    screen: { kind: "trouble-known", draftId: draft.id },
  };
};
