import { acceptShift, beginShift } from "../../core/actions/shift/shifts.ts";
import { findPresentShift } from "../../core/db/shift/shifts.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { refusalOfEnding, refusalOfHandingOver } from "../../core/domain/shift/shift-rules.ts";
import { worksAtDesk } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { endShiftForm, handOverForm, listSuccessors } from "../forms/shift/shift-forms.ts";
import type { PressOf } from "../presses/press.ts";

export async function showDuty(conversation: Conversation, options: { inPlace?: boolean } = {}): Promise<Outcome> {
  if (!worksAtDesk(conversation.person)) return refuse("not-at-desk");
  await reply(conversation, { kind: "duty" }, options);
  return accept();
}

export async function showShiftNotes(conversation: Conversation, press: PressOf<"shift-notes">): Promise<Outcome> {
  if (!worksAtDesk(conversation.person)) return refuse("not-at-desk");
  await reply(conversation, { kind: "shift-notes", page: press.page }, { inPlace: press.turns === true });
  return accept();
}

export async function begin(conversation: Conversation): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const begun = await beginShift(tx, person, setting);
  return begun.ok ? showDuty(conversation, { inPlace: true }) : begun;
}

export async function takeOver(conversation: Conversation, { shiftId }: PressOf<"accept-shift">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const accepted = await acceptShift(tx, person, setting, { shiftId });
  return accepted.ok ? showDuty(conversation) : accepted;
}

/** Who may not is told before anything is asked. */
export async function handOver(conversation: Conversation, { shiftId }: PressOf<"hand-over-shift">): Promise<Outcome> {
  const { tx, person } = conversation;
  const present = await findPresentShift(tx);
  const refusal = refusalOfHandingOver(person, present?.id === shiftId ? present : undefined);
  if (refusal !== undefined) return { ok: false, refusal };
  if ((await listSuccessors(tx, person.id)).length === 0) return refuse("no-successor");
  return beginForm(conversation, handOverForm, { shiftId });
}

export async function end(conversation: Conversation, { shiftId }: PressOf<"end-shift">): Promise<Outcome> {
  const { tx, person } = conversation;
  const present = await findPresentShift(tx);
  const refusal = refusalOfEnding(person, present?.id === shiftId ? present : undefined);
  return refusal === undefined ? beginForm(conversation, endShiftForm, { shiftId }) : { ok: false, refusal };
}
