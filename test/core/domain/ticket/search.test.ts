import { describe, expect, it } from "vitest";
import { parseSearch } from "../../../../core/domain/ticket/search.ts";

describe("what is looked for", () => {
  it.each([
    ["T-0042", 42],
    [" t42 ", 42],
    ["WO-0042-1", 42],
    ["wo 42-12", 42],
    ["WO-0042", undefined],
    ["WO-0042-1x", undefined],
    ["42", undefined],
    ["server T-0042", undefined],
  ])("%j names the ticket %s", (text, ticketId) => {
    const sought = parseSearch(text);
    expect(sought.ok && sought.value.ticketId).toBe(ticketId);
  });

  it.each(["SIMPEG", "ac", "7", "é4", "server  panas"])("%j are words", (text) => {
    expect(parseSearch(text)).toMatchObject({ ok: true, value: { text: text.replace("  ", " ") } });
  });

  it.each(["", " ", "a", "a b", "?!", "& | !"])("%j is too little", (text) => {
    expect(parseSearch(text)).toMatchObject({ refusal: { code: "search-too-short" } });
  });

  it("a story is too long", () => {
    expect(parseSearch("kata ".repeat(30))).toMatchObject({ refusal: { code: "text-too-long" } });
  });
});
