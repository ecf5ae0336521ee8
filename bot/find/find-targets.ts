import { listNamedTargets } from "../../core/db/monitoring/monitor-lists.ts";
import { listOffices } from "../../core/db/people/offices.ts";
import { cleanLine } from "../../core/domain/form/text.ts";
import { calledBy, findTargets as findAmong, findUnwatchedOffice } from "../../core/domain/monitoring/find-targets.ts";
import { maySeeTarget } from "../../core/domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply } from "../conversation.ts";
import { showTarget } from "../show-target.ts";

/** As much as its form takes: each slip is looked for in all names. */
export const longestSearch = 120;

/** Opens what was meant, also with slips; of several it is asked which. Of an office that is not watched it says so. */
export async function findTargets(conversation: Conversation, entered: string): Promise<Outcome> {
  const { tx, person } = conversation;
  const text = [...cleanLine(entered)].slice(0, longestSearch).join("");
  if (text === "") return refuse("text-empty");
  const all = await listNamedTargets(tx);
  const unwatched = findUnwatchedOffice(text, await listOffices(tx), all);
  if (unwatched !== undefined) {
    await reply(conversation, { kind: "office-unwatched", officeId: unwatched.id });
    return accept();
  }
  const visible = all.filter((target) => maySeeTarget(person, target)).map((target) => calledBy(person, target));
  const [only, ...others] = findAmong(text, visible);
  if (only !== undefined && others.length === 0) return showTarget(conversation, only.id);
  await reply(conversation, { kind: "targets-found", text, page: 0 });
  return accept();
}
