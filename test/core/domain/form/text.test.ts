import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanLine, cleanText, shorten } from "../../../../core/domain/form/text.ts";

describe("clean text", () => {
  it.each([
    ["right-to-left override", "laporan\u202Efdp.exe", "laporanfdp.exe"],
    ["isolates", "a\u2066b\u2069c", "abc"],
    ["Arabic letter mark", "a\u061Cb", "ab"],
    ["zero-width space", "SI\u200BMPEG", "SIMPEG"],
    ["byte order mark", "\uFEFFSIMPEG", "SIMPEG"],
    ["soft hyphen", "SIM\u00ADPEG", "SIMPEG"],
    ["filler that looks like nothing", "SIM\u3164PEG", "SIMPEG"],
    ["decomposed letters", "Cafe\u0301", "Caf\u00E9"],
    ["a mark kept apart by a zero-width space", "Cafe\u200B\u0301", "Caf\u00E9"],
    ["NUL and other controls", "a\u0000b\u0007c\u001Bd\u0085e", "abcde"],
    ["half a surrogate pair", "a\uD83Db", "a\uFFFDb"],
    ["line ends of Windows and old Macs", "satu\r\ndua\rtiga", "satu\ndua\ntiga"],
    ["space around", " \n satu\t \n", "satu"],
  ])("%s", (_, entered, clean) => {
    expect(cleanText(entered)).toBe(clean);
  });

  it.each(["", " ", "\n\t", "\u200B", "\u202E\u200F", "\u200D", "\u3164", "\u2800", "\u00AD", "\uFE0F", "\u0301"])(
    "is empty when nothing visible is left: %j",
    (entered) => {
      expect(cleanText(entered)).toBe("");
      expect(cleanLine(entered)).toBe("");
    },
  );

  it.each(["👍", "👩‍👩‍👧", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇮🇩", "👋🏽"])("emoji survive: %s", (emoji) => {
    expect(cleanText(emoji)).toBe(emoji);
  });

  it.each(["می‌خواهم", "क्‍ष", "ꦱꦸꦩ꧀ꦥꦭ꧀", "?", "42"])("words of other scripts survive: %s", (word) => {
    expect(cleanText(word)).toBe(word.normalize("NFC"));
  });

  it("keeps paragraphs", () => {
    expect(cleanText("satu\n\n\tdua")).toBe("satu\n\n\tdua");
  });
});

describe("a clean line", () => {
  it("has single spaces and no line ends", () => {
    expect(cleanLine(" SIMPEG\r\n\tdua\u2028tiga \u00A0 empat ")).toBe("SIMPEG dua tiga empat");
  });

  it("has no double space where something invisible stood between two", () => {
    expect(cleanLine("a \u200B b \u0085 c")).toBe("a b c");
  });
});

describe("whatever is typed", () => {
  const marks =
    "ae\u0301\u0308 \t\r\n\u00A0\u2028\u0000\u0007\u0085\u200B\u200D\u202E\u2066\u061C\u3164\uFEFF\uD83D\uDE00";
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...marks.split(""))).map((characters) => characters.join("")),
  );

  it("comes out the same when it is cleaned again", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
        expect(cleanLine(cleanLine(text))).toBe(cleanLine(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("can be stored: well formed, NFC, without controls", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const clean = cleanText(text);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).toBe(clean.normalize("NFC"));
        expect(clean).not.toMatch(/[\p{Cc}--[\t\n]]/v);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is one line when a line was asked for", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(cleanLine(text)).not.toMatch(/[\n\r\t\u2028\u2029]| {2}/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("shortened text", () => {
  it.each([
    ["SIMPEG", 6, "SIMPEG"],
    ["SIMPEG", 5, "SIMP…"],
    ["SIM PEG", 5, "SIM…"],
    ["👍👍👍", 3, "👍👍👍"],
    ["👍👍👍", 2, "👍…"],
  ])("%s at %i characters is %s", (text, length, short) => {
    expect(shorten(text, length)).toBe(short);
  });
});
