import { distance } from "fastest-levenshtein";
import type { Person } from "../people/person.ts";
import { seesAllTargets } from "./target-access.ts";

/** A target as people may call it. @property others other words for it than its name, such as its office */
export type Called = { id: number; name: string; others: readonly string[] };

/** As this person may call it: providers and contracts are the desk's. */
export function calledBy<Each extends Called & { contract: readonly string[] }>(person: Person, target: Each): Each {
  return seesAllTargets(person) ? { ...target, others: [...target.others, ...target.contract] } : target;
}

/**
 * What somebody may have meant, the likeliest first: the one that is called so; else all that have each of the words somewhere; else
 * all that have something like each of the words, so that a slip of the thumb finds it, too. Capitals do not matter.
 */
export function findTargets(typed: string, targets: readonly Called[]): Called[] {
  const words = wordsOf(typed);
  if (words.length === 0) return [];
  const called = targets.filter(({ name }) => isCalled(name, words));
  if (called.length > 0) return called;
  const having = targets.filter((target) => hasAll(target, words));
  return having.length > 0 ? having : similar(words, targets).map(({ called }) => called);
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
  const [nearest, next] = similar(
    words,
    offices.map((office) => ({ ...office, others: [office.code] })),
  );
  const [likeliest] = similar(words, targets);
  const others = Math.min(next?.slips ?? Number.POSITIVE_INFINITY, likeliest?.slips ?? Number.POSITIVE_INFINITY);
  return nearest !== undefined && nearest.slips < others ? nearest.called : undefined;
}

function isCalled(name: string, words: readonly string[]): boolean {
  return wordsOf(name).join(" ") === words.join(" ");
}

function hasAll(target: Called, words: readonly string[]): boolean {
  const all = allOf(target).join(" ");
  return words.every((word) => all.includes(word));
}

/** Those that have something like each of the words, the fewest slips first. */
function similar<Each extends Called>(
  words: readonly string[],
  all: readonly Each[],
): { called: Each; slips: number }[] {
  return all
    .flatMap((called) => {
      const slips = slipsIn(words, allOf(called));
      return slips === undefined ? [] : [{ called, slips }];
    })
    .toSorted((one, other) => one.slips - other.slips);
}

/** undefined: one of the words is like none of these */
function slipsIn(words: readonly string[], others: readonly string[]): number | undefined {
  let slips = 0;
  for (const word of words) {
    const fewest = Math.min(...others.map((other) => distance(word, other)));
    if (fewest > slipsAllowed(word)) return undefined;
    slips += fewest;
  }
  return slips;
}

/** Two letters that changed places are two slips. A short word is like too many others. */
function slipsAllowed(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 5 ? 1 : 2;
}

function allOf({ name, others }: Called): string[] {
  return [name, ...others].flatMap(wordsOf);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
