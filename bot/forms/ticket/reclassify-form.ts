import { reclassifyTicket } from "../../../core/actions/ticket/reclassify-ticket.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { fieldsToReclassify, refusalOfReclassifying } from "../../../core/domain/ticket/reclassify-rules.ts";
import { wordsOf } from "../../replies/procedure-words.ts";
import { ticketForm } from "./ticket-form.ts";

/** Moves a ticket to another procedure. Its subject: `procedure`, `version`. */
export const reclassifyForm = ticketForm({
  name: "reclassify",
  title: (_db, _ticket, { subject }) => `🔀 Pindahkan ke ${wordsOf({ name: String(subject.procedure) }).title}`,
  refusal: async ({ person }, ticket) => refusalOfReclassifying(ticket, person),
  subject: async (_db, ticket) => ({ version: ticket.version }),
  fields: async (_db, ticket, { subject }) => fieldsToReclassify(ticket, findProcedure(String(subject.procedure))),
  words: async (_db, _ticket, { subject }) => ({
    ...wordsOf(findProcedure(String(subject.procedure))).fields,
    note: {
      label: "Alasan",
      ask: "Mengapa dipindahkan? Hanya petugas yang membacanya. Contoh: ternyata internetnya yang putus.",
    },
  }),
  act: ({ tx, person, setting }, ticketId, { subject, answers }) =>
    reclassifyTicket(tx, person, setting, {
      ticketId,
      version: Number(subject.version),
      procedure: String(subject.procedure),
      answers,
    }),
});
