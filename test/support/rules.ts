import type { OfficeRules } from "../../core/actions/setting.ts";

/** What the profile of the office in the tests says. */
export const testRules: OfficeRules = {
  zone: "Asia/Jakarta",
  reopenWithinDays: 7,
  linkCodeHours: 24,
  draftDays: 7,
  strangerRowsDays: 7,
  registrationDays: 14,
  civilServantsOnly: [],
};
