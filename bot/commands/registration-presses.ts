import { decideRegistration } from "../../core/actions/people/decide-registration.ts";
import { askForPoster, replacePosterToken } from "../../core/actions/people/posters.ts";
import { findRegistration } from "../../core/db/people/registrations.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import { refusalOfDeciding } from "../../core/domain/people/registration.ts";
import { type Conversation, reply } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { posterForm } from "../forms/people/poster-form.ts";
import { rejectionForm } from "../forms/ticket/rejection-form.ts";
import type { PressOf } from "../presses/press.ts";

export async function findPosterOf(conversation: Conversation): Promise<Outcome> {
  if (!hasRole(conversation.person, "administrator")) return refuse("not-administrator");
  return beginForm(conversation, posterForm, {});
}

/** The page of a poster, or the question before its token is replaced. */
export async function showPoster(
  conversation: Conversation,
  press: PressOf<"poster" | "ask-new-poster">,
): Promise<Outcome> {
  if (!hasRole(conversation.person, "administrator")) return refuse("not-administrator");
  const { officeId } = press;
  await reply(conversation, { kind: press.do === "poster" ? "poster" : "new-poster", officeId }, { inPlace: true });
  return accept();
}

export async function printPoster(conversation: Conversation, { officeId }: PressOf<"print-poster">): Promise<Outcome> {
  const { tx, person, setting, office } = conversation;
  const { regency, botUsername } = office;
  const asked = await askForPoster(tx, person, setting, { officeId, regency, botUsername });
  if (asked.ok) await reply(conversation, { kind: "said", what: "poster-asked" });
  return asked;
}

export async function replacePoster(conversation: Conversation, press: PressOf<"replace-poster">): Promise<Outcome> {
  const { tx, person, setting, office } = conversation;
  const { officeId, formerToken } = press;
  const { regency, botUsername } = office;
  const input = { officeId, formerToken, regency, botUsername };
  const replaced = await replacePosterToken(tx, person, setting, input);
  if (!replaced.ok) return replaced;
  await reply(conversation, { kind: "poster", officeId }, { inPlace: true });
  await reply(conversation, { kind: "said", what: "poster-asked" });
  return accept();
}

/** Approves at once; a rejection asks for its reason first, but not of who may not decide. */
export async function decideOnRegistration(
  conversation: Conversation,
  { registrationId, decision }: PressOf<"decide-registration">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  if (decision === "approved") {
    const decided = await decideRegistration(tx, person, setting, { registrationId, decision });
    if (!decided.ok) return decided;
    return decided.value === "needs-code" ? refuse("registration-needs-code") : accept();
  }
  const registration = await findRegistration(tx, registrationId);
  if (registration === undefined) return refuse("no-such-registration");
  const { registrationDays } = setting.rules;
  const mayDecide = refusalOfDeciding(person, registration, { now: setting.now, registrationDays });
  return mayDecide.ok ? beginForm(conversation, rejectionForm, { registrationId }) : mayDecide;
}
