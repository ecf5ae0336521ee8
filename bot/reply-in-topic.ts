import { answerPriority, sendCardToTopic } from "../core/actions/notices.ts";
import { enqueue } from "../core/db/outbox.ts";
import type { Conversation } from "./conversation.ts";
import type { Screen } from "./screens/screens.ts";

/** Where in the staff group a conversation is: the topic of that ticket. */
export type TopicPlace = { ticketId: number };

/**
 * An answer to one person in a topic. The card there is one for all and was edited already, so that what was done is only
 * confirmed; asked for, it comes to the end of the topic.
 */
export async function replyInTopic(
  conversation: Conversation & { topic: TopicPlace },
  screen: Screen,
  how: { editsMessageId: number | undefined; mergeKey: string | undefined; now: Date },
): Promise<void> {
  const { tx, chatId, person, setting, topic, messageId } = conversation;
  const { ticketId } = topic;
  if (screen.kind === "ticket-card") {
    if (screen.news !== "opened") return confirm(conversation, how);
    return sendCardToTopic(tx, { chatId, ticketId }, { now: setting.now, priority: answerPriority });
  }
  await enqueue(tx, {
    ...how,
    chatId,
    topicTicketId: ticketId,
    personIds: [person.id],
    message: placed(screen, messageId),
    priority: answerPriority,
  });
}

/** A form that was pressed through says so itself, in the place of its last question. */
async function confirm(
  conversation: Conversation & { topic: TopicPlace },
  how: { editsMessageId: number | undefined; mergeKey: string | undefined; now: Date },
): Promise<void> {
  if (conversation.isInForm) return;
  await replyInTopic(conversation, { kind: "said", what: "form-done" }, how);
}

/** Under the message that it answers; what is "sent" from a topic has gone to the requester. */
function placed(screen: Screen, messageId: number | undefined): Screen {
  if (screen.kind !== "said" && screen.kind !== "refused") return screen;
  const under = messageId === undefined ? {} : { replyTo: messageId };
  if (screen.kind === "refused") return { ...screen, ...under };
  return { ...screen, ...under, what: screen.what === "sent" ? "sent-to-requester" : screen.what };
}
