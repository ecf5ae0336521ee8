import { note, optionalNote } from "../../core/domain/procedures/procedure.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Message } from "../../telegram-server/server.ts";
import { buttonsOf } from "../../test/crash/person.ts";
import { type KnownTicket, type Person, write } from "./book.ts";
import { type Form, fillIn } from "./form.ts";
import { hasButton, ticketOf } from "./telephone.ts";

export type Word = "comment" | "reply" | "internal-note";

/** How each is begun, what its form is called, and what is said when it was taken. */
const wordsOf: Record<Word, { label: string; title: string; ask: string; said: string }> = {
  comment: {
    label: "💬 Tambah keterangan",
    title: "Tambah keterangan",
    ask: "Tuliskan keterangan tambahan",
    said: "✅ Terkirim.",
  },
  reply: {
    label: "✉️ Balas ke pemohon",
    title: "✉️ Balas ke pemohon",
    ask: "Tuliskan balasannya.",
    said: "✅ Terkirim.",
  },
  "internal-note": {
    label: "📝 Catatan internal",
    title: "📝 Catatan internal",
    ask: "Tuliskan catatannya.",
    said: "✅ Catatan internal disimpan.",
  },
};

/** Says something about a ticket. */
export async function writeAbout(person: Person, ticket: KnownTicket, kind: Word): Promise<void> {
  const { telephone, draws } = person;
  const { label, title, ask, said } = wordsOf[kind];
  const card = telephone.card(ticket.id);
  if (card === undefined || !hasButton(card, label)) return;
  const since = telephone.mark();
  telephone.press(card, label);
  const words = `Pesan ${draws.between(1, 9999)} untuk ${ticketNumber(ticket.id)}`;
  const form = asking(`${ticketNumber(ticket.id)} · ${title}`, ask, words);
  const told = await fillIn(person, form, since, (answered) =>
    telephone.since(answered).find(({ message, isNew }) => isNew && message.text?.startsWith(said)),
  );
  write(ticket, person, `has written a ${kind}, as #${told.message.message_id} says`);
  ticket.deeds.push(kind);
  if (kind === "reply") ticket.replies.push(words);
}

/** The stars below what told of the end; sometimes words, too. */
export async function rate(person: Person, ticket: KnownTicket): Promise<void> {
  const { telephone, draws } = person;
  const stars = draws.between(1, 5);
  const label = `⭐ ${stars}`;
  const asked = findRateable(person, ticket);
  if (asked === undefined) return;
  ticket.isRated = true;
  const since = telephone.mark();
  telephone.press(asked, label);
  const title = `${ticketNumber(ticket.id)} · Penilaian layanan ${"⭐".repeat(stars)} (${stars} dari 5)`;
  const form: Form = {
    title,
    fields: [optionalNote],
    wordsFor: () => ({ label: "Komentar", ask: "Tekan Lewati bila tidak ada." }),
  };
  const marks = telephone.updates;
  await fillIn(person, form, since, (answered) =>
    telephone.since(answered).find(({ message }) => message.text?.startsWith("🙏 Terima kasih")),
  );
  const hasWritten = telephone.updates > marks && telephone.lastWasText;
  write(ticket, person, `has given ${label}`);
  ticket.deeds.push("rated", ...(hasWritten ? ["rated"] : []));
}

export function findRateable({ telephone }: Person, ticket: KnownTicket): Message | undefined {
  const isIt = (message: Message) =>
    ticketOf(message) === ticket.id && buttonsOf(message).some(({ text }) => text.startsWith("⭐ "));
  return [...telephone.shown.values()].findLast(isIt);
}

function asking(title: string, ask: string, answer: string): Form {
  return { title, fields: [note], wordsFor: () => ({ label: title, ask }), given: { note: answer } };
}
