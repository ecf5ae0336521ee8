import { discardImport, importPeople } from "../../core/actions/import-people.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import { type Conversation, reply } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { importForm } from "../forms/import-form.ts";
import type { PressOf } from "../press.ts";

export async function beginImport(conversation: Conversation): Promise<Outcome> {
  if (!hasRole(conversation.person, "administrator")) return refuse("not-administrator");
  return beginForm(conversation, importForm, {});
}

/** What came of it takes the place of the question. */
export async function decideImport(
  conversation: Conversation,
  { do: what, importId }: PressOf<"import-people" | "discard-import">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const decide = what === "import-people" ? importPeople : discardImport;
  const done = await decide(tx, person, setting, { importId });
  if (!done.ok) return done;
  await reply(conversation, { kind: "people-import", importId }, { inPlace: true });
  return accept();
}
