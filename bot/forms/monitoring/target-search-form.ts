import { findTargets, longestSearch } from "../../find/find-targets.ts";
import { wordsForm } from "../words-form.ts";

/** Looks for what is watched. */
export const targetSearchForm = wordsForm({
  name: "target-search",
  title: "🔎 Cari status",
  ask: "Ketik nama kantor, link, atau aplikasi (contoh: Dinkes, atau SIMPEG).",
  maxLength: longestSearch,
  find: findTargets,
});
