import { longestSearch } from "../../../core/domain/ticket/search.ts";
import { findTickets } from "../../find/find-tickets.ts";
import { wordsForm } from "../words-form.ts";

/** Looks for tickets by number and words. */
export const ticketSearchForm = wordsForm({
  name: "ticket-search",
  title: "🔎 Cari tiket",
  ask: "Ketik nomor tiket atau kata yang dicari: aplikasi, kantor, nama pemohon, atau isi catatan (contoh: SIMPEG Dinkes).",
  maxLength: longestSearch,
  find: findTickets,
});
