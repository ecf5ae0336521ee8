import type { Rendered } from "../../rendered.ts";
import { statusButton } from "./monitor-words.ts";

/** An old page led to what is watched no more. */
export const targetGone: Rendered = {
  as: "text",
  html: "Itu tidak dipantau lagi. Lihat yang ada: /status.",
  buttons: [[statusButton]],
};

/** An old page led to a way of watching that is none any more. */
export const checkGone: Rendered = {
  as: "text",
  html: "Pemeriksaan itu sudah dihapus. Buka lagi lewat /status.",
  buttons: [[statusButton]],
};
