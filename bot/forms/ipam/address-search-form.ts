import { findAddresses } from "../../find/find-addresses.ts";
import { wordsForm } from "../words-form.ts";

/** Looks for addresses and prefixes. */
export const addressSearchForm = wordsForm({
  name: "address-search",
  title: "🔎 Cari alamat",
  ask: "Ketik alamat, prefix, nama, nomor surat, atau kantor (contoh: 10.10.5.20, SIMPEG, atau Dinkes).",
  maxLength: 80,
  find: findAddresses,
});
