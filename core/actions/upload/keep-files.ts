import { countUnchecked } from "../../db/hosting/machine-checks.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import {
  countDraftFilesByField,
  insertAttachment,
  lockAttachment,
  updateAttachment,
} from "../../db/ticket/attachments.ts";
import type { FileKind } from "../../db/ticket/ticket-tables.ts";
import { type Answers, type Field, findMissingFiles } from "../../domain/form/field.ts";
import { cleanLine, shorten } from "../../domain/form/text.ts";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import { type Refusal, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { applicationFiles } from "../../domain/procedures/hosting-questions.ts";
import { tell } from "../notices.ts";
import { readFetchedList } from "../read-list-file.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";

/** What came in a message. */
export type IncomingFile = { kind: FileKind; name: string; mimeType: string; telegramFileId: string };

const longestName = 120;

/**
 * Notes a file that came with a form and has it fetched at once: Telegram's file ids die with the token.
 *
 * @param input.draftId null for a file that no form collects
 * @param input.field the question of the form that it answers
 * @param input.entry of which it is part already
 */
export async function receiveFile(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: {
    draftId: number | null;
    field?: string | undefined;
    file: IncomingFile;
    entry?: { ticketId: number; entryId: number };
  },
): Promise<number> {
  const attachmentId = await insertAttachment(tx, {
    ...input.file,
    name: safeFileName(input.file.name),
    draftId: input.draftId,
    field: input.field ?? null,
    ...input.entry,
    personId: person.id,
    now: setting.now,
  });
  await setting.tasks.enqueue(tx, "fetch-file", { attachmentId });
  return attachmentId;
}

/** Whether a form lacks files that it must have. */
export async function refusalOfMissingFiles(
  tx: Tx,
  fields: readonly Field[],
  answers: Answers,
  draftId: number | undefined,
): Promise<Refusal | undefined> {
  if (!fields.some(({ kind }) => kind === "files")) return undefined;
  const counts = draftId === undefined ? new Map<string, number>() : await countDraftFilesByField(tx, draftId);
  const field = findMissingFiles(fields, answers, (name) => counts.has(name));
  return field === undefined ? undefined : refuse("files-missing", { field }).refusal;
}

/**
 * The file lies in the store under its hash, or can never be fetched (`null`). Safe to record twice.
 *
 * @param input.trouble of an image of a registry: why it cannot
 * @returns whether that is news
 */
export async function recordFile(
  tx: Tx,
  setting: Setting,
  input: { attachmentId: number; stored: { sha256: string; sizeBytes: number } | null; trouble?: HostingFailure },
): Promise<boolean> {
  const attachment = await lockAttachment(tx, input.attachmentId);
  if (attachment === undefined || attachment.state !== "waiting") return false;
  await updateAttachment(tx, attachment.id, {
    state: input.stored ? "stored" : "failed",
    sha256: input.stored?.sha256 ?? null,
    size_bytes: input.stored?.sizeBytes ?? null,
    trouble: input.trouble ?? null,
  });
  await writeJournal(tx, {
    at: setting.now,
    actorId: null,
    event: input.stored ? "file-stored" : "file-lost",
    subject: { kind: "file", id: attachment.id },
    details: {
      sha256: input.stored?.sha256 ?? null,
      ticketId: attachment.ticketId,
      ...(attachment.imageReference !== null && { imageReference: attachment.imageReference }),
      ...(input.trouble !== undefined && { why: input.trouble }),
    },
  });
  if (input.stored && attachment.field === applicationFiles.name) {
    // A dump may be loaded for half an hour: who sends many keeps nobody else's waiting.
    const behind = (await countUnchecked(tx, attachment.personId)) - 1;
    await setting.tasks.enqueue(tx, "check-file", { attachmentId: attachment.id }, { behind });
  }
  await readFetchedList(tx, setting, { attachmentId: attachment.id, isStored: input.stored !== null });
  if (attachment.ticketId === null) return true;
  await refreshCards(tx, attachment.ticketId, setting);
  if (input.stored) return true;
  const notice = { kind: "file-not-stored", ticketId: attachment.ticketId, attachmentId: attachment.id } as const;
  await tell(tx, [attachment.personId], notice, setting);
  return true;
}

/** A name to show and to send on: one line, no path, no quotes, its ending kept. It never becomes a path on disk. */
export function safeFileName(name: string): string {
  const base = cleanLine(name.split(/[/\\]/).at(-1) ?? "").replaceAll('"', "'");
  const ending = /\.[^.]{1,10}$/.exec(base)?.[0] ?? "";
  const stem = base.slice(0, base.length - ending.length);
  return `${shorten(stem, longestName - ending.length)}${ending}` || "berkas";
}

/** As the sender's program calls the kind of file, which says nothing of what is in it. */
export function safeMimeType(type: string): string {
  return /^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,80}$/i.test(type) ? type.toLowerCase() : "application/octet-stream";
}
