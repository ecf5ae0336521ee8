import { similar, wordsOf } from "./slips.ts";

/**
 * The choices that what was typed may mean: the one that is called so, or else all that have each of the words
 * somewhere in their name or label. Capitals do not matter.
 *
 * @param choices label by name, e.g. `{ Dinkes: "Dinas Kesehatan" }`
 * @returns names, in the order of the choices
 */
export function matchesOf(typed: string, choices: Readonly<Record<string, string>>): string[] {
  const text = typed.trim().toLowerCase();
  const words = text.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const all = Object.entries(choices).map(([name, label]) => ({
    name,
    says: [name.toLowerCase(), label.toLowerCase()],
  }));
  const called = all.filter(({ says }) => says.includes(text));
  const found =
    called.length > 0 ? called : all.filter(({ says }) => words.every((word) => says.join(" ").includes(word)));
  return found.map(({ name }) => name);
}

/** As `matchesOf`; where it finds none, the choices that what was typed is like, word by word, the likeliest first. */
export function choicesLike(typed: string, choices: Readonly<Record<string, string>>): string[] {
  const found = matchesOf(typed, choices);
  const words = wordsOf(typed);
  if (found.length > 0 || words.length === 0) return found;
  return similar(words, Object.entries(choices), (said) => said.flatMap(wordsOf)).map(({ each: [name] }) => name);
}
