import { findCablesBy } from "../../find/find-cables.ts";
import { wordsForm } from "../words-form.ts";

/** Looks for cables and for devices with ports. */
export const cableSearchForm = wordsForm({
  name: "cable-search",
  title: "🔎 Cari kabel",
  ask: "Ketik kode pada label atau sebagian darinya, nomor kabel, nama perangkat, atau nomor tiket (contoh: DC.A2.20, K-0042, SW-A2, atau T-0042).",
  maxLength: 120,
  find: findCablesBy,
});
