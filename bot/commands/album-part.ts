import { addToAlbum } from "../../core/actions/ticket/add-to-album.ts";
import type { IncomingFile } from "../../core/actions/upload/keep-files.ts";
import { findHeardOfAlbum, type HeardMessage } from "../../core/db/heard-messages.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Conversation } from "../conversation.ts";

/** What an earlier part of the same album became. */
export async function earlierPart({ tx, chatId, albumId }: Conversation): Promise<HeardMessage | undefined> {
  return albumId === undefined ? undefined : findHeardOfAlbum(tx, chatId, albumId);
}

/** It belongs to what the first part became. Nothing is said of it: the first part was answered already. */
export function addPart(
  { tx, person, setting, chatId, messageId = 0, albumId = "" }: Conversation,
  entryId: number,
  part: { file: IncomingFile; text?: string },
): Promise<Outcome> {
  return addToAlbum(tx, person, setting, { entryId, ...part, source: { chatId, messageId, albumId } });
}
