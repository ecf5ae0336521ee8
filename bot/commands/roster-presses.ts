import { clearRosterDay } from "../../core/actions/shift/keep-roster.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { refusalOfKeepingRoster } from "../../core/domain/shift/roster.ts";
import { worksAtDesk } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, show } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { rosterChangeForm, rosterForm } from "../forms/shift/roster-forms.ts";
import type { RosterPress } from "../presses/roster-press.ts";

/** Buttons of the duty roster: the desk reads it, leadership and the help desk keep it. */
export async function pressOnRoster(conversation: Conversation, press: RosterPress): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  if (press.do === "roster") {
    return worksAtDesk(person)
      ? show(conversation, { kind: "roster", page: press.page }, press)
      : refuse("not-at-desk");
  }
  const refusal = refusalOfKeepingRoster(person);
  if (refusal !== undefined) return { ok: false, refusal };
  switch (press.do) {
    case "roster-day":
      return show(conversation, { kind: "roster-day", day: press.day }, { turns: true });
    case "fill-roster":
      return beginForm(conversation, rosterForm, {});
    case "change-roster-day":
      return beginForm(conversation, rosterChangeForm, { day: press.day, formerId: press.formerId });
    case "clear-roster-day": {
      const cleared = await clearRosterDay(tx, person, setting, press);
      return cleared.ok ? show(conversation, { kind: "roster", page: 0 }, { turns: true }) : cleared;
    }
  }
}
