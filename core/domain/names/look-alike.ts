/**
 * What is left of a name when what the eye mixes up is made the same: two names with the same rest look alike.
 * 0 and o, 1 and i and l, rn and m, hyphens, doubled letters. Source: office practice, after UTS 39 ("confusables").
 */
export function lookOf(name: string): string {
  return name
    .split(".")
    .map((label) => withoutDoubles(withoutDoubles(sameLetters(label)).replaceAll("rn", "m")))
    .join(".");
}

function sameLetters(label: string): string {
  return label.replaceAll("-", "").replaceAll("0", "o").replaceAll(/[1i]/g, "l");
}

function withoutDoubles(label: string): string {
  return label.replaceAll(/(.)\1+/g, "$1");
}
