import { CsvError, parse } from "csv-parse/sync";
import { decodeText, delimiterOf, type FileLine } from "../core/domain/form/csv.ts";
import { accept, type Outcome, refuse } from "../core/domain/outcome.ts";

/** As csv-parse gives it, with the number of the line on which the record ends. */
type Parsed = { record: string[]; info: { lines: number } };

/**
 * The lines of a CSV file in any of the forms in which spreadsheets write it: comma or semicolon, with or without
 * quotes and byte order mark, any line end. Empty lines are left out; a quoted cell may go over several lines.
 *
 * @returns refused where it is no text, or where a quote is not closed
 */
export function parseCsv(bytes: Uint8Array): Outcome<FileLine[]> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  try {
    const delimiter = delimiterOf(text.value);
    const options = {
      bom: true,
      delimiter,
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      relaxQuotes: true,
    } as const;
    // csv-parse counts a CRLF within quotes as two lines.
    const parsed = parse(text.value.replace(/\r\n?/g, "\n"), options) as unknown as Parsed[];
    return accept(parsed.map(lineOf).filter(({ cells }) => cells.some((cell) => cell.trim() !== "")));
  } catch (fault) {
    if (fault instanceof CsvError) return refuse("file-quote-open", { line: lineIn(fault) });
    throw fault;
  }
}

/** The line on which the record begins. */
function lineOf({ record, info }: Parsed): FileLine {
  const breaks = record.reduce((count, cell) => count + cell.split("\n").length - 1, 0);
  return { line: info.lines - breaks, cells: record };
}

function lineIn(fault: CsvError): number {
  const { lines } = fault as unknown as { lines?: number };
  return lines ?? 1;
}
