import { z } from "zod";
import { type Finding, fail, ok } from "./finding.ts";
import type { ChatLook } from "./telegram.ts";

const chatFields = z.object({ type: z.string(), is_forum: z.boolean().optional() });
const memberFields = z.object({ status: z.string(), can_manage_topics: z.boolean().optional() });

/** Whether the desk can work there: a forum in which the bot is an administrator who may manage topics. */
export function judgeStaffGroup(
  { variable, chat: chatAnswer, member: memberAnswer }: ChatLook,
  botName: string,
): Finding {
  const what = "staff group";
  const chat = chatFields.safeParse(chatAnswer.ok ? chatAnswer.result : undefined).data;
  const member = memberFields.safeParse(memberAnswer.ok ? memberAnswer.result : undefined).data;
  if (chat === undefined || member === undefined || ["left", "kicked"].includes(member.status))
    return fail(
      what,
      `${variable}: the bot is not in that group`,
      `add @${botName} to the group, or correct ${variable}`,
    );
  if (chat.is_forum !== true)
    return fail(what, `${variable}: the group has no topics`, 'switch on "Topics" in the settings of the group');
  if (member.status !== "administrator" || !member.can_manage_topics)
    return fail(
      what,
      `${variable}: the bot may not manage topics there`,
      `make @${botName} administrator of the group, with "Manage topics"`,
    );
  return ok(what, `${variable}: the bot may manage topics there`);
}
