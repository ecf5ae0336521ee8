import { type FileLine, linesBelowHeading, refusalOfCells } from "../form/csv.ts";
import type { Answers } from "../form/field.ts";
import { cleanLine } from "../form/text.ts";
import { accept, type Outcome, type Refusal, refuse } from "../outcome.ts";
import { nearest } from "../people/nearest.ts";
import type { NameKind, NameState } from "./name.ts";
import { findVillages } from "./village-search.ts";

/** The columns of a list of villages and names, as its first line names them; one is imported as it is exported. */
export const nameColumns = [
  ...["jenis", "nama", "keadaan", "kode_kantor", "desa", "kecamatan", "tujuan", "untuk", "dasar"],
  "alasan_di_luar",
] as const;

/** What a line is about, by its first cell: a village itself, or a name. */
export const lineKinds: Record<NameKind | "village-itself", string> = {
  "village-itself": "desa",
  office: "kantor",
  application: "aplikasi",
  service: "layanan",
  village: "nama desa",
};

export const nameStateWords: Record<NameState, string> = {
  "in-use": "dipakai",
  reserved: "dipesan",
  quarantined: "karantina",
};

/** Each is given as if by hand, under the lock of all prefixes: 500 take 4 s on a machine that is busy. */
export const mostNameLines = 500;

/** What is wrong in a line: a refusal, or one of a line's own. */
export type NameProblem = { line: number } & Refusal;

/** A line that was read. */
export type NameLine =
  | { line: number; kind: "village-itself"; answers: Answers }
  | {
      line: number;
      kind: NameKind;
      state: NameState;
      name: string;
      officeId: number | null;
      villageId: number | null;
      /** Of `groundsFields` and `firstTargetFields`. */
      answers: Answers;
    };

/** What is there as far as a list is read against it. */
export type NameFileRegister = {
  offices: readonly { id: number; code: string }[];
  villages: readonly { id: number; name: string; district: string }[];
};

/** @returns the lines below the heading; refused as a whole without it, without a line below it, or with too many */
export function linesOfNameFile(rows: readonly FileLine[]): Outcome<FileLine[]> {
  return linesBelowHeading(rows, { name: "name", columns: nameColumns, mostLines: mostNameLines });
}

/** Villages first, then names by their levels, then aliases: each may need one before it. */
export function inOrderOfNeed(lines: readonly FileLine[]): FileLine[] {
  const rank = ({ cells }: FileLine) => {
    const [kind = "", name = ""] = cells;
    if (kind.trim().toLowerCase() === lineKinds["village-itself"]) return 0;
    const isAlias = /[g-z]/i.test(cells[6] ?? "");
    return name.split(".").length + (isAlias ? 1_000 : 0);
  };
  return lines.toSorted((one, other) => rank(one) - rank(other) || one.line - other.line);
}

export function readNameLine({ line, cells }: FileLine, register: NameFileRegister): Outcome<NameLine> {
  const safe = refusalOfCells(cells, nameColumns);
  if (!safe.ok) return safe;
  const [type = "", name = "", stateText = "", code = "", village = "", district = "", ...others] =
    cells.map(cleanLine);
  const kind = keyOf(lineKinds, type);
  if (kind === undefined) return refuse("name-kind-unknown", { kind: type.slice(0, 40) });
  if (kind === "village-itself") return accept({ line, kind, answers: { village, district } });
  const state = keyOf(nameStateWords, stateText);
  if (state === undefined) return refuse("name-state-unknown", { state: stateText.slice(0, 40) });
  const owner = kind === "village" ? villageOf(village, district, register) : officeOf(code, register);
  if (!owner.ok && state !== "quarantined") return owner;
  const id = owner.ok ? owner.value : null;
  const ids = kind === "village" ? { officeId: null, villageId: id } : { officeId: id, villageId: null };
  return accept({ line, kind, state, name: name.toLowerCase(), ...ids, answers: answersOf(others) });
}

function answersOf([target = "", purpose = "", basis = "", elsewhere = ""]: readonly string[]): Answers {
  const given = Object.entries({ target, elsewhere }).filter(([, text]) => text !== "");
  return { name: purpose, basis, ...Object.fromEntries(given) };
}

function officeOf(code: string, { offices }: NameFileRegister): Outcome<number> {
  const office = offices.find((each) => each.code.toLowerCase() === code.toLowerCase());
  if (office !== undefined) return accept(office.id);
  const codes = offices.map((each) => each.code);
  const meant = code === "" ? undefined : nearest(code, codes);
  return refuse("office-unknown", { code: code.slice(0, 40), ...(meant === undefined ? {} : { meant }) });
}

function villageOf(village: string, district: string, { villages }: NameFileRegister): Outcome<number> {
  const found = findVillages(village, villages);
  if (!found.ok) return found;
  const [only, ...others] = found.value;
  const there = found.value.find((each) => each.district.toLowerCase() === district.toLowerCase());
  if (there !== undefined) return accept(there.id);
  if (only !== undefined && others.length === 0 && district === "") return accept(only.id);
  const districts = found.value.map((each) => each.district).join(", ");
  return refuse("village-several", { village: village.slice(0, 80), districts });
}

function keyOf<Key extends string>(words: Record<Key, string>, text: string): Key | undefined {
  return (Object.keys(words) as Key[]).find((key) => words[key] === text.toLowerCase());
}
