/** From the first instant to before the second; empty where `until` is not after `from`. */
export type Span = { from: Date; until: Date };

/** In order, and none touches another. */
function union(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(({ from, until }) => from < until).sort((one, other) => +one.from - +other.from);
  const united: Span[] = [];
  for (const span of sorted) {
    const last = united.at(-1);
    if (last === undefined || last.until < span.from) united.push(span);
    else if (span.until > last.until) united[united.length - 1] = { from: last.from, until: span.until };
  }
  return united;
}

export function intersect(some: readonly Span[], others: readonly Span[]): Span[] {
  const [left, right] = [union(some), union(others)];
  const common: Span[] = [];
  let [at, beside] = [0, 0];
  for (let one = left[at], other = right[beside]; one && other; one = left[at], other = right[beside]) {
    const from = one.from > other.from ? one.from : other.from;
    const until = one.until < other.until ? one.until : other.until;
    if (from < until) common.push({ from, until });
    if (one.until < other.until) at += 1;
    else beside += 1;
  }
  return common;
}

export function subtract(some: readonly Span[], others: readonly Span[]): Span[] {
  const away = union(others);
  const whole = union(some);
  const [first, last] = [whole[0], whole.at(-1)];
  if (first === undefined || last === undefined) return [];
  const edges = [first.from, ...away.flatMap(({ from, until }) => [from, until]), last.until];
  const between: Span[] = [];
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const [from, until] = [edges[index], edges[index + 1]];
    if (from !== undefined && until !== undefined && from < until) between.push({ from, until });
  }
  return intersect(whole, between);
}

export function lengthMs(spans: readonly Span[]): number {
  return union(spans).reduce((sum, { from, until }) => sum + until.getTime() - from.getTime(), 0);
}
