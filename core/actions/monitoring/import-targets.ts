import { allOrNothing } from "../../db/all-or-nothing.ts";
import { type TargetReading, targetImports } from "../../db/list-imports.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import { lockTargets } from "../../db/monitoring/monitor-targets.ts";
import { listStanding, type Standing } from "../../db/monitoring/target-lists.ts";
import { listOffices, type Office } from "../../db/people/offices.ts";
import type { Tx } from "../../db/tables.ts";
import type { FileLine } from "../../domain/form/csv.ts";
import { shorten } from "../../domain/form/text.ts";
import { nameFieldOf } from "../../domain/monitoring/check-fields.ts";
import { type NameFound, refusalOfName } from "../../domain/monitoring/check-name.ts";
import { hostInCheck } from "../../domain/monitoring/listed-checks.ts";
import { refusalOfManagingTargets } from "../../domain/monitoring/target-access.ts";
import {
  firstLinesOf,
  keyOfTarget,
  mistakesIn,
  namesOfTargetFile,
  readTargetLine,
  refusalOfTargetCell,
  type TargetLine,
  type TargetProblem,
} from "../../domain/monitoring/target-file.ts";
import { problemsOfWaiting } from "../../domain/monitoring/waiting-lines.ts";
import { accept, type Outcome, type Refusal, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { byLine, keepLists } from "../keep-lists.ts";
import type { Setting } from "../setting.ts";
import { correctTarget, saysNews } from "./correct-target.ts";
import { addCheck, addTarget } from "./targets.ts";

const lists = keepLists({
  imports: targetImports,
  maySend: refusalOfManagingTargets,
  importedAlready: (values) => refuse("list-imported-already", values),
  event: "targets-imported",
});

export const { receive: receiveTargetFile, discard: discardTargets } = lists;

/**
 * Puts under watch what each line says, as by hand, and changes what is there where a line says it otherwise. What a line lies behind
 * may stand in a later one. Whoever only wants to know what would come of it rolls the transaction back.
 *
 * @param found where the names among the addresses lead; absent: nobody has asked
 * @returns the lines that were done, those that say nothing new, and what is wrong with the others
 */
export async function takeTargets(
  tx: Tx,
  person: Person,
  setting: Setting,
  lines: readonly FileLine[],
  found?: ReadonlyMap<string, NameFound>,
): Promise<TargetReading> {
  const offices = await listOffices(tx);
  const standing = await listStanding(tx);
  const ids = new Map([...standing].map(([name, { target }]) => [name, target.id]));
  const lineOf = firstLinesOf(lines);
  const all = lines.map((each) => readLine(setting, each, { offices, standing, lineOf, found }));
  const news = all.filter(({ isKnown }) => !isKnown);
  // Always in this order; what is only added needs no states.
  if (news.some(({ present }) => present !== undefined)) await lockStates(tx);
  await lockTargets(tx);
  const { ready, changed, problems, waiting } = await takeInRounds(news, (one) =>
    takeLine(tx, person, setting, one, ids),
  );
  const readLines = new Map(all.map((one) => [one.each.line, one]));
  return byLine({
    ready,
    known: all.filter(({ isKnown }) => isKnown).map(({ each }) => each.line),
    problems: [...problems, ...problemsOfLeft(waiting, lineOf)].flatMap((problem) =>
      withMistakes(setting, problem, readLines.get(problem.line), offices),
    ),
    marks: { changed: changed.toSorted((one, other) => one - other), ...(found && unsureOf(ready, found)) },
  });
}

/** As long as any is done: what is not there yet, or lies the other way around, may be mended by another line. */
async function takeInRounds(lines: readonly ReadLine[], take: (one: ReadLine) => ReturnType<typeof takeLine>) {
  const taken = { ready: [] as FileLine[], changed: [] as number[], problems: [] as TargetProblem[] };
  let waiting = lines;
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length;
    const left: ReadLine[] = [];
    for (const one of waiting) {
      const done = await take(one);
      if (done.ok && done.value === "waits") left.push(one);
      else if (done.ok) taken.ready.push(one.each);
      else if (done.refusal.code === "target-cycle") left.push({ ...one, cycle: done.refusal });
      else taken.problems.push({ line: one.each.line, ...done.refusal });
      if (done.ok && done.value === "changed") taken.changed.push(one.each.line);
    }
    waiting = left;
  }
  return { ...taken, waiting };
}

/** What else is wrong in the same line, so that it is mended at once. */
function withMistakes(
  { now, rules }: Setting,
  { line, ...first }: TargetProblem,
  read: ReadLine | undefined,
  offices: readonly Office[],
): TargetProblem[] {
  const context = { now, zone: rules.zone, offices, isNew: read?.present === undefined };
  const mistakes = read === undefined ? [] : mistakesIn(read.each, context);
  const isSame = ({ code, values }: Refusal) => code === first.code && values.field === first.values.field;
  const all = mistakes.some(isSame) ? mistakes : [first, ...mistakes];
  return all.map((each) => ({ line, ...each }));
}

/** Why what waited to the end could not be done. */
function problemsOfLeft(waiting: readonly ReadLine[], lineOf: ReadonlyMap<string, number>): TargetProblem[] {
  const cycles = waiting.flatMap(({ each: { line }, cycle }) => (cycle === undefined ? [] : [{ line, ...cycle }]));
  const inVain = waiting.flatMap(({ each: { line }, read, cycle }) =>
    read.ok && cycle === undefined
      ? [{ line, name: read.value.answers.name ?? "", behind: read.value.behind ?? "" }]
      : [],
  );
  return [...cycles, ...problemsOfWaiting(inVain, lineOf)];
}

/**
 * @property present what is there already of that name and kind
 * @property isKnown the line says nothing new of it
 * @property cycle why it cannot be done as the tree is now
 */
type ReadLine = {
  each: FileLine;
  read: Outcome<TargetLine>;
  present: Standing | undefined;
  isKnown: boolean;
  cycle?: Refusal;
};

function readLine(
  setting: Setting,
  each: FileLine,
  context: {
    offices: readonly Office[];
    standing: ReadonlyMap<string, Standing>;
    lineOf: ReadonlyMap<string, number>;
    found: ReadonlyMap<string, NameFound> | undefined;
  },
): ReadLine {
  const read = onlyOnce(withNames(readTargetLine(each, context), context.found), each, context.lineOf);
  const present = read.ok ? standingOf(read.value, context.standing) : undefined;
  const isKnown = read.ok && present !== undefined && !saysNews(setting, present, read.value);
  return { each, read, present, isKnown };
}

/** As much of a name is repeated to who wrote it. */
const longestAddress = 60;

function withNames(read: Outcome<TargetLine>, found: ReadonlyMap<string, NameFound> | undefined): Outcome<TargetLine> {
  for (const check of read.ok ? read.value.checks : []) {
    const host = hostInCheck(check);
    const refusal = refusalOfName(shorten(host, longestAddress), found?.get(host) ?? "resolver-silent");
    if (refusal !== undefined) return refuseAbout(nameFieldOf[check.kind], refusal);
  }
  return read;
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

/** What is there already under that name; of another kind it is not what is meant. */
function standingOf({ kind, answers }: TargetLine, standing: ReadonlyMap<string, Standing>): Standing | undefined {
  const present = standing.get(keyOfTarget(answers.name ?? ""));
  return present?.target.kind === kind ? present : undefined;
}

/** Of which names nobody knows where they lead. */
function unsureOf(lines: readonly FileLine[], found: ReadonlyMap<string, NameFound>): { unsure: number[] } {
  const isUnsure = (each: FileLine) => namesOfTargetFile([each]).some((name) => found.get(name) !== "found");
  return {
    unsure: lines
      .filter(isUnsure)
      .map(({ line }) => line)
      .toSorted((one, other) => one - other),
  };
}

/** @param ids of what is there already, and of what came of the lines before, by its name */
async function takeLine(
  tx: Tx,
  person: Person,
  setting: Setting,
  { read, present }: ReadLine,
  ids: Map<string, number>,
): Promise<Outcome<"added" | "changed" | "waits">> {
  if (!read.ok) return read;
  const { behind, answers } = read.value;
  const parentId = behind === null ? undefined : ids.get(keyOfTarget(behind));
  if (behind !== null && parentId === undefined) return accept("waits");
  if (present !== undefined) {
    const corrected = await correctTarget(tx, person, setting, present, { line: read.value, parentId });
    return corrected.ok ? accept("changed") : refusalOfTargetCell(corrected.refusal);
  }
  const added = await addLine(tx, person, setting, { line: read.value, parentId: parentId ?? null });
  if (!added.ok) return refusalOfTargetCell(added.refusal);
  ids.set(keyOfTarget(answers.name ?? ""), added.value);
  return accept("added");
}

function addLine(
  tx: Tx,
  person: Person,
  setting: Setting,
  { line, parentId }: { line: TargetLine; parentId: number | null },
): Promise<Outcome<number>> {
  const { kind, officeCode, answers, checks } = line;
  const [check, ...others] = checks.map((each) => each.answers);
  const add = () => addTarget(tx, person, setting, { kind, officeCode, parentId, check, answers });
  if (others.length === 0) return add();
  return allOrNothing(tx, async () => {
    const added = await add();
    if (!added.ok) return added;
    for (const other of others) {
      const asked = await addCheck(tx, person, setting, { targetId: added.value, answers: other });
      if (!asked.ok) return asked;
    }
    return added;
  });
}

/** Puts under watch what the list holds. */
export const importTargets = lists.importBy(takeTargets);
