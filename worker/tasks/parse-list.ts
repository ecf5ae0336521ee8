import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "../../core/db/tables.ts";
import { findAttachment } from "../../core/db/ticket/attachments.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { largestFileBytes } from "../../core/domain/people/people-file.ts";
import { parseInThread } from "../people-file/jobs.ts";

/** The lines of a list that was fetched. @throws Error its file is not in the store */
export async function parseList(
  db: Db,
  { id, attachmentId }: { id: number; attachmentId: number },
  filesFolder: string,
): Promise<Outcome<FileLine[]>> {
  const attachment = await findAttachment(db, attachmentId);
  if (attachment?.sha256 == null) throw new Error(`reading list ${id}: its file is not in the store`);
  if ((attachment.sizeBytes ?? 0) > largestFileBytes) {
    return refuse("list-too-large", { megabytes: largestFileBytes / 2 ** 20 });
  }
  return parseInThread(await readFile(join(filesFolder, attachment.sha256)));
}
