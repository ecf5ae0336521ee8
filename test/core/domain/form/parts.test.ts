import { describe, expect, it } from "vitest";
import { joinParts, replacePart } from "../../../../core/domain/form/parts.ts";

describe("an answer that came in several messages", () => {
  it.each([
    [["satu"], 0, "dua", "dua"],
    [["satu", "dua", "tiga"], 1, "DUA!", "satu\nDUA!\ntiga"],
    [["satu\nbaris", "dua"], 1, "lain", "satu\nbaris\nlain"],
    [["", "satu"], 0, "foto", "foto\nsatu"],
    [["satu", "", "tiga"], 0, "", "tiga"],
    [[""], 0, "kata", "kata"],
  ])("%j with part %i as %j reads %j", (parts, index, words, expected) => {
    const lengths = parts.map(({ length }) => length);
    expect(replacePart(joinParts(parts), lengths, index, words)).toBe(expected);
  });

  it.each([
    ["an answer that is longer", "satu\ndua", [4]],
    ["an answer that is shorter", "sa", [4]],
    ["a part that is not there", "satu", []],
    ["parts that are not joined so", "satu dua", [4, 3]],
  ])("is not touched for %s", (_what, answer, lengths) => {
    expect(replacePart(answer, lengths, 0, "lain")).toBeUndefined();
  });
});
