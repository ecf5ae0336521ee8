import type { Press } from "../presses/press.ts";
import type { Button, Rendered } from "../rendered.ts";
import type { Html } from "./html.ts";

/** Before what is not easily undone: the question, a button that does it, and one that leads back. */
export function askOnceMore(question: Html, yes: Button, back: Press): Rendered {
  return { as: "text", html: question.markup, buttons: [[yes], [{ label: "◀️ Kembali", press: back }]] };
}
