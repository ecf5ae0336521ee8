import { listNamedTargets } from "../core/db/monitor-lists.ts";
import { cleanLine } from "../core/domain/form/text.ts";
import { findTargets as findAmong } from "../core/domain/monitoring/find-targets.ts";
import { seesAllTargets } from "../core/domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../core/domain/outcome.ts";
import { type Conversation, reply } from "./conversation.ts";
import { showTarget } from "./show-target.ts";

/** As much as its form takes: each slip is looked for in all names. */
export const longestSearch = 120;

/** Opens what was meant, also with slips; of several it is asked which. */
export async function findTargets(conversation: Conversation, entered: string): Promise<Outcome> {
  const { tx, person } = conversation;
  const text = [...cleanLine(entered)].slice(0, longestSearch).join("");
  if (text === "") return refuse("text-empty");
  const visible = await listNamedTargets(tx, seesAllTargets(person) ? undefined : person.officeId);
  const [only, ...others] = findAmong(text, visible);
  if (only !== undefined && others.length === 0) return showTarget(conversation, only.id);
  await reply(conversation, { kind: "targets-found", text, page: 0 });
  return accept();
}
