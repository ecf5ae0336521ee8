import { type FileLine, linesBelowHeading, refusalOfCells, unguarded } from "../form/csv.ts";
import { type Answers, type FieldContext, maySkip, parseAnswer } from "../form/field.ts";
import { cleanLine } from "../form/text.ts";
import { parseAddress } from "../ipam/address.ts";
import { accept, type Outcome, type Refusal, refuse, refuseAbout } from "../outcome.ts";
import { nearest } from "../people/nearest.ts";
import type { Check } from "./check.ts";
import { checkFields, nameFieldOf } from "./check-fields.ts";
import type { LinkKind } from "./link.ts";
import {
  cellOfCheck,
  checkColumns,
  checkInCell,
  hostInCheck,
  type ListedCheck,
  type ListedKind,
  listedKinds,
} from "./listed-checks.ts";
import type { Target, TargetKind } from "./target.ts";
import { answersOfTarget, changeFieldsOf, type TargetDetails, targetKinds } from "./target-values.ts";

/** The columns of a list of what is watched, as its first line names them; one is imported as it is exported. */
export const targetColumns = [
  ...(["jenis", "nama", "kode_kantor", "di_belakang", "alamat_ping", "jenis_link", "penyedia"] as const),
  ...(["nomor_sirkit", "mbps", "berakhir", "telepon_noc", "kontak", "selang", "halaman_publik"] as const),
  ...(["tempat", "target_persen", "batas_hilang_persen", "batas_latensi_ms", "terputus_setelah"] as const),
  ...(["alamat_port", "halaman_web"] as const),
] as const;

type Column = (typeof targetColumns)[number];

export const mostTargetLines = 2_000;

export const targetKindNames: Record<TargetKind, string> = {
  site: "kantor",
  link: "link",
  device: "perangkat",
  application: "aplikasi",
  job: "pekerjaan",
};

export const linkKindNames: Record<LinkKind, string> = {
  closed: "tertutup",
  internet: "internet",
  secured: "diamankan",
  vpn: "vpn",
};

export const publicNames = { yes: "ya", no: "tidak" };

/** What is called by a word of the list, by the question. */
const choiceNames: Record<string, Record<string, string>> = { "link-kind": linkKindNames, public: publicNames };

/** Which question a column answers; what it lies behind and how it is asked are asked beside those of the kind. */
const fieldOf: Partial<Record<Column, string>> = {
  nama: "name",
  jenis_link: "link-kind",
  penyedia: "provider",
  nomor_sirkit: "circuit-number",
  mbps: "bandwidth-mbps",
  berakhir: "ends-on",
  telepon_noc: "noc-phone",
  kontak: "contact",
  selang: "interval",
  halaman_publik: "public",
  tempat: "place",
  target_persen: "agreed-percent",
  batas_hilang_persen: "loss-percent",
  batas_latensi_ms: "latency-ms",
  terputus_setelah: "misses",
};

/** The column that a refusal is about, where it says so. */
export function columnOfTarget({ values }: Refusal): Column | undefined {
  const field = values.field;
  if (field === "parent") return "di_belakang";
  const asked = checkFields.find(({ name }) => name === field);
  const kind = listedKinds.find((each) => asked !== undefined && "onlyWhen" in asked && asked.onlyWhen.is === each);
  if (kind !== undefined) return checkColumns[kind];
  return targetColumns.find((column) => fieldOf[column] !== undefined && fieldOf[column] === field);
}

/** A line that could be read. @property behind the name of what it lies behind; null: nothing */
export type TargetLine = {
  kind: TargetKind;
  officeCode: string | null;
  behind: string | null;
  checks: readonly ListedCheck[];
  answers: Answers;
};

export type TargetProblem = { line: number } & Refusal;

/** By what names are the same: capitals aside. */
export function keyOfTarget(name: string): string {
  return name.toLowerCase();
}

/** In which line each name stands first, by `keyOfTarget`, whatever else is wrong with it. */
export function firstLinesOf(lines: readonly FileLine[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { line, cells } of lines) {
    const key = keyOfTarget(cleanLine(cells[targetColumns.indexOf("nama")] ?? ""));
    if (key !== "" && !first.has(key)) first.set(key, line);
  }
  return first;
}

/** What is said of an answer in the chat, said of a cell. */
export function refusalOfTargetCell({ code, values }: Refusal) {
  const { field = "" } = values;
  if (code === "answer-missing") return refuse("cell-missing", { field });
  if (code === "text-too-long")
    return refuse("cell-too-long", { field, length: values.length ?? 0, longest: values.maxLength ?? 0 });
  if (code !== "not-a-choice") return refuse(code, values);
  return refuse("cell-not-a-choice", { field, choices: Object.values(choiceNames[field] ?? {}).join(", ") });
}

export function linesOfTargetFile(rows: readonly FileLine[]): Outcome<FileLine[]> {
  const lines = linesBelowHeading(rows, { name: "target", columns: targetColumns, mostLines: mostTargetLines });
  return lines.ok ? accept(lines.value.map(({ line, cells }) => ({ line, cells: cells.map(unguarded) }))) : lines;
}

/** What is watched, as a list tells it; of several checks of a kind the first. */
export type ListedTarget = {
  target: Pick<Target, "kind" | "name"> & TargetDetails;
  officeCode: string | null;
  parentName: string | null;
  checks: readonly Pick<Check, "settings">[];
};

/** The cells of what is there, in the order of the columns. */
export function cellsOfTarget({ target, officeCode, parentName, checks }: ListedTarget): string[] {
  const answers = answersOfTarget(target);
  const asked = new Set(changeFieldsOf(target.kind).map(({ name }) => name));
  const ofAll: Partial<Record<Column, string | null>> = {
    ...{ jenis: targetKindNames[target.kind], kode_kantor: officeCode, di_belakang: parentName },
    ...Object.fromEntries(listedKinds.map((kind) => [checkColumns[kind], cellOfFirst(kind, checks)])),
  };
  return targetColumns.map((column) => {
    const field = fieldOf[column] ?? "";
    return ofAll[column] ?? (asked.has(field) ? cellOfAnswer(field, answers[field] ?? "") : "");
  });
}

function cellOfFirst(kind: ListedKind, checks: ListedTarget["checks"]): string | null {
  const first = checks.find(({ settings }) => settings.kind === kind);
  return first === undefined ? null : cellOfCheck(first.settings);
}

/** Spreadsheets here write a comma. */
function cellOfAnswer(field: string, answer: string): string {
  const word = choiceNames[field]?.[answer];
  return word ?? (field === "agreed-percent" ? answer.replace(".", ",") : answer);
}

/** The names among the addresses that are to be asked, each once, as `hostInCheck` says them. */
export function namesOfTargetFile(lines: readonly FileLine[]): string[] {
  const hosts = lines.flatMap(({ cells }) =>
    listedKinds.flatMap((kind) => {
      const check = checkInCell(kind, cleanLine(cells[targetColumns.indexOf(checkColumns[kind])] ?? ""));
      return check.ok ? [hostInCheck(check.value)] : [];
    }),
  );
  return [...new Set(hosts)].filter((host) => host !== "" && !parseAddress(host).ok);
}

export function readTargetLine(
  { cells }: FileLine,
  { offices }: { offices: readonly { code: string }[] },
): Outcome<TargetLine> {
  const safe = refusalOfCells(cells, targetColumns);
  if (!safe.ok) return safe;
  const cell = cellIn(cells);
  const kind = kindIn(cell);
  if (!kind.ok) return kind;
  const officeCode = officeIn(cell, offices);
  if (!officeCode.ok) return officeCode;
  const answers = answersIn(kind.value, cell);
  if (!answers.ok) return answers;
  const checks = checksIn(kind.value, cell);
  if (!checks.ok) return checks;
  return accept({
    ...{ kind: kind.value, officeCode: officeCode.value, answers: answers.value },
    ...{ behind: cell("di_belakang") || null, checks: checks.value },
  });
}

/**
 * All that is wrong with the cells of a line, so that it is mended at once: its office, what its kind is not asked, and what is
 * no answer. Of a line whose cells cannot be told apart, or of no kind, nothing.
 *
 * @param context.isNew nothing of that name and kind is watched yet: what has to be said is said
 */
export function mistakesIn(
  { cells }: FileLine,
  { offices, isNew, ...context }: { offices: readonly { code: string }[]; isNew: boolean } & FieldContext,
): Refusal[] {
  const cell = cellIn(cells);
  const kind = kindIn(cell);
  if (!kind.ok || !refusalOfCells(cells, targetColumns).ok) return [];
  const fields = new Map(changeFieldsOf(kind.value).map((field) => [field.name, field]));
  const answered = (Object.entries(fieldOf) as [Column, string][]).map(([column, name]): Outcome<unknown> => {
    const field = fields.get(name);
    const text = cell(column);
    if (text === "") return isNew && field && !maySkip(field, {}) ? refuse("cell-missing", { field: name }) : accept();
    if (field === undefined) return refuseColumn(column, name, kind.value);
    const answer = parseAnswer(field, choiceIn(name, text), context);
    return answer.ok ? answer : refusalOfTargetCell(refuseAbout(name, answer.refusal).refusal);
  });
  const checks = listedKinds.map((each) => checkIn(each, kind.value, cell));
  return [officeIn(cell, offices), ...answered, ...checks].flatMap((each) => (each.ok ? [] : [each.refusal]));
}

type CellOf = (column: Column) => string;

function cellIn(cells: readonly string[]): CellOf {
  return (column) => cleanLine(cells[targetColumns.indexOf(column)] ?? "");
}

function kindIn(cell: CellOf): Outcome<TargetKind> {
  const kind = targetKinds.find((each) => targetKindNames[each] === cell("jenis").toLowerCase());
  return kind === undefined ? refuse("target-kind-unknown", { kind: cell("jenis").slice(0, 40) }) : accept(kind);
}

/** null: it is everybody's */
function officeIn(cell: CellOf, offices: readonly { code: string }[]): Outcome<string | null> {
  const code = cell("kode_kantor");
  if (code === "") return accept(null);
  const office = offices.find((each) => each.code.toLowerCase() === code.toLowerCase());
  return office === undefined ? refuse("office-unknown", officeValues(code, offices)) : accept(office.code);
}

function checksIn(kind: TargetKind, cell: CellOf): Outcome<ListedCheck[]> {
  const checks: ListedCheck[] = [];
  for (const each of listedKinds) {
    const check = checkIn(each, kind, cell);
    if (!check.ok) return check;
    if (check.value !== undefined) checks.push(check.value);
  }
  return accept(checks);
}

/** undefined: it is not asked that way */
function checkIn(each: ListedKind, kind: TargetKind, cell: CellOf): Outcome<ListedCheck | undefined> {
  const column = checkColumns[each];
  if (cell(column) === "") return accept(undefined);
  return kind === "job" ? refuseColumn(column, nameFieldOf[each], kind) : checkInCell(each, cell(column));
}

/** An empty cell is no answer; one that the kind is not asked has to be empty. */
function answersIn(kind: TargetKind, cell: CellOf): Outcome<Answers> {
  const asked = new Set(changeFieldsOf(kind).map(({ name }) => name));
  const answers: Answers = {};
  for (const [column, field] of Object.entries(fieldOf) as [Column, string][]) {
    const text = cell(column);
    if (text === "") continue;
    if (!asked.has(field)) return refuseColumn(column, field, kind);
    answers[field] = choiceIn(field, text);
  }
  return accept(answers);
}

/** `fits`: the kinds that have that column, as the list calls them */
function refuseColumn(column: Column, field: string, kind: TargetKind) {
  const isCheck = Object.values(checkColumns).some((each) => each === column);
  const has = (each: TargetKind) =>
    isCheck ? each !== "job" : changeFieldsOf(each).some(({ name }) => name === field);
  const fits = targetKinds.filter(has).map((each) => targetKindNames[each]);
  return refuse("target-column-not-of-kind", { column, kind: targetKindNames[kind], field, fits: fits.join(", ") });
}

/** What is none of them is refused as any answer is. */
function choiceIn(field: string, text: string): string {
  const names = choiceNames[field] ?? {};
  return Object.keys(names).find((each) => names[each] === text.toLowerCase()) ?? text;
}

function officeValues(code: string, offices: readonly { code: string }[]): Record<string, string> {
  const meant = nearest(
    code,
    offices.map((office) => office.code),
  );
  return { code: code.slice(0, 40), ...(meant === undefined ? {} : { meant }) };
}
