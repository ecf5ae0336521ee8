import { offerUpload } from "../../../core/actions/upload/offer-upload.ts";
import type { Draft } from "../../../core/db/ticket/drafts.ts";
import { accept, type Outcome, refuse } from "../../../core/domain/outcome.ts";
import { type Conversation, reply } from "../../conversation.ts";
import { planOf } from "../fill-in.ts";

/** The present question is for files, and one of them is too large for a chat. */
export async function sendUploadLink(conversation: Conversation, draft: Draft): Promise<Outcome> {
  const { tx, person, setting, topic } = conversation;
  const plan = await planOf(conversation, draft);
  const field = plan?.fields.find(({ name }) => name === draft.question);
  if (plan === undefined || field === undefined) return refuse("question-passed");
  const title = `${plan.title} · ${plan.wordsFor(field.name).label}`;
  const offered = await offerUpload(tx, person, setting, { draftId: draft.id, field: field.name, title });
  if (!offered.ok) return offered;
  if (topic !== undefined) await reply(conversation, { kind: "said", what: "upload-link-private" });
  return accept();
}
