import { type FileLine, refusalOfCells } from "../form/csv.ts";
import { type Answers, type FieldContext, parseAnswers } from "../form/field.ts";
import { cleanLine } from "../form/text.ts";
import { accept, type Outcome, type Refusal, refuse } from "../outcome.ts";
import { nearest } from "../people/nearest.ts";
import { type Asset, type AssetKind, type AssetState, assetKinds, assetStates } from "./asset.ts";
import {
  type AssetField,
  type AssetValues,
  byClass,
  fieldsOf,
  isAskedOf,
  takenCodes,
  valuesOf,
} from "./asset-fields.ts";

/** The columns of a list of assets, as its first line names them; one is imported as it is exported. */
export const assetColumns = [
  ...(["jenis", "nama", "kode_kantor", "keadaan", "merek_model", "nomor_seri", "nomor_inventaris", "lokasi"] as const),
  ...(["port", "penyedia", "nomor_sirkit", "mbps", "berakhir", "pengelola"] as const),
] as const;

/** Which question a column answers. */
export const columnOf: Record<AssetField, (typeof assetColumns)[number]> = {
  name: "nama",
  model: "merek_model",
  "serial-number": "nomor_seri",
  "asset-tag": "nomor_inventaris",
  location: "lokasi",
  ports: "port",
  provider: "penyedia",
  "circuit-number": "nomor_sirkit",
  "bandwidth-mbps": "mbps",
  "ends-on": "berakhir",
  maintainer: "pengelola",
};

export const kindNames: Record<AssetKind, string> = {
  router: "router",
  switch: "switch",
  "access-point": "titik-akses",
  server: "server",
  storage: "storage",
  security: "keamanan",
  "patch-panel": "patch-panel",
  outlet: "titik-jaringan",
  ups: "ups",
  backbone: "backbone",
  bandwidth: "bandwidth",
  "office-lan": "lan-kantor",
  pc: "komputer",
  printer: "printer",
  other: "lain",
};

export const assetStateNames: Record<AssetState, string> = {
  "in-use": "dipakai",
  spare: "siap-pakai",
  broken: "rusak",
  retired: "tidak-dipakai",
};

/** An empty cell: as the register says of its kind. */
export const maintainerNames = { dinas: "dinas", office: "kantor", vendor: "vendor" } as const;

export const mostAssetLines = 5_000;

/** A line that can be imported. */
export type AssetLine = { line: number; values: AssetValues; state: AssetState; officeId: number };

/** What is wrong in a line. */
export type AssetProblem = { line: number } & Refusal;

/** What is there already. */
export type AssetRegister = {
  offices: readonly { id: number; code: string }[];
  assets: readonly Asset[];
};

export type CheckedAssets = { ready: AssetLine[]; known: number[]; problems: AssetProblem[] };

/** Checks a list of assets line by line, beside all that is there and the lines before. */
export function checkAssetLines(
  lines: readonly FileLine[],
  register: AssetRegister,
  context: FieldContext,
): CheckedAssets {
  const checked: CheckedAssets = { ready: [], known: [], problems: [] };
  const known = new Set(register.assets.map(sameness));
  const taken = takenIn(register.assets);
  for (const line of lines) {
    const read = readLine(line, register.offices, context);
    if (read.ok && known.has(sameness({ ...read.value, ...read.value.values }))) {
      checked.known.push(line.line);
      continue;
    }
    const free = read.ok ? taken(read.value) : read;
    if (!free.ok) checked.problems.push({ line: line.line, ...free.refusal });
    else if (read.ok) checked.ready.push(read.value);
  }
  return checked;
}

/** The cells of what is there, in the order of the columns. */
export function cellsOf(asset: AssetValues & Pick<Asset, "officeCode" | "state">): string[] {
  const { maintainer, ports, bandwidthMbps } = asset;
  return [
    ...[kindNames[asset.kind], asset.name, asset.officeCode, assetStateNames[asset.state], asset.model ?? ""],
    ...[asset.serialNumber ?? "", asset.assetTag ?? "", asset.location ?? "", ports === 0 ? "" : String(ports)],
    ...[asset.provider ?? "", asset.circuitNumber ?? "", bandwidthMbps === null ? "" : String(bandwidthMbps)],
    ...[asset.endsOn ?? "", maintainer === null ? "" : maintainerNames[maintainer]],
  ];
}

function readLine(
  { line, cells }: FileLine,
  offices: AssetRegister["offices"],
  context: FieldContext,
): Outcome<AssetLine> {
  const safe = refusalOfCells(cells, assetColumns);
  if (!safe.ok) return safe;
  const cell = (column: (typeof assetColumns)[number]) => cleanLine(cells[assetColumns.indexOf(column)] ?? "");
  const kind = assetKinds.find((each) => kindNames[each] === cell("jenis").toLowerCase());
  if (kind === undefined) return refuse("asset-kind-unknown", { kind: cell("jenis").slice(0, 40) });
  const state = assetStates.find((each) => assetStateNames[each] === cell("keadaan").toLowerCase());
  if (state === undefined) return refuse("asset-state-unknown", { state: cell("keadaan").slice(0, 40) });
  const code = cell("kode_kantor");
  const office = offices.find((each) => each.code.toLowerCase() === code.toLowerCase());
  if (office === undefined) return refuse("office-unknown", officeValues(code, offices));
  const answers = answersIn(kind, cell);
  if (!answers.ok) return answers;
  const parsed = parseAnswers(fieldsOf(kind), answers.value, context);
  if (!parsed.ok) return refusalOfCell(parsed.refusal);
  return accept({ line, values: valuesOf(kind, parsed.value), state, officeId: office.id });
}

/** What is said of an answer in the chat, said of a cell. */
function refusalOfCell({ code, values }: Refusal) {
  const { field = "" } = values;
  if (code === "answer-missing") return refuse("cell-missing", { field });
  if (code !== "text-too-long") return refuse(code, values);
  return refuse("cell-too-long", { field, length: values.length ?? 0, longest: values.maxLength ?? 0 });
}

/** An empty cell is no answer; one that the kind is not asked has to be empty. */
function answersIn(kind: AssetKind, cell: (column: (typeof assetColumns)[number]) => string): Outcome<Answers> {
  const answers: Answers = {};
  for (const [field, column] of Object.entries(columnOf) as [AssetField, (typeof assetColumns)[number]][]) {
    const text = cell(column);
    if (field === "maintainer") {
      const named = Object.entries(maintainerNames).find(([, name]) => name === text.toLowerCase());
      if (text !== "" && named === undefined)
        return refuse("asset-maintainer-unknown", { maintainer: text.slice(0, 40) });
      answers[field] = named?.[0] ?? byClass;
    } else if (text !== "") {
      if (!isAskedOf(kind, field)) return refuse("field-not-of-kind", { column, kind: kindNames[kind] });
      answers[field] = text;
    }
  }
  return accept(answers);
}

function officeValues(code: string, offices: AssetRegister["offices"]): Record<string, string> {
  const meant =
    code === ""
      ? undefined
      : nearest(
          code,
          offices.map((office) => office.code),
        );
  return { code: code.slice(0, 40), ...(meant === undefined ? {} : { meant }) };
}

/** The same for two that are alike in all that a line tells. */
function sameness(asset: AssetValues & Pick<Asset, "state" | "officeId">): string {
  return JSON.stringify([asset.officeId, ...cellsOf({ ...asset, officeCode: "" })]);
}

type Marked = Pick<Asset, "name" | "state" | "assetTag" | "serialNumber" | "model">;

/** By what one asset is told from all others; a name that is not used any more marks nothing. */
function marksOf({
  name,
  state,
  assetTag,
  serialNumber,
  model,
}: Marked): { field: keyof typeof takenCodes; mark: string }[] {
  const marks: { field: keyof typeof takenCodes; mark: string | null }[] = [
    { field: "name", mark: state === "retired" ? null : name },
    { field: "asset-tag", mark: assetTag },
    { field: "serial-number", mark: serialNumber === null ? null : JSON.stringify([model, serialNumber]) },
  ];
  return marks.flatMap(({ field, mark }) => (mark === null ? [] : [{ field, mark: `${field} ${mark.toLowerCase()}` }]));
}

/** Takes what marks a line, unless something that is there or an earlier line has it. */
function takenIn(assets: readonly Asset[]): (line: AssetLine) => Outcome {
  const ofAssets = new Map(assets.flatMap((asset) => marksOf(asset).map(({ mark }) => [mark, asset.id])));
  const ofLines = new Map<string, number>();
  return ({ line, values, state }) => {
    const marks = marksOf({ ...values, state });
    for (const { field, mark } of marks) {
      const assetId = ofAssets.get(mark);
      if (assetId !== undefined) return refuse(takenCodes[field], { assetId, field });
      const firstLine = ofLines.get(mark);
      if (firstLine !== undefined) return refuse("asset-twice", { firstLine, field });
    }
    for (const { mark } of marks) ofLines.set(mark, line);
    return accept();
  };
}
