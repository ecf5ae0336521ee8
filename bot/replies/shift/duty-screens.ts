import { screensOf } from "../screens-of.ts";
import { renderDuty, renderShiftNotes, renderShiftOffered, renderShiftOver } from "./duty.ts";
import { renderDutyToday, renderHandOverDue, renderRoster, renderRosterDay } from "./roster.ts";

/** Who is on duty, and who is to be. */
export const dutyScreens = screensOf({
  duty: (db, viewer, _screen, office, now) => renderDuty(db, viewer, office, now),
  "shift-notes": renderShiftNotes,
  "shift-offered": renderShiftOffered,
  "shift-over": renderShiftOver,
  "duty-today": renderDutyToday,
  "hand-over-due": renderHandOverDue,
  roster: renderRoster,
  "roster-day": renderRosterDay,
});
