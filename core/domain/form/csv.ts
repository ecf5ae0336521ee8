import { accept, type Outcome, refuse } from "../outcome.ts";

/** One line of the file as it was written: its number, from 1, and its cells. */
export type FileLine = { line: number; cells: readonly string[] };

/** What whoever sent lines is to know of those that can be imported, by their numbers. */
export type LineMarks = {
  /** they change what is there */
  changed: readonly number[];
  /** no name server said where the name in them leads */
  unsure: readonly number[];
};

export const noMarks: LineMarks = { changed: [], unsure: [] };

/**
 * The text of a file, in UTF-8, with or without its mark, or in Windows-1252, which older spreadsheets write.
 *
 * @returns refused where it is neither, such as a workbook that was only renamed
 */
export function decodeText(bytes: Uint8Array): Outcome<string> {
  const text = decode(bytes, "utf-8") ?? decode(bytes, "windows-1252");
  // Windows-1252 leaves five bytes without a letter; they come out as controls.
  if (text === undefined || /[\0\u0081\u008d\u008f\u0090\u009d]/.test(text)) return refuse("file-not-text");
  return accept(text);
}

function decode(bytes: Uint8Array, encoding: "utf-8" | "windows-1252"): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Comma or semicolon, whichever stands more often in the first line. */
export function delimiterOf(text: string): "," | ";" {
  const [first = ""] = text.trimStart().split(/\r\n|\r|\n/, 1);
  return first.split(";").length > first.split(",").length ? ";" : ",";
}

/** What a spreadsheet would run when a text that begins so stands in one of its cells. */
export function isLikeFormula(text: string): boolean {
  return /^\s*[=+\-@]/.test(text) || /^[\t\r]/.test(text);
}

/** "+62 812-3456-7890": what a spreadsheet would make of it is a number. */
const phone = /^\+\d[\d -]{5,30}$/;

/** As a formula may do: what comes from outside is refused by this, and what goes out is guarded by the stricter rule. */
export function mayRun(text: string): boolean {
  return isLikeFormula(text) && !phone.test(text.trim());
}

/**
 * The lines below the heading of a list.
 *
 * @param list.name begins the codes of its refusals
 * @returns refused as a whole without its heading, without a line below it, or with too many
 */
export function linesBelowHeading(
  [heading, ...lines]: readonly FileLine[],
  list: { name: string; columns: readonly string[]; mostLines: number },
): Outcome<FileLine[]> {
  const names = heading?.cells.map((cell) => cell.trim().toLowerCase());
  if (names?.join() !== list.columns.join()) return refuseHeading(names ?? [], list);
  if (lines.length === 0) return refuse(`${list.name}-file-empty`);
  if (lines.length > list.mostLines) {
    return refuse("file-too-long", { lines: lines.length, mostLines: list.mostLines });
  }
  return accept(lines);
}

/** A first line that has some of the columns is a heading, of which it is said what differs. */
function refuseHeading(
  names: readonly string[],
  { name, columns }: { name: string; columns: readonly string[] },
): ReturnType<typeof refuse> {
  if (!names.some((each) => columns.includes(each))) return refuse(`${name}-file-without-heading`);
  const missing = columns.filter((column) => !names.includes(column)).join(", ");
  const unknown = names.filter((each) => !columns.includes(each)).join(", ");
  return refuse("file-heading-differs", {
    missing,
    unknown: unknown.slice(0, longestNames),
    columns: columns.join(";"),
  });
}

/** As much of what stands in a heading is repeated to who wrote it. */
const longestNames = 200;

/** A line has a cell for each column, and none that a spreadsheet would run or that hides something. */
export function refusalOfCells(cells: readonly string[], columns: readonly string[]): Outcome {
  if (cells.length !== columns.length) {
    return refuse("column-count", { found: cells.length, expected: columns.length, columns: columns.join(";") });
  }
  const unsafe = cells.findIndex((cell) => mayRun(cell) || /\p{Cc}/u.test(cell));
  if (unsafe < 0) return accept();
  const code = mayRun(cells[unsafe] ?? "") ? "cell-like-formula" : "cell-with-controls";
  return refuse(code, { column: columns[unsafe] ?? "" });
}

/** A spreadsheet reads the file with its letters by this mark. */
const byteOrderMark = "\ufeff";

/**
 * Rows as a CSV file with semicolons, as spreadsheets here write and read it. A text that a spreadsheet would run
 * begins with an apostrophe, which makes it words again.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return written(rows, isLikeFormula);
}

/** The same for a list that people correct and give back: what a spreadsheet would write as another number, or as a day, is words, too. */
export function csvToCorrect(rows: readonly (readonly string[])[]): string {
  return written(rows, isRecast);
}

/** A cell as it was before it was made words. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && isRecast(cell.slice(1)) ? cell.slice(1) : cell;
}

/** 0211234567 loses its zero, the end of a long number, and 4700-1 and 10.200.100.100 become others. */
function isRecast(text: string): boolean {
  return isLikeFormula(text) || /^0\d+$|^\d{12,}$|^\d+(?:[-/]\d+){1,2}$|^\d{1,3}(?:\.\d{3})+$/.test(text);
}

function written(rows: readonly (readonly string[])[], isMadeWords: (text: string) => boolean): string {
  const cellOf = (text: string) => csvCell(isMadeWords(text) ? `'${text}` : text);
  return `${byteOrderMark}${rows.map((cells) => `${cells.map(cellOf).join(";")}\r\n`).join("")}`;
}

function csvCell(safe: string): string {
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
