import { describe, expect, test } from "vitest";
import { formattedText, typedText } from "../../telegram-server/formatted-text.ts";
import { Refusal } from "../../telegram-server/refusal.ts";

const html = (source: string) => formattedText(source, "HTML", undefined);

describe("HTML", () => {
  test.each([
    ["<b>a</b>", "a", [{ type: "bold", offset: 0, length: 1 }]],
    ["<strong>a</strong>", "a", [{ type: "bold", offset: 0, length: 1 }]],
    ["<I>a</I>", "a", [{ type: "italic", offset: 0, length: 1 }]],
    ["<em>a</em>", "a", [{ type: "italic", offset: 0, length: 1 }]],
    ["<u>a</u>", "a", [{ type: "underline", offset: 0, length: 1 }]],
    ["<ins>a</ins>", "a", [{ type: "underline", offset: 0, length: 1 }]],
    ["<s>a</s>", "a", [{ type: "strikethrough", offset: 0, length: 1 }]],
    ["<del>a</del>", "a", [{ type: "strikethrough", offset: 0, length: 1 }]],
    ["<tg-spoiler>a</tg-spoiler>", "a", [{ type: "spoiler", offset: 0, length: 1 }]],
    ['<span class="tg-spoiler">a</span>', "a", [{ type: "spoiler", offset: 0, length: 1 }]],
    ["<code>a</code>", "a", [{ type: "code", offset: 0, length: 1 }]],
    ["<pre>a</pre>", "a", [{ type: "pre", offset: 0, length: 1 }]],
    ['<pre><code class="language-ts">a</code></pre>', "a", [{ type: "pre", offset: 0, length: 1, language: "ts" }]],
    ["<blockquote>a</blockquote>", "a", [{ type: "blockquote", offset: 0, length: 1 }]],
    ["<blockquote expandable>a</blockquote>", "a", [{ type: "expandable_blockquote", offset: 0, length: 1 }]],
    [
      '<a href="https://a.id/?x=1&amp;y=2">a</a>',
      "a",
      [{ type: "text_link", offset: 0, length: 1, url: "https://a.id/?x=1&y=2" }],
    ],
    ["<a href='a.id'>a</a>", "a", [{ type: "text_link", offset: 0, length: 1, url: "http://a.id/" }]],
    ['<a href="nothing">a</a>', "a", []],
    ["😀<b>é😀</b>", "😀é😀", [{ type: "bold", offset: 2, length: 3 }]],
    ["a &lt;b&gt; &amp;&quot;&#39;&#x1F600;", `a <b> &"'😀`, []],
    ["&nbsp; &amp", "&nbsp; &", []],
    [
      "<b>a<i>b</i></b>",
      "ab",
      [
        { type: "bold", offset: 0, length: 2 },
        { type: "italic", offset: 1, length: 1 },
      ],
    ],
    ["<b>a</>", "a", [{ type: "bold", offset: 0, length: 1 }]],
    ["a<b></b>", "a", []],
    [
      "<b>a <code>b</code> c</b>",
      "a b c",
      [
        { type: "bold", offset: 0, length: 2 },
        { type: "code", offset: 2, length: 1 },
        { type: "bold", offset: 3, length: 2 },
      ],
    ],
    ["  a <b> b </b>  ", "a  b", [{ type: "bold", offset: 2, length: 2 }]],
  ])("reads %s", (source, text, entities) => {
    const result = html(source);
    expect(result.text).toBe(text);
    expect(result.entities).toEqual(entities);
  });

  test.each([
    ["<b>a", `Can't find end tag corresponding to start tag "b"`],
    ["é<b>a</i>", `Unmatched end tag at byte offset 6, expected "</b>", found "</i>"`],
    ["a</b>", "Unexpected end tag at byte offset 1"],
    ["<b>a</b", "Unclosed end tag at byte offset 4"],
    ["a < b", 'Unsupported start tag "" at byte offset 2'],
    ["<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'],
    ["<b", "Unclosed start tag at byte offset 0"],
    ['<a href="x', "Unclosed start tag at byte offset 0"],
    ["<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"],
    ['<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])("refuses %s", (source, reason) => {
    expect(() => html(source)).toThrow(new Refusal(400, `Bad Request: can't parse entities: ${reason}`));
  });
});

test("entities that are given are kept, and moved where the text is trimmed", () => {
  const given = [
    { type: "bold", offset: 2, length: 4 },
    { type: "url", offset: 0, length: 1 },
  ];
  expect(formattedText("\n\rhalo", "", given)).toEqual({
    text: "halo",
    entities: [{ type: "bold", offset: 0, length: 4 }],
  });
});

test.each([
  ["/start abc", [{ type: "bot_command", offset: 0, length: 6 }]],
  ["lihat /tiket@simpul_bot.", [{ type: "bot_command", offset: 6, length: 17 }]],
  ["dan/atau a//b", []],
  [
    "@ani_w dan a@b.id",
    [
      { type: "mention", offset: 0, length: 6 },
      { type: "email", offset: 11, length: 6 },
    ],
  ],
  ["#lapor #12", [{ type: "hashtag", offset: 0, length: 6 }]],
  ["lihat https://a.id/b?c=d, ya", [{ type: "url", offset: 6, length: 18 }]],
  ["22/11 pukul 10.30", []],
])("finds what stands in %s", (text, entities) => {
  expect(typedText(text).entities).toEqual(entities);
});
