import { rateTicket } from "../../core/actions/ticket/rate-ticket.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Conversation } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { ratingForm } from "../forms/ticket/rating-form.ts";
import type { PressOf } from "../presses/press.ts";

/** The stars count at once; words may follow. */
export async function rate(conversation: Conversation, press: PressOf<"rate">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const { ticketId, entryId, stars } = press;
  const rated = await rateTicket(tx, person, setting, { ticketId, entryId, stars });
  return rated.ok ? beginForm(conversation, ratingForm, { ticketId, entryId }) : rated;
}
