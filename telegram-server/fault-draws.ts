import { createHash } from "node:crypto";

/** What `draw` is below. */
export const drawsBelow = 2 ** 32;

/**
 * A whole number that looks random and is always the same for the same values: a counter that is hashed. So each fault is drawn
 * by itself, and a poll more or less elsewhere does not shift the others. source: Salmon et al., "Parallel random numbers: as
 * easy as 1, 2, 3" (2011)
 */
export function draw(...of: (string | number)[]): number {
  return createHash("sha256").update(JSON.stringify(of)).digest().readUInt32BE(0);
}

/** In another order, always the same for the same draw. source: Fisher and Yates, in the form of Knuth, TAOCP 3.4.2 P */
export function shuffled<Item>(items: readonly Item[], drawn: number): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = draw(drawn, last) % (last + 1);
    [order[last], order[other]] = [order[other] as Item, order[last] as Item];
  }
  return order.every((item, index) => item === items[index]) ? order.reverse() : order;
}
