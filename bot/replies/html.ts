/** Text from people, safe inside Telegram's HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** HTML that is ready to send. Only `html` makes it, so that nothing reaches Telegram unescaped. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = string | number | Html | undefined | readonly Part[];

/** A tagged template that escapes what is put in; lists are joined without a separator, undefined is left out. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.map((literal, index) => literal + markupOf(parts[index])).join(""));
}

/** Lines below each other, without the undefined ones. */
export function lines(...parts: readonly (Html | undefined)[]): Html {
  return new Html(
    parts
      .filter((part) => part !== undefined)
      .map(({ markup }) => markup)
      .join("\n"),
  );
}

function markupOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  return part.map(markupOf).join("");
}
