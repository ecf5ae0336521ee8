import type { Exported } from "./journal-export.ts";
import type { FileVerdict } from "./journal-file.ts";

const wordsOf = {
  "out-of-order": "A row is missing, stands twice, or stands elsewhere",
  "hash-differs": "A row was changed, or one before it",
  "head-not-found": "The head that you gave is not in it, so its end was cut off, or all of it was written anew",
  "heading-unreadable": "Its first line is not that of a journal",
  "heading-changed": "Its first line was changed",
  "heading-differs": "Rows were removed or added at its end",
  "line-unreadable": "This line is no row of a journal",
};

export function describeExport({ rows, head, waiting }: Extract<Exported, { ok: true }>, path: string): string {
  const late = waiting === 0 ? "none" : `${waiting} committed, not sealed yet, so not in the file`;
  return [`Wrote the journal into ${path}.`, `  rows     ${rows}`, `  head     ${head}`, `  waiting  ${late}`, ""].join(
    "\n",
  );
}

export function whyNotExported(exported: Extract<Exported, { ok: false }>): string {
  switch (exported.fault) {
    case "no-installation":
      return "This database has no journal: Simpul was never started over it.";
    case "rows-unaccounted":
      return `Rows of the journal are neither sealed nor waiting for the sealer, by id: ${exported.ids.join(", ")}.`;
    case "pins-contradicted": {
      const pins = exported.pins.map(({ number, at }) => `row ${number}, pinned ${at.toISOString()}`);
      return `What was pinned is not in the chain: ${pins.join("; ")}.`;
    }
    case "out-of-order":
    case "hash-differs":
    case "head-not-found":
      return `The chain in the database does not hold at row ${exported.atNumber}. ${wordsOf[exported.fault]}.`;
  }
}

export function describeVerified({ heading, pinnedAt }: Extract<FileVerdict, { ok: true }>, path: string): string {
  const { rows, head, profile, installation, exportedAt } = heading;
  return [
    `${path} holds together: ${rows} rows in one chain.`,
    `  ${profile}, installation ${installation}, exported ${exportedAt}`,
    completeness(pinnedAt, rows, head),
    "",
  ].join("\n");
}

/** The file alone cannot tell whether its end was cut off, or all of it was written anew. */
function completeness(pinnedAt: number | undefined, rows: number, head: string): string {
  if (pinnedAt === rows) return "The head that you gave is its last row: nothing was changed, and nothing is missing.";
  const onlyIf = `omplete only if the head is ${head}: compare it with what is pinned, or give --head.`;
  if (pinnedAt === undefined) return `C${onlyIf}`;
  return `The head that you gave is row ${pinnedAt}: up to there nothing was changed, and nothing is missing. After it the file is c${onlyIf}`;
}

export function whyNotVerified({ fault, atLine, reason }: Extract<FileVerdict, { ok: false }>): string {
  const where = atLine === undefined ? "" : `Line ${atLine}: `;
  const because = reason === undefined ? "" : ` (${reason})`;
  return `${where}${wordsOf[fault]}${because}.`;
}
