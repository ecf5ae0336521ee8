import { discardImport, importPeople } from "../../core/actions/people/import-people.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import type { Conversation } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { importForm } from "../forms/import-form.ts";
import type { PressOf } from "../presses/press.ts";
import { decideList } from "./decide-list.ts";

export async function beginImport(conversation: Conversation): Promise<Outcome> {
  if (!hasRole(conversation.person, "administrator")) return refuse("not-administrator");
  return beginForm(conversation, importForm, {});
}

export function decideImport(
  conversation: Conversation,
  { do: what, importId }: PressOf<"import-people" | "discard-import">,
): Promise<Outcome> {
  const decide = what === "import-people" ? importPeople : discardImport;
  return decideList(conversation, decide, { kind: "people-import", importId });
}
