import { decideSubstitution, endSubstitution } from "../../core/actions/people/substitutions.ts";
import { refusalOfFreezeChange } from "../../core/actions/ticket/freeze.ts";
import { findPerson, holdsInOwnRight } from "../../core/db/people/people.ts";
import { findSubstitution } from "../../core/db/people/substitutions.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import { substitutedRole } from "../../core/domain/people/substitution-rules.ts";
import { worksAtDesk } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { refusalOfNaming, substitutionForm } from "../forms/people/substitution-form.ts";
import { freezeForm } from "../forms/ticket/freeze-form.ts";
import type { PressOf } from "../presses/press.ts";
import { partsInFull } from "../replies/ticket/approval-in-full.ts";

export async function showExceptions(conversation: Conversation, press: PressOf<"exceptions">): Promise<Outcome> {
  if (!worksAtDesk(conversation.person)) return refuse("not-at-desk");
  await reply(conversation, { kind: "exceptions", page: press.page }, { inPlace: press.turns === true });
  return accept();
}

/** Who may not is told before anything is asked. */
export async function beginFreezeChange(
  conversation: Conversation,
  { change }: PressOf<"change-freeze">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const refusal = await refusalOfFreezeChange(tx, person, change, setting);
  if (refusal !== undefined) return { ok: false, refusal };
  return beginForm(conversation, freezeForm, { change });
}

export async function showSubstitutions(
  conversation: Conversation,
  { forPersonId }: PressOf<"substitutions">,
): Promise<Outcome> {
  const { person } = conversation;
  if (person.id !== forPersonId && !hasRole(person, "administrator")) return refuse("not-your-substitution");
  await reply(conversation, { kind: "substitutions", forPersonId });
  return accept();
}

export async function beginNaming(
  conversation: Conversation,
  { forPersonId }: PressOf<"name-substitute">,
): Promise<Outcome> {
  const { tx, person } = conversation;
  if (person.id !== forPersonId && !hasRole(person, "administrator")) return refuse("not-your-substitution");
  const holder = await findPerson(tx, forPersonId);
  if (holder === undefined) return refuse("no-such-person");
  if (!(await holdsInOwnRight(tx, forPersonId, substitutedRole))) return refuse("no-substitute-of-substitute");
  const refusal = await refusalOfNaming(tx, holder);
  if (refusal !== undefined) return { ok: false, refusal };
  return beginForm(conversation, substitutionForm, { forPersonId });
}

/** The list is shown anew where it was pressed, also when somebody else was quicker. */
export async function endNaming(conversation: Conversation, press: PressOf<"end-substitution">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done = await endSubstitution(tx, person, setting, press);
  const found = await findSubstitution(tx, press.substitutionId);
  if (found !== undefined) {
    await reply(conversation, { kind: "substitutions", forPersonId: found.forPersonId }, { inPlace: true });
  }
  return done;
}

/** The messages that proposed it say what was decided. */
export function decideNaming(
  { tx, person, setting }: Conversation,
  press: PressOf<"decide-substitution">,
): Promise<Outcome> {
  return decideSubstitution(tx, person, setting, press);
}

/** All that was written to decide upon, where the request had to cut it. */
export async function showInFull(conversation: Conversation, ticketId: number): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const ticket = await findTicket(tx, ticketId);
  const parts = ticket === undefined ? [] : await partsInFull(tx, person, ticket, setting.rules);
  for (const part of parts) await reply(conversation, part);
  return parts.length === 0 ? refuse("approval-not-asked") : accept();
}
