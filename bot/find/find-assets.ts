import { findAssetNamed } from "../../core/db/inventory/assets.ts";
import { cleanLine } from "../../core/domain/form/text.ts";
import { refusalOfManagingAssets } from "../../core/domain/inventory/asset-rules.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply } from "../conversation.ts";

/** Opens what is called so, or shows what has these words. */
export async function findAssets(conversation: Conversation, entered: string): Promise<Outcome> {
  const mayManage = refusalOfManagingAssets(conversation.person);
  if (!mayManage.ok) return mayManage;
  const text = cleanLine(entered);
  if (text === "") return refuse("text-empty");
  if (text.length > longestSearch) return refuse("text-too-long", { length: text.length, maxLength: longestSearch });
  const named = await findAssetNamed(conversation.tx, text);
  await reply(
    conversation,
    named === undefined ? { kind: "assets-found", text, page: 0 } : { kind: "asset", assetId: named.id },
  );
  return accept();
}

/** As the form that asks for it. */
const longestSearch = 80;
