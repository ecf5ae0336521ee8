import { findNames } from "../../find/find-names.ts";
import { wordsForm } from "../words-form.ts";

/** Looks for names. */
export const nameSearchForm = wordsForm({
  name: "name-search",
  title: "🔎 Cari nama",
  ask: "Ketik nama, alamat, kantor, desa, atau nomor surat (contoh: simpeg, 10.10.5.20, atau Dinkes).",
  maxLength: 120,
  find: findNames,
});
