import { type TargetReading, targetImports } from "../db/list-imports.ts";
import { listTargets } from "../db/monitor-targets.ts";
import { listOffices } from "../db/offices.ts";
import type { Tx } from "../db/tables.ts";
import type { FileLine } from "../domain/form/csv.ts";
import { type NameFound, refusalOfName } from "../domain/monitoring/check-name.ts";
import type { Target } from "../domain/monitoring/target.ts";
import { refusalOfManagingTargets } from "../domain/monitoring/target-access.ts";
import {
  firstLinesOf,
  keyOfTarget,
  readTargetLine,
  refusalOfTargetCell,
  type TargetLine,
  type TargetProblem,
} from "../domain/monitoring/target-file.ts";
import { problemsOfWaiting } from "../domain/monitoring/waiting-lines.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { byLine, keepLists } from "./keep-lists.ts";
import type { Setting } from "./setting.ts";
import { addTarget } from "./targets.ts";

const lists = keepLists({
  imports: targetImports,
  maySend: refusalOfManagingTargets,
  importedAlready: (values) => refuse("list-imported-already", values),
  event: "targets-imported",
});

export const { receive: receiveTargetFile, discard: discardTargets } = lists;

/**
 * Puts under watch what each line says, as by hand. What a line lies behind may stand in a later one. Whoever only wants to know what
 * would come of it rolls the transaction back.
 *
 * @param found where the names among the addresses lead, as far as somebody asked
 * @returns the lines that were done, those that are there already, and what is wrong with the others
 */
export async function takeTargets(
  tx: Tx,
  person: Person,
  setting: Setting,
  lines: readonly FileLine[],
  found: ReadonlyMap<string, NameFound> = new Map(),
): Promise<TargetReading> {
  const offices = await listOffices(tx);
  const known: Known = new Map((await listTargets(tx)).map((target) => [keyOfTarget(target.name), target]));
  const taken: { ready: FileLine[]; known: number[]; problems: TargetProblem[] } = {
    ready: [],
    known: [],
    problems: [],
  };
  const lineOf = firstLinesOf(lines);
  let waiting = lines.map((each) => ({
    each,
    read: onlyOnce(withName(readTargetLine(each, { offices }), found), each, lineOf),
  }));
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length;
    const left: typeof waiting = [];
    for (const { each, read } of waiting) {
      const done = read.ok ? await take(tx, person, setting, known, read.value) : read;
      if (done.ok && done.value === "waits") left.push({ each, read });
      else if (done.ok && done.value === "known") taken.known.push(each.line);
      else if (done.ok) taken.ready.push(each);
      else taken.problems.push({ line: each.line, ...done.refusal });
    }
    waiting = left;
  }
  const inVain = waiting.flatMap(({ each: { line }, read }) =>
    read.ok ? [{ line, name: read.value.answers.name ?? "", behind: read.value.behind ?? "" }] : [],
  );
  taken.problems.push(...problemsOfWaiting(inVain, lineOf));
  return byLine(taken);
}

function withName(read: Outcome<TargetLine>, found: ReadonlyMap<string, NameFound>): Outcome<TargetLine> {
  if (!read.ok || read.value.address === null) return read;
  const { address } = read.value;
  const refusal = refusalOfName(address, found.get(address) ?? "resolver-silent");
  return refusal === undefined ? read : refuseAbout("address", refusal);
}

/** Of lines with one name the first stands, in whichever order they could be done. */
function onlyOnce(
  read: Outcome<TargetLine>,
  { line }: FileLine,
  lineOf: ReadonlyMap<string, number>,
): Outcome<TargetLine> {
  if (!read.ok) return read;
  const firstLine = lineOf.get(keyOfTarget(read.value.answers.name ?? "")) ?? line;
  return firstLine === line ? read : refuse("target-twice", { firstLine, field: "name" });
}

/** What is there already, and what came of the lines before, by its name. */
type Known = Map<string, Pick<Target, "id" | "kind">>;

async function take(
  tx: Tx,
  person: Person,
  setting: Setting,
  known: Known,
  { kind, officeCode, behind, address, answers }: TargetLine,
): Promise<Outcome<"known" | "done" | "waits">> {
  const name = keyOfTarget(answers.name ?? "");
  const present = known.get(name);
  if (present?.kind === kind) return accept("known");
  const parent = behind === null ? undefined : known.get(keyOfTarget(behind));
  if (behind !== null && parent === undefined) return accept("waits");
  const check = address === null ? undefined : { check: "icmp", address };
  const input = { kind, officeCode, parentId: parent?.id ?? null, check, answers };
  const added = await addTarget(tx, person, setting, input);
  if (!added.ok) return refusalOfTargetCell(added.refusal);
  known.set(name, { id: added.value, kind });
  return accept("done");
}

/** Puts under watch what the list holds. */
export const importTargets = lists.importBy(takeTargets);
