import { draw, drawsBelow } from "../../telegram-server/fault-draws.ts";

/** Chance that a seed decides. Each name has draws of its own, so that what one person chooses shifts nobody else's. */
export class Draws {
  readonly #seed: number;
  readonly #name: string;
  #count = 0;

  constructor(seed: number, name: string) {
    this.#seed = seed;
    this.#name = name;
  }

  /** From 0, below 1. */
  fraction(): number {
    this.#count += 1;
    return draw(this.#seed, this.#name, this.#count) / drawsBelow;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  happens(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** @throws RangeError there is nothing to choose from */
  pick<Item>(among: readonly Item[]): Item {
    const item = among[this.between(0, among.length - 1)];
    if (item === undefined) throw new RangeError("choosing from nothing");
    return item;
  }

  /** Each by its weight. */
  weighted<Name extends string>(weights: Record<Name, number>): Name {
    const names = Object.keys(weights) as Name[];
    let left = this.fraction() * names.reduce((sum, name) => sum + weights[name], 0);
    for (const name of names) {
      left -= weights[name];
      if (left < 0) return name;
    }
    return this.pick(names);
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, place: this.fraction() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item);
  }
}
