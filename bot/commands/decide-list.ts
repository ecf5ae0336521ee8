import type { Setting } from "../../core/actions/setting.ts";
import type { Tx } from "../../core/db/tables.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { type Conversation, show } from "../conversation.ts";
import type { Screen } from "../screens/screens.ts";

type Decide = (tx: Tx, person: Person, setting: Setting, input: { importId: number }) => Promise<Outcome>;

/** Imports a list, or forgets it. What came of it takes the place of the question. */
export async function decideList(
  conversation: Conversation,
  decide: Decide,
  screen: Screen & { importId: number },
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done = await decide(tx, person, setting, { importId: screen.importId });
  return done.ok ? show(conversation, screen, { turns: true }) : done;
}
