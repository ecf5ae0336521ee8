import type { Db } from "../../../core/db/tables.ts";
import type { Draft } from "../../../core/db/ticket/drafts.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import { accept, type Outcome, type Refusal } from "../../../core/domain/outcome.ts";
import { type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { findTicketFor } from "../../ticket-for.ts";
import { type DraftContent, type Form, noSuggestions } from "../form.ts";

/** What a form of the desk about one ticket adds to what they have in common. Its subject: `ticketId`, and its own. */
export type TicketFormParts = {
  name: string;
  title: (db: Db, ticket: Ticket, draft: DraftContent) => Promise<string> | string;
  /** Asked before the form begins; its action asks the same again. */
  refusal: (conversation: Conversation, ticket: Ticket) => Promise<Refusal | undefined>;
  /** What else the form has to remember of the ticket as it is when it begins. */
  subject?: (db: Db, ticket: Ticket) => Promise<Draft["subject"]>;
  fields: (db: Db, ticket: Ticket, draft: DraftContent) => Promise<readonly Field[]>;
  words: (db: Db, ticket: Ticket, draft: DraftContent) => Promise<Record<string, FieldWords>>;
  act: (conversation: Conversation, ticketId: number, draft: Draft) => Promise<Outcome>;
};

export type TicketForm = Form & Pick<TicketFormParts, "refusal" | "subject">;

/** A form of the desk about one ticket: no files, no review; when it is done the card is shown. */
export function ticketForm(parts: TicketFormParts): TicketForm {
  const { name, refusal, subject } = parts;
  return {
    ...{ name, refusal, ...(subject && { subject }) },
    takesNoFiles: true,
    plan: async (db, draft) => {
      const ticket = await findTicketFor(db, Number(draft.subject.ticketId), draft.personId);
      if (ticket === undefined) return undefined;
      const words = await parts.words(db, ticket, draft);
      return {
        title: `${ticketNumber(ticket.id)} · ${await parts.title(db, ticket, draft)}`,
        fields: await parts.fields(db, ticket, draft),
        wordsFor: (field) => words[field] ?? { label: field, ask: field },
        hasReview: false,
        suggestions: noSuggestions,
      };
    },
    submit: async (conversation, draft) => {
      const ticketId = Number(draft.subject.ticketId);
      const done = await parts.act(conversation, ticketId, draft);
      if (!done.ok) return done;
      await reply(conversation, { kind: "ticket-card", ticketId, news: "recorded" });
      return accept(undefined);
    },
  };
}
