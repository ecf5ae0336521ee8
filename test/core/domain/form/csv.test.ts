import { expect, it } from "vitest";
import { csvOf, csvToCorrect, unguarded } from "../../../../core/domain/form/csv.ts";

const cellOf = (csv: string) => csv.replace("\ufeff", "").replace("\r\n", "");

it.each(["0211234567", "1234567890123456", "4700-1", "1/2", "31-12-2027", "10.200.100.100", "+62 811-222-3333"])(
  "%s is words in a list to correct, and is read as it was",
  (text) => {
    expect(cellOf(csvToCorrect([[text]]))).toBe(`'${text}`);
    expect(unguarded(`'${text}`)).toBe(text);
  },
);

it.each(["Rina, 0812-3456-7890", "200", "99,5", "10.20.1.1", "10.20.1.5:443", "4700001-A", "'kutip'"])(
  "%s stays as it is",
  (text) => {
    expect(cellOf(csvToCorrect([[text]]))).toBe(text);
    expect(unguarded(text)).toBe(text);
  },
);

it("in other lists only what a spreadsheet would run is made words", () => {
  expect(cellOf(csvOf([["4700-1", "=1+1"]]))).toBe("4700-1;'=1+1");
});
