import { acceptPassedChecks } from "../../core/actions/hosting/accept-passed-checks.ts";
import { checkAsked } from "../../core/actions/hosting/check-change.ts";
import { askToOfferAccount } from "../../core/actions/hosting/offer-database-account.ts";
import { doStep } from "../../core/actions/ticket/do-step.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { mayAskToChange } from "../../core/domain/hosting/change-rules.ts";
import { mayReadApplication } from "../../core/domain/hosting/hosting-access.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { applicationChange } from "../../core/domain/procedures/application-change.ts";
import { applicationPurge } from "../../core/domain/procedures/application-purge.ts";
import type { Procedure } from "../../core/domain/procedures/procedure.ts";
import { vendorAccess } from "../../core/domain/procedures/vendor-access.ts";
import { type Conversation, reply, show } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { filingForm } from "../forms/ticket/filing-form.ts";
import type { HostingPress } from "../presses/hosting-press.ts";
import type { PressOf } from "../presses/press.ts";

/** Buttons of hosting. Who may not read what they show gets nothing to see; the step asks who may do it. */
export async function pressOnHosting(conversation: Conversation, press: HostingPress): Promise<Outcome> {
  switch (press.do) {
    case "machine-checks":
      return show(conversation, { kind: press.do, ticketId: press.ticketId, page: press.page }, press);
    case "machine-check":
      return show(conversation, { kind: press.do, ticketId: press.ticketId, key: press.key }, { turns: true });
    case "accept-machine-check":
      return acceptCheck(conversation, press);
    case "accept-passed-checks":
      return acceptPassed(conversation, press);
    case "applications":
      return showApplications(conversation, press);
    case "application-plan":
      return show(conversation, { kind: press.do, ticketId: press.ticketId }, {});
    case "application":
      return showApplication(conversation, press);
    case "request-change":
      return request(conversation, press, applicationChange);
    case "request-access":
      return request(conversation, press, vendorAccess);
    case "request-purge":
      return request(conversation, press, applicationPurge);
    case "offer-database-account":
      return offerAccount(conversation, press);
  }
}

/** `/hosting`: all of it for whose work it is, what is their office's for everybody else. */
export async function showApplications(
  conversation: Conversation,
  press: { page: number; turns?: true | undefined } = { page: 0 },
): Promise<Outcome> {
  return show(conversation, { kind: "applications", page: press.page }, press);
}

async function showApplication(
  conversation: Conversation,
  { applicationId }: PressOf<"application">,
): Promise<Outcome> {
  const found = await findApplicationFor(conversation, applicationId, mayReadApplication);
  return found.ok ? show(conversation, { kind: "application", applicationId }, { turns: true }) : found;
}

/** The form begins with the application filled in. */
async function request(
  conversation: Conversation,
  { applicationId }: { applicationId: number },
  { name: procedure }: Procedure,
): Promise<Outcome> {
  const found = await findApplicationFor(conversation, applicationId, mayAskToChange);
  if (!found.ok) return found;
  const answers = { "hosted-application": found.value.stack };
  const { tx, person, setting } = conversation;
  const possible = await checkAsked(tx, setting, person, { procedure, answers });
  if (!possible.ok && possible.refusal.values.field === "hosted-application") return possible;
  return beginForm(conversation, filingForm, { procedure }, answers);
}

/** It goes to who asked for the application; nobody else sees it. */
async function offerAccount(conversation: Conversation, press: PressOf<"offer-database-account">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const asked = await askToOfferAccount(tx, person, setting, press);
  if (!asked.ok) return asked;
  await reply(conversation, { kind: "said", what: "account-asked" });
  return accept();
}

async function findApplicationFor(
  { tx, person }: Conversation,
  applicationId: number,
  isTheirs: (person: Person, application: Application) => boolean,
): Promise<Outcome<Application>> {
  const application = await findApplication(tx, applicationId);
  return application !== undefined && isTheirs(person, application)
    ? accept(application)
    : refuse("no-such-application");
}

/** The list takes the place of the check, so that the next one is a press away. */
async function acceptCheck(
  conversation: Conversation,
  { ticketId, version, key }: PressOf<"accept-machine-check">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const answers = { "machine-check": key };
  const done = await doStep(tx, person, setting, { ticketId, version, step: "accept-machine-check", answers });
  if (!done.ok) return done;
  return show(conversation, { kind: "machine-checks", ticketId, page: 0 }, { turns: true });
}

async function acceptPassed(conversation: Conversation, press: PressOf<"accept-passed-checks">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done = await acceptPassedChecks(tx, person, setting, press);
  if (!done.ok) return done;
  return show(conversation, { kind: "machine-checks", ticketId: press.ticketId, page: 0 }, { turns: true });
}
