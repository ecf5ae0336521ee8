import type { FileLine } from "../../core/domain/form/csv.ts";
import { targetColumns } from "../../core/domain/monitoring/target-file.ts";

/** The heading is line 1; a row is written as far as it says something. */
export function targetLines(rows: readonly string[]): FileLine[] {
  const empty = targetColumns.map(() => "");
  return rows.map((row, index) => ({ line: index + 2, cells: Object.assign([...empty], row.split(";")) }));
}
