import { shorten } from "../form/text.ts";
import { type Refusal, refuse } from "../outcome.ts";
import { keyOfTarget, type TargetProblem } from "./target-file.ts";

/** A line of a list that waits for what it lies behind. */
export type WaitingLine = { line: number; name: string; behind: string };

/** So many of a circle are named. */
const circleShown = 3;

/** A cell that slipped into another column may be as long as one likes. */
const longestName = 40;

/**
 * Why lines wait in vain: nothing is called like what they lie behind, its own line is wrong, or they lie behind each other. A circle
 * is told in full at its first line.
 *
 * @param lineOf the line in which a name stands first, by `keyOfTarget`
 */
export function problemsOfWaiting(
  waiting: readonly WaitingLine[],
  lineOf: ReadonlyMap<string, number>,
): TargetProblem[] {
  const circles = circlesIn(waiting);
  return waiting.map((each) => {
    const { line, behind } = each;
    const circle = circles.get(each);
    if (circle !== undefined) return { line, ...refusalOfCircle(circle, line) };
    const name = shorten(behind, longestName);
    const wrongLine = lineOf.get(keyOfTarget(behind));
    return wrongLine === undefined
      ? { line, ...refuse("target-behind-unknown", { name, field: "parent" }).refusal }
      : { line, ...refuse("target-behind-wrong-line", { name, line: wrongLine, field: "parent" }).refusal };
  });
}

/** The circle to which a line belongs, if any, from its first line on, each next behind the one after it. */
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
    const start = circle.reduce((first, { line }, index) => (line < (circle[first]?.line ?? 0) ? index : first), 0);
    for (const each of circle) circles.set(each, [...circle.slice(start), ...circle.slice(0, start)]);
  }
  return circles;
}

/** Names hold no end of a line. */
function refusalOfCircle(circle: readonly WaitingLine[], line: number): Refusal {
  const firstLine = circle[0]?.line ?? line;
  if (firstLine !== line) return refuse("target-in-circle", { firstLine, field: "parent" }).refusal;
  const shown = circle.slice(0, circleShown);
  const names = shown.map(({ name }) => shorten(name, longestName)).join("\n");
  const numbers = shown.map((each) => each.line).join();
  return refuse("target-circle-in-file", { names, numbers, more: circle.length - shown.length, field: "parent" })
    .refusal;
}
