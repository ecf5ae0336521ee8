import type { OfficeRules } from "../../core/actions/setting.ts";
import { calendar } from "./calendar.ts";

/** What the profile of the office in the tests says. */
export const testRules: OfficeRules = {
  zone: "Asia/Jakarta",
  reopenWithinDays: 7,
  undoWithinHours: 24,
  confirmationReminderDays: 1,
  closeSilentAfterDays: 3,
  calendar,
  linkCodeHours: 24,
  draftDays: 7,
  strangerRowsDays: 7,
  registrationDays: 14,
  civilServantsOnly: [],
  approvers: () => ["leadership"],
  approvalDays: 5,
  approvalReminderDays: 2,
  exceptionReminderDays: 7,
};
