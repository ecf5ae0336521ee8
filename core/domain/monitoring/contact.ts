import type { Person } from "../people/person.ts";

/**
 * Who of an office is meant by the contact of a site, "Rina Wulandari, 0812-3456-7890": whose name has all its words. Of several the one
 * that is called just so.
 *
 * @returns undefined: nobody, or it may be more than one
 */
export function personInContact<Known extends Pick<Person, "name">>(
  contact: string,
  people: readonly Known[],
): Known | undefined {
  const words = wordsOf(contact);
  if (words.length === 0) return undefined;
  const meant = people.filter(({ name }) => words.every((word) => wordsOf(name).includes(word)));
  if (meant.length === 1) return meant[0];
  const called = meant.filter(({ name }) => wordsOf(name).length === words.length);
  return called.length === 1 ? called[0] : undefined;
}

/** Numbers of telephones are no words. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
