import { commentRating } from "../../../core/actions/ticket/rate-ticket.ts";
import { findRatingOfClosing } from "../../../core/db/ticket/ratings.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { optionalNote } from "../../../core/domain/procedures/procedure.ts";
import { isLow } from "../../../core/domain/ticket/rating-rules.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { showStars } from "../../replies/ticket/rating.ts";
import { findTicketFor } from "../../ticket-for.ts";
import { type Form, noSuggestions } from "../form.ts";

/** Words to the stars, which are stored already. Its subject: `ticketId`, and `entryId` of the step that closed it. */
export const ratingForm: Form = {
  name: "rating",
  takesNoFiles: true,
  // The stars are given: whoever writes later means something else.
  goesOnForMinutes: 10,
  plan: async (db, draft) => {
    const ticket = await findTicketFor(db, Number(draft.subject.ticketId), draft.personId);
    const rating = await findRatingOfClosing(db, Number(draft.subject.entryId));
    if (ticket === undefined || rating === undefined) return undefined;
    const ask = isLow(rating.stars)
      ? "Terima kasih. Apa yang kurang? Help desk membacanya. Tekan Lewati bila tidak ada."
      : "Terima kasih. Ada yang ingin Anda sampaikan? Tekan Lewati bila tidak ada.";
    return {
      title: `${ticketNumber(ticket.id)} · Penilaian layanan ${showStars(rating.stars)}`,
      fields: [optionalNote],
      wordsFor: () => ({ label: "Komentar", ask }),
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { note } = draft.answers;
    if (note === undefined) return accept("rating-thanked");
    const closing = { ticketId: Number(draft.subject.ticketId), entryId: Number(draft.subject.entryId) };
    const commented = await commentRating(tx, person, setting, { ...closing, note, draftId: draft.id });
    return commented.ok ? accept("rating-thanked") : commented;
  },
};
