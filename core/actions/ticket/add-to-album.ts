import { hear, type Source } from "../../db/heard-messages.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { albumPart, findEntry, former, insertEntry, latestAnswers } from "../../db/ticket/entries.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { parseAnswer } from "../../domain/form/field.ts";
import { joinParts } from "../../domain/form/parts.ts";
import { cleanText } from "../../domain/form/text.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { note } from "../../domain/procedures/procedure.ts";
import type { Setting } from "../setting.ts";
import { type IncomingFile, receiveFile } from "../upload/keep-files.ts";
import { refreshWritten } from "./correct-message.ts";
import { refreshCards } from "./refresh-cards.ts";
import { isMessageKind } from "./write-message.ts";

/**
 * One more part of an album whose first part is an entry already: its file joins that entry, and its caption the entry's
 * words. Each part is stored when it comes, so that a crash between two of them loses none. Rights were asked of the
 * first part, about a second ago.
 */
export async function addToAlbum(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { entryId: number; file: IncomingFile; text?: string; source: Source },
): Promise<Outcome> {
  const known = await findEntry(tx, input.entryId);
  if (known === undefined || known.personId !== person.id) return refuse("no-such-ticket");
  await lockTicket(tx, known.ticketId);
  const entry = (await findEntry(tx, known.id)) ?? known;
  const { id: entryId, ticketId } = entry;
  await receiveFile(tx, person, setting, { draftId: null, entry: { ticketId, entryId }, file: input.file });
  const words = input.text === undefined ? "" : cleanText(input.text);
  const takesWords = isMessageKind(entry.kind);
  const before = latestAnswers(entry).note;
  const whole = parseAnswer(note, joinParts([before, words]), { now: setting.now, zone: setting.rules.zone });
  const hasWords = words !== "" && takesWords && whole.ok;
  if (hasWords) {
    await insertEntry(tx, {
      ticketId,
      kind: "corrected",
      personId: person.id,
      at: setting.now,
      answers: { note: whole.value, [former]: before ?? "", [albumPart]: "yes" },
      corrects: entryId,
      isTold: entry.kind !== "internal-note",
    });
  }
  const became = { entryId, field: note.name, length: hasWords ? words.length : 0, now: setting.now };
  if (takesWords) await hear(tx, input.source, became);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "album-part-added",
    subject: { kind: "ticket", id: ticketId },
    details: { entryId },
  });
  await refreshCards(tx, ticketId, setting);
  await refreshWritten(tx, entry, setting);
  if (words === "" || hasWords) return accept();
  return takesWords && !whole.ok ? whole : refuse("caption-unread");
}
