import { refuse } from "../outcome.ts";
import { keyOfTarget, type TargetProblem } from "./target-file.ts";

/** A line of a list that waits for what it lies behind. */
export type WaitingLine = { line: number; name: string; behind: string };

/** So many of a circle are named. */
const circleShown = 5;

/**
 * Why lines wait in vain: nothing is called like what they lie behind, its own line is wrong, or they lie behind each other.
 *
 * @param lineOf the line in which a name stands first, by `keyOfTarget`
 */
export function problemsOfWaiting(
  waiting: readonly WaitingLine[],
  lineOf: ReadonlyMap<string, number>,
): TargetProblem[] {
  const circles = circlesIn(waiting);
  return waiting.map((each) => {
    const { line, behind: name } = each;
    const circle = circles.get(each);
    if (circle !== undefined) return { line, ...refuse("target-circle-in-file", valuesOf(circle)).refusal };
    const wrongLine = lineOf.get(keyOfTarget(name));
    return wrongLine === undefined
      ? { line, ...refuse("target-behind-unknown", { name, field: "parent" }).refusal }
      : { line, ...refuse("target-behind-wrong-line", { name, line: wrongLine, field: "parent" }).refusal };
  });
}

/** The circle to which a line belongs, if any, each next behind the one after it. */
function circlesIn(waiting: readonly WaitingLine[]): Map<WaitingLine, WaitingLine[]> {
  const byName = new Map(waiting.map((each) => [keyOfTarget(each.name), each]));
  const circles = new Map<WaitingLine, WaitingLine[]>();
  const passed = new Set<WaitingLine>();
  for (const first of waiting) {
    const way: WaitingLine[] = [];
    let at: WaitingLine | undefined = first;
    for (; at !== undefined && !passed.has(at); at = byName.get(keyOfTarget(at.behind))) {
      passed.add(at);
      way.push(at);
    }
    const circle = at === undefined || !way.includes(at) ? [] : way.slice(way.indexOf(at));
    for (const each of circle) circles.set(each, circle);
  }
  return circles;
}

/** Names hold no end of a line. */
function valuesOf(circle: readonly WaitingLine[]) {
  const shown = circle.slice(0, circleShown);
  const names = shown.map(({ name }) => name).join("\n");
  return { names, numbers: shown.map(({ line }) => line).join(), more: circle.length - shown.length, field: "parent" };
}
