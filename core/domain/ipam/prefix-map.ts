import { widthOf } from "./address.ts";
import type { RangeKind } from "./address-range.ts";
import { type Prefix, usableOf } from "./prefix.ts";
import { intersection, type Range, sizeOf } from "./ranges.ts";

/** So many squares at most has the picture of a prefix: 2 to this. */
const mostBits = 10;

/** How a prefix is divided into squares, each of which stands for as many addresses. */
export type MapGrid = {
  /** The length of the prefix that one square stands for. */
  cellLength: number;
  columns: number;
  rows: number;
  /** Addresses in a square. */
  cellSize: bigint;
};

/** `edge`: the network's own and the broadcast address, of which nobody gets any. */
export type CellKind = Exclude<RangeKind, "free"> | "nested" | "edge";

/** Some addresses of one kind within that range, `count` of them. */
export type Mark = Range & { kind: CellKind; count: bigint };

/** What is in a square; `kind` undefined: all of it is free. */
export type Cell = { kind: CellKind | undefined; isFull: boolean };

export function gridOf(prefix: Prefix): MapGrid {
  const cellLength = Math.min(widthOf[prefix.family], prefix.length + mostBits);
  const bits = cellLength - prefix.length;
  const columns = 2 ** Math.ceil(bits / 2);
  return { cellLength, columns, rows: 2 ** bits / columns, cellSize: sizeOf(prefix) >> BigInt(bits) };
}

/** What is seen first, where a square holds several. */
const order: readonly CellKind[] = ["assigned", "reserved", "quarantined", "kept-free", "nested", "edge"];

/**
 * The squares of a prefix, row by row.
 *
 * @param marks what is not free in it, the edges aside; of one square each, or whole ranges
 */
export function cellsOf(prefix: Prefix, marks: readonly Mark[]): Cell[] {
  const { columns, rows, cellSize } = gridOf(prefix);
  const counts = Array.from({ length: columns * rows }, () => new Map<CellKind, bigint>());
  for (const mark of [...marks, ...edgesOf(prefix, marks)]) {
    const isRange = mark.count === sizeOf(mark);
    const last = Number((mark.last - prefix.first) / cellSize);
    for (let index = Number((mark.first - prefix.first) / cellSize); index <= last; index++) {
      const first = prefix.first + BigInt(index) * cellSize;
      const both = intersection(mark, { first, last: first + cellSize - 1n });
      const cell = counts[index];
      if (both === undefined || cell === undefined) continue;
      cell.set(mark.kind, (cell.get(mark.kind) ?? 0n) + (isRange ? sizeOf(both) : mark.count));
    }
  }
  // Among thousands of addresses an edge is not worth a colour.
  const isShown = (kind: CellKind) => kind !== "edge" || cellSize === 1n;
  return counts.map((cell) => ({
    kind: order.find((kind) => cell.has(kind) && isShown(kind)),
    isFull: cell.values().reduce((sum, count) => sum + count, 0n) === cellSize,
  }));
}

/** The edges that are in no nested prefix. */
function edgesOf(prefix: Prefix, marks: readonly Mark[]): Mark[] {
  const usable = usableOf(prefix);
  const edges = [prefix.first, prefix.last].filter((number) => number < usable.first || number > usable.last);
  const isNested = (number: bigint) =>
    marks.some(({ kind, first, last }) => kind === "nested" && first <= number && number <= last);
  return edges
    .filter((number) => !isNested(number))
    .map((number) => ({ kind: "edge", first: number, last: number, count: 1n }));
}
