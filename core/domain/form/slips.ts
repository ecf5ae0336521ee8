import { distance } from "fastest-levenshtein";

/** The words of a text in small letters, without signs. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Those that have something like each of the words, the fewest slips first. @param saidOf the words by which each is known */
export function similar<Each>(
  words: readonly string[],
  all: readonly Each[],
  saidOf: (each: Each) => readonly string[],
): { each: Each; slips: number }[] {
  return all
    .flatMap((each) => {
      const slips = slipsIn(words, saidOf(each));
      return slips === undefined ? [] : [{ each, slips }];
    })
    .toSorted((one, other) => one.slips - other.slips);
}

/** undefined: one of the words is like none of these */
function slipsIn(words: readonly string[], others: readonly string[]): number | undefined {
  let slips = 0;
  for (const word of words) {
    const fewest = Math.min(...others.map((other) => (other.includes(word) ? 0 : distance(word, other))));
    if (fewest > slipsAllowed(word, words.length)) return undefined;
    slips += fewest;
  }
  return slips;
}

/** Two letters that changed places are two slips. A short word is like too many others, unless another stands beside it. */
function slipsAllowed({ length }: string, wordCount: number): number {
  if (length < 4) return length === 3 && wordCount > 1 ? 1 : 0;
  return length < 5 ? 1 : 2;
}
