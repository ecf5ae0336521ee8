import { type FileLine, isLikeFormula } from "../form/csv.ts";
import { cleanLine } from "../form/text.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { nearest } from "./nearest.ts";
import { parseNip } from "./nip.ts";

/** The columns of a list of people, as its first line names them. Roles are never in it: they are given one by one. */
export const columns = ["nama", "nip", "kode_kantor"] as const;

export const largestFileBytes = 1024 * 1024;
export const mostLines = 5_000;
const longestName = 100;

/** A line that can be imported. */
export type ReadyLine = { line: number; name: string; nip: string; officeId: number };

export type ProblemCode =
  | "column-count"
  | "formula"
  | "markup"
  | "control-character"
  | "name-missing"
  | "name-too-long"
  | "nip-missing"
  | "nip-from-spreadsheet"
  | "nip-not-digits"
  | "nip-length"
  | "nip-form"
  | "nip-twice"
  | "nip-of-another-office"
  | "nip-of-somebody-who-left"
  | "office-missing"
  | "office-unknown";

/** What is wrong in a line; values are what the sentence needs. */
export type LineProblem = { line: number; code: ProblemCode; values: Record<string, string | number> };

/** The register as far as a list is checked against it. */
export type Register = {
  offices: readonly { id: number; code: string }[];
  /** By NIP, of those that the file names. */
  people: ReadonlyMap<string, { officeId: number; isActive: boolean }>;
};

export type CheckedFile = {
  ready: ReadyLine[];
  /** Lines whose people are in the register already, in that office. */
  known: number[];
  problems: LineProblem[];
};

/** The NIPs that a file names, to look them up. */
export function nipsOf(lines: readonly FileLine[]): string[] {
  const parsed = lines.map(({ cells }) => parseNip(cells[1] ?? ""));
  return [...new Set(parsed.flatMap((nip) => (nip.ok ? [nip.value] : [])))];
}

/**
 * Checks a list of people line by line.
 *
 * @param lines all that the file has, its heading first
 * @returns refused as a whole without the heading, without a line below it, or with too many
 */
export function checkPeopleFile([heading, ...lines]: readonly FileLine[], register: Register): Outcome<CheckedFile> {
  const names = heading?.cells.map((cell) => cell.trim().toLowerCase());
  if (names?.join() !== columns.join()) return refuse("file-without-heading");
  if (lines.length === 0) return refuse("file-without-people");
  if (lines.length > mostLines) return refuse("file-too-long", { lines: lines.length, mostLines });

  const checked: CheckedFile = { ready: [], known: [], problems: [] };
  const offices = new Map(register.offices.map((office) => [office.code.toLowerCase(), office]));
  const codes = register.offices.map(({ code }) => code);
  const firstLines = new Map<string, number>();
  for (const each of lines) {
    const { values, problems } = checkLine(each, offices, codes, firstLines);
    if (values !== undefined) firstLines.set(values.nip, firstLines.get(values.nip) ?? each.line);
    if (problems.length > 0 || values === undefined) {
      checked.problems.push(...problems);
      continue;
    }
    const present = register.people.get(values.nip);
    const problem = present && problemWith(present, values);
    if (problem !== undefined) checked.problems.push(problem);
    else if (present !== undefined) checked.known.push(each.line);
    else checked.ready.push(values);
  }
  return accept(checked);
}

/** Somebody who is in the register already may be in the list again, but not of another office. */
export function problemWith(
  present: { officeId: number; isActive: boolean },
  { line, officeId }: Pick<ReadyLine, "line" | "officeId">,
): LineProblem | undefined {
  if (present.officeId !== officeId) return { line, code: "nip-of-another-office", values: {} };
  return present.isActive ? undefined : { line, code: "nip-of-somebody-who-left", values: {} };
}

function checkLine(
  { line, cells }: FileLine,
  offices: ReadonlyMap<string, { id: number }>,
  codes: readonly string[],
  firstLines: ReadonlyMap<string, number>,
): { values?: ReadyLine; problems: LineProblem[] } {
  const problem = (code: ProblemCode, values: LineProblem["values"] = {}): LineProblem => ({ line, code, values });
  const [rawName, rawNip, rawOffice] = cells;
  if (rawName === undefined || rawNip === undefined || rawOffice === undefined || cells.length !== columns.length) {
    return { problems: [problem("column-count", { found: cells.length, expected: columns.length })] };
  }
  const unsafe = cells.flatMap((cell, index) => {
    const code = unsafeIn(cell);
    return code === undefined ? [] : [problem(code, { column: columns[index] ?? "" })];
  });
  if (unsafe.length > 0) return { problems: unsafe };

  const problems: LineProblem[] = [];
  const name = cleanLine(rawName);
  if (name === "") problems.push(problem("name-missing"));
  if (name.length > longestName) problems.push(problem("name-too-long", { length: name.length, longestName }));
  const nip = checkNip(rawNip.trim());
  if (!nip.ok) problems.push(problem(nip.code, nip.values));
  const firstLine = nip.ok ? firstLines.get(nip.value) : undefined;
  if (firstLine !== undefined) problems.push(problem("nip-twice", { firstLine }));
  const code = rawOffice.trim();
  const office = offices.get(code.toLowerCase());
  if (code === "") problems.push(problem("office-missing"));
  else if (office === undefined) {
    const meant = nearest(code, codes);
    problems.push(problem("office-unknown", { code: code.slice(0, 40), ...(meant === undefined ? {} : { meant }) }));
  }
  // A NIP counts for "twice" also in a line that is wrong otherwise.
  if (!nip.ok) return { problems };
  return { values: { line, name, nip: nip.value, officeId: office?.id ?? 0 }, problems };
}

/** What a spreadsheet would run, what a page would show as markup, and what nobody sees. */
function unsafeIn(cell: string): "formula" | "markup" | "control-character" | undefined {
  if (isLikeFormula(cell)) return "formula";
  if (/[<>]/.test(cell)) return "markup";
  return /\p{Cc}/u.test(cell) ? "control-character" : undefined;
}

type CheckedNip = { ok: true; value: string } | { ok: false; code: ProblemCode; values: LineProblem["values"] };

function checkNip(cell: string): CheckedNip {
  if (cell === "") return { ok: false, code: "nip-missing", values: {} };
  // As a number a spreadsheet keeps only fifteen of the digits.
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(cell)) return { ok: false, code: "nip-from-spreadsheet", values: {} };
  const parsed = parseNip(cell);
  if (parsed.ok) return { ok: true, value: parsed.value };
  return { ok: false, code: parsed.refusal.code as ProblemCode, values: parsed.refusal.values };
}
