import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeHtml, html, lines } from "../../../bot/replies/html.ts";

/** Text as people write it, with many of the characters that HTML cares about. */
const text = fc.string({ unit: fc.oneof(fc.constantFrom("<", ">", "&", '"', ";", "b", "/", "amp"), fc.string()) });

/** As Telegram reads it: its four named entities, and no tag. */
function read(markup: string): string {
  return markup.replace(/&(amp|lt|gt|quot);/g, (_, name: "amp" | "lt" | "gt" | "quot") => {
    return { amp: "&", lt: "<", gt: ">", quot: '"' }[name];
  });
}

describe("escaped text", () => {
  test("is read back as it was", () => {
    fc.assert(fc.property(text, (entered) => read(escapeHtml(entered)) === entered));
  });

  test("opens no tag, no attribute and no entity of its own", () => {
    fc.assert(
      fc.property(text, (entered) => {
        expect(escapeHtml(entered).replace(/&(?:amp|lt|gt|quot);/g, "")).not.toMatch(/[<>&"]/);
      }),
    );
  });
});

describe("the template", () => {
  test("escapes whatever is put in, also in lists, and only once", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const inner = html`<i>${one}</i>`;
        const { markup } = html`<b>${inner}</b>${[other, inner]}`;
        const escaped = `<i>${escapeHtml(one)}</i>`;
        expect(markup).toBe(`<b>${escaped}</b>${escapeHtml(other)}${escaped}`);
      }),
    );
  });

  test("leaves out undefined, writes numbers, and joins lines without the undefined ones", () => {
    expect(html`${undefined}${42}`.markup).toBe("42");
    expect(lines(html`a`, undefined, html`b`).markup).toBe("a\nb");
    expect(lines(undefined).markup).toBe("");
  });
});
