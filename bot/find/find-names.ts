import { findNameNow } from "../../core/db/names/names.ts";
import { cleanLine } from "../../core/domain/form/text.ts";
import { refusalOfManaging } from "../../core/domain/ipam/ipam-rules.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply } from "../conversation.ts";

/** Opens the name that was meant, in full or by its label, or shows what has these words. */
export async function findNames(conversation: Conversation, entered: string): Promise<Outcome> {
  const mayManage = refusalOfManaging(conversation.person);
  if (!mayManage.ok) return mayManage;
  const text = cleanLine(entered);
  if (text === "") return refuse("text-empty");
  const wanted = text.toLowerCase();
  const { domain } = conversation.setting.rules.names;
  const found =
    (await findNameNow(conversation.tx, wanted)) ?? (await findNameNow(conversation.tx, `${wanted}.${domain}`));
  if (found === undefined) await reply(conversation, { kind: "names-found", text, page: 0 });
  else await reply(conversation, { kind: "name", name: found.name, page: 0 });
  return accept();
}
