import { refusalOfLinking } from "../../../core/domain/inventory/link-rules.ts";
import { accept, refuse } from "../../../core/domain/outcome.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { reply } from "../../conversation.ts";
import { findAssets } from "../../find/find-assets.ts";
import { findTicketFor } from "../../ticket-for.ts";
import type { Form } from "../form.ts";
import { askForWords, wordsForm } from "../words-form.ts";

const asked = {
  ask: "Ketik nama, nomor seri, nomor inventaris, merek, lokasi, nomor sirkit, atau kantor (contoh: SW-DINKES-1 atau Dinkes).",
  maxLength: 80,
};

/** Looks for something in the inventory. */
export const assetSearchForm = wordsForm({
  name: "asset-search",
  title: "🔎 Cari perangkat",
  ...asked,
  find: findAssets,
});

/** Looks for what a ticket is about. Its subject: `ticketId`. */
export const assetLinkForm: Form = {
  name: "asset-link",
  takesNoFiles: true,
  goesOnForMinutes: 5,
  plan: async (db, { subject, personId }) => {
    const ticket = await findTicketFor(db, Number(subject.ticketId), personId);
    return ticket && { title: `🔗 ${ticketNumber(ticket.id)}: cari perangkat`, ...askForWords(asked) };
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
