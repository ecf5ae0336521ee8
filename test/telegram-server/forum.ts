import type { TelegramServerOptions } from "../../telegram-server/server.ts";
import { ani, budi, openServer } from "./support.ts";

/** A forum of Ani, who owns it, and Budi; the bot is an administrator with all rights. */
export const forum = { id: -1_001_234_567_890, title: "Meja layanan", isForum: true, members: [ani, budi] };

export async function openForum(options: Partial<TelegramServerOptions> = {}) {
  const server = await openServer({ groups: [forum], ...options });
  const inForum = { groupId: forum.id };
  return {
    ...server,
    /** A call about the forum. */
    ask: <T>(method: string, parameters: object = {}) => server.call<T>(method, { chat_id: forum.id, ...parameters }),
    /** A topic that the bot creates. @returns its id */
    async topic(name: string): Promise<number> {
      const { result } = await server.call<{ message_thread_id: number }>("createForumTopic", {
        chat_id: forum.id,
        name,
      });
      return result.message_thread_id;
    },
    /** Ani, as the owner, writes in that topic, or in General. */
    write: (text: string, topicId?: number, replyTo?: number) =>
      server.people.sendText(ani, text, {
        ...inForum,
        ...(topicId === undefined ? {} : { topicId }),
        ...(replyTo === undefined ? {} : { replyTo }),
      }),
    /** Takes what is new; the next call brings only later updates. */
    async news() {
      const updates = await server.updates();
      const last = updates.at(-1);
      if (last !== undefined) await server.updates({ offset: last.update_id + 1 });
      return updates;
    },
  };
}
