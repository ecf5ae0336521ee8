import { writeJournal } from "../../db/journal/journal.ts";
import { findAccount } from "../../db/people/accounts.ts";
import type { Tx } from "../../db/tables.ts";
import { findDraft } from "../../db/ticket/drafts.ts";
import { countBegunUploads, deleteUnbegunUploads, insertUpload } from "../../db/upload/uploads.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { mostUploadsAtOnce, uploadExpiry } from "../../domain/upload/upload-rules.ts";
import { answerPriority, send } from "../notices.ts";
import { newLinkToken } from "../people/link-token.ts";
import type { Setting } from "../setting.ts";

/**
 * Sends the person a link by which one file comes for a question of the form that they fill in: to the private chat,
 * wherever it was asked for. An older link of the form that nobody has begun to use is void.
 *
 * @param input.title what the file is for, as the page says it
 */
export async function offerUpload(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { draftId: number; field: string; title: string },
): Promise<Outcome> {
  const { now, pagesUrl } = setting;
  if (pagesUrl === undefined) return refuse("no-pages");
  const draft = await findDraft(tx, { id: input.draftId, personId: person.id, now });
  if (draft === undefined) return refuse("draft-gone");
  const account = await findAccount(tx, person.id);
  if (account === undefined) return refuse("not-linked");
  if ((await countBegunUploads(tx, person.id, now)) >= mostUploadsAtOnce) {
    return refuse("too-many-uploads", { most: mostUploadsAtOnce });
  }
  await deleteUnbegunUploads(tx, draft.id);
  const { token, hash } = newLinkToken();
  const expiresAt = uploadExpiry(now);
  const uploadId = await insertUpload(tx, { ...input, tokenHash: hash, personId: person.id, now, expiresAt });
  await writeJournal(tx, {
    at: now,
    actorId: person.id,
    event: "upload-offered",
    subject: { kind: "upload", id: uploadId },
  });
  const notice = { kind: "upload-link", uploadId, link: `${pagesUrl}upload/${token}` } as const;
  await send(tx, account.telegramUserId, notice, { now, priority: answerPriority });
  return accept();
}
