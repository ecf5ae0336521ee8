import { askForTargetPicture } from "../core/actions/monitoring/monitor-papers.ts";
import { accept, type Outcome } from "../core/domain/outcome.ts";
import { type Conversation, reply } from "./conversation.ts";

/** Opens the page of a target; its picture of a day follows, where there is something to draw and it has not just come. */
export async function showTarget(conversation: Conversation, targetId: number): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  await reply(conversation, { kind: "target", targetId });
  await askForTargetPicture(tx, person, setting, { targetId, days: 1 });
  return accept();
}
