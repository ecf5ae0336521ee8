import { identifyForm } from "../people/identify-form.ts";
import { assignForm } from "./assign-form.ts";
import { misuseForm } from "./misuse-form.ts";
import { pendingForm } from "./pending-form.ts";
import { reclassifyForm } from "./reclassify-form.ts";
import { takeBackForm } from "./take-back-form.ts";
import { notUrgentForm, urgentForm } from "./urgency-form.ts";

/** The forms of the desk about one ticket, by the name in their buttons. */
export const ticketForms = {
  assign: assignForm,
  identify: identifyForm,
  misuse: misuseForm,
  "not-urgent": notUrgentForm,
  pending: pendingForm,
  reclassify: reclassifyForm,
  "take-back": takeBackForm,
  urgent: urgentForm,
};
