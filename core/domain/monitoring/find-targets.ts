import { similar, wordsOf } from "../form/slips.ts";
import type { Person } from "../people/person.ts";
import { seesAllTargets } from "./target-access.ts";

/** A target as people may call it. @property others other words for it than its name, such as its office */
export type Called = { id: number; name: string; others: readonly string[] };

/** As this person may call it: providers and contracts are the desk's. */
export function calledBy<Each extends Called & { contract: readonly string[] }>(person: Person, target: Each): Each {
  return seesAllTargets(person) ? { ...target, others: [...target.others, ...target.contract] } : target;
}

/**
 * What somebody may have meant, the likeliest first: the one that is called so; else all that have each of the words somewhere, those
 * that have them in their name before the others; else all that have something like each of the words, so that a slip of the thumb
 * finds it, too. Capitals do not matter.
 */
export function findTargets(typed: string, targets: readonly Called[]): Called[] {
  const words = wordsOf(typed);
  if (words.length === 0) return [];
  const called = targets.filter(({ name }) => isCalled(name, words));
  if (called.length > 0) return called;
  const having = targets.filter((target) => hasAll(target, words));
  return having.length > 0 ? nearestFirst(having, words) : similar(words, targets, allOf).map(({ each }) => each);
}

/**
 * The office that is called so, by its code or its name, where nothing that is watched has these words: what is like them is then not
 * what was meant. With a slip, or a part of it, the one office that is more like them than any other, and than all that is watched.
 *
 * @param targets all that are watched, whoever may see them
 */
export function findUnwatchedOffice<Office extends { id: number; code: string; name: string }>(
  typed: string,
  offices: readonly Office[],
  targets: readonly Called[],
): Office | undefined {
  const words = wordsOf(typed);
  if (words.length === 0 || targets.some((target) => hasAll(target, words))) return undefined;
  const called = offices.find(({ code, name }) => isCalled(code, words) || isCalled(name, words));
  if (called !== undefined) return called;
  const [nearest, next] = similar(words, offices, ({ code, name }) => wordsOf(`${code} ${name}`));
  const [likeliest] = similar(words, targets, allOf);
  const others = Math.min(next?.slips ?? Number.POSITIVE_INFINITY, likeliest?.slips ?? Number.POSITIVE_INFINITY);
  return nearest !== undefined && nearest.slips < others ? nearest.each : undefined;
}

function isCalled(name: string, words: readonly string[]): boolean {
  return wordsOf(name).join(" ") === words.join(" ");
}

function hasAll(target: Called, words: readonly string[]): boolean {
  const all = allOf(target).join(" ");
  return words.every((word) => all.includes(word));
}

function nearestFirst(targets: readonly Called[], words: readonly string[]): Called[] {
  const farOf = (target: Called) => words.reduce((far, word) => far + farFrom(target, word), 0);
  return targets.toSorted((one, other) => farOf(one) - farOf(other));
}

/** 0: a word of its name; 1: that begins so; 2: a part of its name; 3: it is known by that elsewhere */
function farFrom({ name }: Called, word: string): number {
  const own = wordsOf(name);
  if (own.includes(word)) return 0;
  if (own.some((each) => each.startsWith(word))) return 1;
  return own.some((each) => each.includes(word)) ? 2 : 3;
}

function allOf({ name, others }: Called): string[] {
  return [name, ...others].flatMap(wordsOf);
}
