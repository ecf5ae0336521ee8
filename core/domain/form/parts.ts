/** Between the parts of an answer that came in several messages. */
const separator = "\n";

/** Words that came in several messages as one answer; a message without words adds nothing. */
export function joinParts(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(separator);
}

/**
 * The answer with one of its parts replaced. The parts are known by their lengths only, so that nobody's words are kept
 * twice.
 *
 * @param lengths of all parts in their order; 0 for a message without words
 * @returns undefined when the answer is not made of these parts
 */
export function replacePart(
  answer: string,
  lengths: readonly number[],
  index: number,
  words: string,
): string | undefined {
  const parts: string[] = [];
  let from = 0;
  for (const length of lengths) {
    parts.push(answer.slice(from, from + length));
    if (length > 0) from += length + separator.length;
  }
  const isWhole = joinParts(parts) === answer && parts.every((part, each) => part.length === lengths[each]);
  if (lengths[index] === undefined || !isWhole) return undefined;
  return joinParts(parts.with(index, words));
}
