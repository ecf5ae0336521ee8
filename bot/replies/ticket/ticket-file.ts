import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "../../../core/db/tables.ts";
import { findAttachment, listAttachments } from "../../../core/db/ticket/attachments.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { maySee, readsInternalNotes, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { showSize } from "../../../core/domain/upload/size-text.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";

/** A bot cannot send more. https://core.telegram.org/bots/api#senddocument */
const largestSentBytes = 50 * 1000 * 1000;

/** A file of a ticket, from our own store: Telegram's id of it may be dead. */
export async function renderFile(
  db: Db,
  viewer: Person,
  { attachmentId }: { attachmentId: number },
  filesFolder: string,
): Promise<Rendered | undefined> {
  const ticketId = (await findAttachment(db, attachmentId))?.ticketId ?? undefined;
  const ticket = ticketId === undefined ? undefined : await findTicket(db, ticketId);
  if (ticket === undefined || !maySee(viewer, ticket)) return undefined;
  const visible = await listAttachments(db, ticket.id, { withInternalNotes: readsInternalNotes(viewer, ticket) });
  const attachment = visible.find(({ id }) => id === attachmentId);
  if (attachment === undefined) return undefined;
  const caption = `${ticketNumber(ticket.id)} · ${attachment.name}`;
  if (attachment.sha256 === null) {
    const why = attachment.state === "failed" ? "tidak berhasil diambil" : "masih diambil, coba sebentar lagi";
    return { as: "text", html: html`📎 ${caption}: ${why}.`.markup };
  }
  if ((attachment.sizeBytes ?? 0) > largestSentBytes) {
    const { sha256, sizeBytes } = attachment;
    const head = html`📎 ${caption} (${showSize(sizeBytes ?? 0)}): terlalu besar untuk dikirim lewat chat; tersimpan di server.`;
    return { as: "text", html: lines(head, html`SHA-256: <code>${sha256}</code>`).markup };
  }
  const bytes = await readFile(join(filesFolder, attachment.sha256));
  return { as: "file", fileKind: attachment.kind, bytes, name: attachment.name, caption: html`${caption}`.markup };
}
