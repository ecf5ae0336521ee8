import type { Family } from "./address.ts";
import { overlaps, type Range } from "./ranges.ts";

export type Span = Range & { family: Family };

/** Finds among many spans, most of which are one address, those that one touches. */
export class SpanIndex<Item extends Span> {
  readonly #ofOne = new Map<string, Item[]>();
  readonly #ofMany: Item[] = [];

  add(item: Item): void {
    if (item.first !== item.last) {
      this.#ofMany.push(item);
      return;
    }
    const key = keyOf(item);
    this.#ofOne.set(key, [...(this.#ofOne.get(key) ?? []), item]);
  }

  touching(span: Span): Item[] {
    const isTouched = (item: Item) => item.family === span.family && overlaps(item, span);
    const ofOne = span.first === span.last ? (this.#ofOne.get(keyOf(span)) ?? []) : [...this.#ofOne.values()].flat();
    return [...ofOne, ...this.#ofMany].filter(isTouched);
  }
}

function keyOf({ family, first }: Span): string {
  return `${family} ${first}`;
}
