import { listReachable, lockPerson } from "../../db/people/people.ts";
import {
  endAbandonedShift,
  findPresentShift,
  findShift,
  insertShift,
  lockShifts,
  updateShift,
} from "../../db/shift/shifts.ts";
import type { Tx } from "../../db/tables.ts";
import { parseAnswer } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { deskRoles } from "../../domain/people/roles.ts";
import { note } from "../../domain/procedures/procedure.ts";
import {
  refusalOfAccepting,
  refusalOfBeginning,
  refusalOfEnding,
  refusalOfHandingOver,
  type Shift,
} from "../../domain/shift/shift-rules.ts";
import { editSent, tell } from "../notices.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";

const record = recordsOf("shift");

/** Goes on duty where nobody is. */
export async function beginShift(tx: Tx, person: Person, setting: Setting): Promise<Outcome<number>> {
  await lockShifts(tx);
  const refusal = refusalOfBeginning(person, await findPresentShift(tx));
  if (refusal !== undefined) return { ok: false, refusal };
  const abandoned = await endAbandonedShift(tx, setting.now);
  if (abandoned !== undefined) await record(tx, person, setting, "shift-abandoned", abandoned);
  const shiftId = await insertShift(tx, { personId: person.id, now: setting.now });
  await record(tx, person, setting, "shift-began", shiftId);
  return accept(shiftId);
}

/**
 * Asks somebody of the desk to take over, with a note; until they accept it stays with who has it. Asking somebody else
 * takes the first question back.
 *
 * @param input.shiftId for which the form was begun; another one by now is refused
 */
export async function offerShift(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { shiftId: number; toPersonId: number; note: string },
): Promise<Outcome> {
  const to = await lockPerson(tx, input.toPersonId);
  await lockShifts(tx);
  const present = await presentAs(tx, input.shiftId);
  if (present === undefined || to === undefined) return refuse("not-on-duty");
  const refusal = refusalOfHandingOver(person, present, to);
  if (refusal !== undefined) return { ok: false, refusal };
  const reachable = await listReachable(tx, deskRoles);
  if (!reachable.some(({ id }) => id === to.id)) return refuse("not-of-the-desk");
  const words = parseNote(setting, input.note);
  if (!words.ok) return words;
  await updateShift(tx, present.id, { offered_to: to.id, note: words.value });
  await record(tx, person, setting, "shift-offered", present.id, { to: to.id });
  if (present.offeredTo !== null && present.offeredTo !== to.id) await refreshOffer(tx, present, setting);
  await tell(tx, [to.id], { kind: "shift-offered", shiftId: present.id, toPersonId: to.id }, setting);
  return accept();
}

/** Takes over from who asked: their shift ends and one's own begins in the same moment. */
export async function acceptShift(
  tx: Tx,
  person: Person,
  setting: Setting,
  { shiftId }: { shiftId: number },
): Promise<Outcome<number>> {
  await lockShifts(tx);
  const shift = await findShift(tx, shiftId);
  if (shift === undefined) return refuse("shift-not-offered");
  const refusal = refusalOfAccepting(person, shift);
  if (refusal !== undefined) return { ok: false, refusal };
  await updateShift(tx, shift.id, { ended_at: setting.now, offered_to: null, handed_to: person.id });
  const next = await insertShift(tx, { personId: person.id, now: setting.now });
  await record(tx, person, setting, "shift-handed-over", shift.id, { from: shift.personId, to: person.id, next });
  await refreshOffer(tx, shift, setting);
  await tell(tx, [shift.personId], { kind: "shift-over", shiftId: shift.id, byPersonId: person.id }, setting);
  return accept(next);
}

/** Ends a shift without a successor; the note is there for whoever begins the next one. */
export async function endShift(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { shiftId: number; note: string },
): Promise<Outcome> {
  await lockShifts(tx);
  const present = await presentAs(tx, input.shiftId);
  const refusal = refusalOfEnding(person, present);
  if (refusal !== undefined || present === undefined)
    return refusal ? { ok: false, refusal } : refuse("nobody-on-duty");
  const words = parseNote(setting, input.note);
  if (!words.ok) return words;
  await updateShift(tx, present.id, { ended_at: setting.now, offered_to: null, note: words.value });
  await record(tx, person, setting, "shift-ended", present.id, { personId: present.personId });
  await refreshOffer(tx, present, setting);
  if (present.personId !== person.id) {
    await tell(tx, [present.personId], { kind: "shift-over", shiftId: present.id, byPersonId: person.id }, setting);
  }
  return accept();
}

/** The present shift, if it is that one. */
async function presentAs(tx: Tx, shiftId: number): Promise<Shift | undefined> {
  const present = await findPresentShift(tx);
  return present?.id === shiftId ? present : undefined;
}

/** The question that was asked loses its button, or says how it was answered. */
async function refreshOffer(tx: Tx, { id: shiftId, offeredTo }: Shift, setting: Setting): Promise<void> {
  if (offeredTo === null) return;
  const offer = { kind: "shift-offered", shiftId, toPersonId: offeredTo } as const;
  await editSent(tx, offer, offer, setting);
}

function parseNote({ now, rules }: Setting, text: string): Outcome<string> {
  const parsed = parseAnswer(note, text, { now, zone: rules.zone });
  return parsed.ok ? parsed : refuseAbout(note.name, parsed.refusal);
}
