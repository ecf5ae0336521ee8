import { askForLook, askToPutBack } from "../../core/actions/hosting/compare-stack.ts";
import { revokeAccess } from "../../core/actions/hosting/end-access.ts";
import { mayDecideNow } from "../../core/actions/hosting/isolate-application.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import { findIsolation } from "../../core/db/hosting/isolations.ts";
import { isOnDuty } from "../../core/db/shift/on-duty.ts";
import { refusalOfReadingHosting } from "../../core/domain/hosting/hosting-access.ts";
import { refusalOfIsolating } from "../../core/domain/hosting/isolation-rules.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { type Conversation, reply, show } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { isolationDecisionForm, isolationForm } from "../forms/hosting/isolation-forms.ts";
import type { WatchPress } from "../presses/watch-press.ts";
import type { Saying } from "../screens/screens.ts";

/** Buttons of what stands. The actions ask who may do it. */
export async function pressOnWatch(conversation: Conversation, press: WatchPress): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  switch (press.do) {
    case "watch": {
      const mayRead = refusalOfReadingHosting(person);
      return mayRead.ok ? show(conversation, { kind: "watch", stack: press.stack }, press) : mayRead;
    }
    case "compare-stack":
      return said(conversation, await askForLook(tx, person, setting, press), "look-asked");
    case "put-back-stack":
      return said(conversation, await askToPutBack(tx, person, setting, press), "put-back-asked");
    case "revoke-access":
      return said(conversation, await revokeAccess(tx, person, setting, press), "access-revoked");
    case "isolate-application": {
      const application = await findApplication(tx, press.applicationId);
      const mayIsolate = refusalOfIsolating(person, await isOnDuty(tx, person), application);
      return mayIsolate.ok
        ? beginForm(conversation, isolationForm, { applicationId: press.applicationId })
        : mayIsolate;
    }
    case "decide-isolation": {
      const { isolationId, decision } = press;
      const isolation = await findIsolation(tx, isolationId);
      const mayDecide = await mayDecideNow(tx, person, setting, { isolation, decision });
      return mayDecide.ok ? beginForm(conversation, isolationDecisionForm, { isolationId, decision }) : mayDecide;
    }
  }
}

async function said(conversation: Conversation, done: Outcome, what: Saying): Promise<Outcome> {
  if (!done.ok) return done;
  await reply(conversation, { kind: "said", what });
  return accept();
}
