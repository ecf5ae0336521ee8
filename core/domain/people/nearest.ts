/** How many letters have to be changed, added or taken out to make one text of the other. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const swap = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The one that is most like the text, capitals aside; undefined where none is at all like it. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  let best: { candidate: string; changes: number } | undefined;
  for (const candidate of candidates) {
    const changes = distance(wanted, candidate.toLowerCase());
    if (best === undefined || changes < best.changes) best = { candidate, changes };
  }
  const mostChanges = Math.max(2, Math.floor(wanted.length / 2));
  return best !== undefined && best.changes <= mostChanges ? best.candidate : undefined;
}
