import type { GroupLook } from "../../core/actions/staff-group.ts";
import type { Client } from "./client.ts";
import { TelegramFailure } from "./telegram-failure.ts";

/**
 * Whether the desk can work in that group: a forum in which the bot is an administrator who may manage topics.
 *
 * @throws TelegramFailure Telegram cannot be reached
 */
export async function lookAtGroup(
  client: Pick<Client, "getChat" | "getChatMember" | "sendTyping">,
  chatId: number,
  botId: number,
): Promise<GroupLook> {
  try {
    const chat = await client.getChat(chatId);
    // A group that became a supergroup has its name still, and says where it went only to who writes there.
    if (chat.type === "group") await client.sendTyping(chatId);
    const bot = await client.getChatMember(chatId, botId);
    if (bot.status === "left" || bot.status === "kicked") return { outcome: "gone" };
    if (chat.is_forum !== true) return { outcome: "not-a-forum" };
    return { outcome: bot.status === "administrator" && bot.can_manage_topics ? "usable" : "no-rights" };
  } catch (failure) {
    if (!(failure instanceof TelegramFailure)) throw failure;
    const { why } = failure;
    if (why.reason === "migrated") return { outcome: "moved", toChatId: why.toChatId };
    if (["blocked", "no-chat", "refused"].includes(why.reason)) return { outcome: "gone" };
    throw failure;
  }
}
