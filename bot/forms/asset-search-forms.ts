import { refusalOfLinking } from "../../core/domain/inventory/link-rules.ts";
import { accept, refuse } from "../../core/domain/outcome.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import { reply } from "../conversation.ts";
import { findAssets } from "../find-assets.ts";
import { findTicketFor } from "../ticket-for.ts";
import { type Form, type FormPlan, noSuggestions } from "./form.ts";

const asked: Omit<FormPlan, "title"> = {
  fields: [{ name: "words", kind: "line", maxLength: 80 }],
  wordsFor: () => ({
    label: "Cari",
    ask: "Ketik nama, nomor seri, nomor inventaris, merek, lokasi, nomor sirkit, atau kantor (contoh: SW-DINKES-1 atau Dinkes).",
  }),
  hasReview: false,
  suggestions: noSuggestions,
};

/** Looks for something in the inventory. */
export const assetSearchForm: Form = {
  name: "asset-search",
  takesNoFiles: true,
  /** What is written later is no search. */
  goesOnForMinutes: 5,
  plan: async () => ({ title: "🔎 Cari perangkat", ...asked }),
  submit: async (conversation, draft) => {
    const found = await findAssets(conversation, draft.answers.words ?? "");
    if (found.ok) return accept(undefined);
    return refuse(found.refusal.code, { ...found.refusal.values, field: "words" });
  },
};

/** Looks for what a ticket is about. Its subject: `ticketId`. */
export const assetLinkForm: Form = {
  name: "asset-link",
  takesNoFiles: true,
  goesOnForMinutes: 5,
  plan: async (db, { subject, personId }) => {
    const ticket = await findTicketFor(db, Number(subject.ticketId), personId);
    return ticket && { title: `🔗 ${ticketNumber(ticket.id)}: cari perangkat`, ...asked };
  },
  submit: async (conversation, draft) => {
    const ticketId = Number(draft.subject.ticketId);
    const ticket = await findTicketFor(conversation.tx, ticketId, conversation.person.id);
    if (ticket === undefined) return refuse("no-such-ticket");
    const refusal = refusalOfLinking(ticket, conversation.person);
    if (refusal !== undefined) return { ok: false, refusal };
    await reply(conversation, { kind: "ticket-assets", ticketId, text: draft.answers.words ?? "", page: 0 });
    return accept(undefined);
  },
};
