import { putOffTicket } from "../../../core/actions/ticket/put-off-ticket.ts";
import { pendingForm as fields, refusalOfPending } from "../../../core/domain/ticket/pending-rules.ts";
import { pendingWords } from "../../replies/ticket/pending-words.ts";
import { ticketForm } from "./ticket-form.ts";

/** Puts a ticket off until somebody or something has come. */
export const pendingForm = ticketForm({
  name: "pending",
  title: () => "⏳ Menunggu",
  refusal: async ({ person }, ticket) => refusalOfPending(ticket, person),
  fields: async () => fields,
  words: async () => pendingWords,
  act: ({ tx, person, setting }, ticketId, { answers }) => putOffTicket(tx, person, setting, { ticketId, answers }),
});
