import { type TargetReading, targetImports } from "../db/list-imports.ts";
import { listTargets } from "../db/monitor-targets.ts";
import { listOffices } from "../db/offices.ts";
import type { Tx } from "../db/tables.ts";
import type { FileLine } from "../domain/form/csv.ts";
import { type NameFound, refusalOfName } from "../domain/monitoring/check-name.ts";
import type { Target } from "../domain/monitoring/target.ts";
import { refusalOfManagingTargets } from "../domain/monitoring/target-access.ts";
import { readTargetLine, type TargetLine, type TargetProblem } from "../domain/monitoring/target-file.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { keepLists } from "./keep-lists.ts";
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
  const known: Known = new Map((await listTargets(tx)).map((target) => [keyOf(target.name), target]));
  const taken: { ready: FileLine[]; known: number[]; problems: TargetProblem[] } = {
    ready: [],
    known: [],
    problems: [],
  };
  let waiting = lines.map((each) => ({ each, read: withName(readTargetLine(each, { offices }), found) }));
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
  for (const { each, read } of waiting) {
    const name = read.ok ? (read.value.behind ?? "") : "";
    taken.problems.push({ line: each.line, ...refuse("target-behind-unknown", { name, field: "parent" }).refusal });
  }
  return {
    ready: taken.ready.sort((one, other) => one.line - other.line),
    known: taken.known.sort((one, other) => one - other),
    problems: taken.problems.sort((one, other) => one.line - other.line),
  };
}

function withName(read: Outcome<TargetLine>, found: ReadonlyMap<string, NameFound>): Outcome<TargetLine> {
  if (!read.ok || read.value.address === null) return read;
  const { address } = read.value;
  const refusal = refusalOfName(address, found.get(address) ?? "found");
  return refusal === undefined ? read : refuseAbout("address", refusal);
}

/** What is there already, and what came of the lines before, by its name. */
type Known = Map<string, Pick<Target, "id" | "kind">>;

/** Capitals aside. */
function keyOf(name: string): string {
  return name.toLowerCase();
}

async function take(
  tx: Tx,
  person: Person,
  setting: Setting,
  known: Known,
  { kind, officeCode, behind, address, answers }: TargetLine,
): Promise<Outcome<"known" | "done" | "waits">> {
  const name = keyOf(answers.name ?? "");
  if (known.get(name)?.kind === kind) return accept("known");
  const parent = behind === null ? undefined : known.get(keyOf(behind));
  if (behind !== null && parent === undefined) return accept("waits");
  const check = address === null ? undefined : { check: "icmp", address };
  const input = { kind, officeCode, parentId: parent?.id ?? null, check, answers };
  const added = await addTarget(tx, person, setting, input);
  if (!added.ok) return added;
  known.set(name, { id: added.value, kind });
  return accept("done");
}

/** Much may have changed since the list was read: what cannot be any more is a problem of its line. */
export async function importTargets(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { importId: number },
): Promise<Outcome> {
  const found = await lists.lockReady(tx, person, input.importId);
  if (!found.ok) return found;
  const list = found.value;
  const { ready, known, problems } = await takeTargets(tx, person, setting, list.ready);
  await lists.saveImported(tx, person, setting, list, { imported: ready.length, known, problems });
  return accept();
}
