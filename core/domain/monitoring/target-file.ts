import { type FileLine, linesBelowHeading, refusalOfCells } from "../form/csv.ts";
import type { Answers } from "../form/field.ts";
import { cleanLine } from "../form/text.ts";
import { parseAddress } from "../ipam/address.ts";
import { accept, type Outcome, type Refusal, refuse } from "../outcome.ts";
import { nearest } from "../people/nearest.ts";
import { type LinkKind, linkKinds } from "./link.ts";
import type { TargetKind } from "./target.ts";
import { targetFieldsOf, targetKinds } from "./target-values.ts";

/** The columns of a list of what is watched, as its first line names them. */
export const targetColumns = [
  ...(["jenis", "nama", "kode_kantor", "di_belakang", "alamat_ping", "jenis_link", "penyedia"] as const),
  ...(["nomor_sirkit", "mbps", "berakhir", "telepon_noc", "kontak", "selang"] as const),
] as const;

type Column = (typeof targetColumns)[number];

export const mostTargetLines = 2_000;

export const targetKindNames: Record<TargetKind, string> = {
  site: "kantor",
  link: "link",
  device: "perangkat",
  application: "aplikasi",
};

export const linkKindNames: Record<LinkKind, string> = {
  closed: "tertutup",
  internet: "internet",
  secured: "diamankan",
  vpn: "vpn",
};

/** Which question a column answers; `address` and `parent` are asked beside those of the kind. */
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
};

/** The column that a refusal is about, where it says so. */
export function columnOfTarget({ values }: Refusal): Column | undefined {
  const field = values.field;
  if (field === "address") return "alamat_ping";
  if (field === "parent") return "di_belakang";
  return targetColumns.find((column) => fieldOf[column] !== undefined && fieldOf[column] === field);
}

/** A line that could be read. @property behind the name of what it lies behind; null: nothing @property address null: not pinged */
export type TargetLine = {
  kind: TargetKind;
  officeCode: string | null;
  behind: string | null;
  address: string | null;
  answers: Answers;
};

export type TargetProblem = { line: number } & Refusal;

export function linesOfTargetFile(rows: readonly FileLine[]): Outcome<FileLine[]> {
  return linesBelowHeading(rows, { name: "target", columns: targetColumns, mostLines: mostTargetLines });
}

/** The names among the addresses that are to be pinged, each once, as they stand there. */
export function namesOfTargetFile(lines: readonly FileLine[]): string[] {
  const column = targetColumns.indexOf("alamat_ping");
  const addresses = lines.map(({ cells }) => cleanLine(cells[column] ?? ""));
  return [...new Set(addresses)].filter((address) => address !== "" && !parseAddress(address).ok);
}

export function readTargetLine(
  { cells }: FileLine,
  { offices }: { offices: readonly { code: string }[] },
): Outcome<TargetLine> {
  const safe = refusalOfCells(cells, targetColumns);
  if (!safe.ok) return safe;
  const cell = (column: Column) => cleanLine(cells[targetColumns.indexOf(column)] ?? "");
  const kind = targetKinds.find((each) => targetKindNames[each] === cell("jenis").toLowerCase());
  if (kind === undefined) return refuse("target-kind-unknown", { kind: cell("jenis").slice(0, 40) });
  const code = cell("kode_kantor");
  const office = offices.find((each) => each.code.toLowerCase() === code.toLowerCase());
  if (code !== "" && office === undefined) return refuse("office-unknown", officeValues(code, offices));
  const answers = answersIn(kind, cell);
  if (!answers.ok) return answers;
  return accept({
    ...{ kind, officeCode: office?.code ?? null, answers: answers.value },
    ...{ behind: cell("di_belakang") || null, address: cell("alamat_ping") || null },
  });
}

/** An empty cell is no answer; one that the kind is not asked has to be empty. */
function answersIn(kind: TargetKind, cell: (column: Column) => string): Outcome<Answers> {
  const asked = new Set(targetFieldsOf(kind).map(({ name }) => name));
  const answers: Answers = {};
  for (const [column, field] of Object.entries(fieldOf) as [Column, string][]) {
    const text = cell(column);
    if (text === "") continue;
    if (!asked.has(field)) return refuse("target-column-not-of-kind", { column, kind: targetKindNames[kind], field });
    answers[field] = field === "link-kind" ? linkKindIn(text) : text;
  }
  return accept(answers);
}

/** What is none of them is refused as any answer is. */
function linkKindIn(text: string): string {
  return linkKinds.find((each) => linkKindNames[each] === text.toLowerCase()) ?? text;
}

function officeValues(code: string, offices: readonly { code: string }[]): Record<string, string> {
  const meant = nearest(
    code,
    offices.map((office) => office.code),
  );
  return { code: code.slice(0, 40), ...(meant === undefined ? {} : { meant }) };
}
