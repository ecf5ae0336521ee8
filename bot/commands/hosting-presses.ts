import { doStep } from "../../core/actions/do-step.ts";
import { refusalOfReadingHosting } from "../../core/domain/hosting/hosting-access.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { type Conversation, show } from "../conversation.ts";
import type { HostingPress } from "../hosting-press.ts";
import type { PressOf } from "../press.ts";

/** Buttons of hosting. Who may not read what they show gets nothing to see; the step asks who may do it. */
export async function pressOnHosting(conversation: Conversation, press: HostingPress): Promise<Outcome> {
  switch (press.do) {
    case "machine-checks":
      return show(conversation, { kind: press.do, ticketId: press.ticketId, page: press.page }, press);
    case "machine-check":
      return show(conversation, { kind: press.do, ticketId: press.ticketId, key: press.key }, { turns: true });
    case "accept-machine-check":
      return acceptCheck(conversation, press);
    case "applications":
      return showApplications(conversation, press);
    case "application-plan":
      return show(conversation, { kind: press.do, ticketId: press.ticketId }, {});
  }
}

/** `/hosting` */
export async function showApplications(
  conversation: Conversation,
  press: { page: number; turns?: true | undefined } = { page: 0 },
): Promise<Outcome> {
  const mayRead = refusalOfReadingHosting(conversation.person);
  return mayRead.ok ? show(conversation, { kind: "applications", page: press.page }, press) : mayRead;
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
