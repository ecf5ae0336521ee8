import { describe, expect, it } from "vitest";
import { prefixOf } from "../../../../core/domain/ipam/prefix.ts";
import { type CellKind, cellsOf, gridOf, type Mark } from "../../../../core/domain/ipam/prefix-map.ts";
import { parseRange } from "../../../../core/domain/ipam/range-text.ts";
import { sizeOf } from "../../../../core/domain/ipam/ranges.ts";

function mark(kind: CellKind, text: string, count?: bigint): Mark {
  const range = parseRange(text);
  if (!range.ok) throw new Error(text);
  const { first, last } = range.value;
  return { kind, first, last, count: count ?? sizeOf({ first, last }) };
}

/** "0 edge full", of those that are not free. */
const shown = (network: string, marks: readonly Mark[]) =>
  cellsOf(prefixOf(network), marks).flatMap(({ kind, isFull }, index) =>
    kind === undefined ? [] : [`${index} ${kind} ${isFull ? "full" : "part"}`],
  );

describe("the picture of a prefix", () => {
  it.each([
    ["10.0.0.0/32", 1, 1, 1n],
    ["10.0.0.0/29", 4, 2, 1n],
    ["10.0.0.0/24", 16, 16, 1n],
    ["10.0.0.0/22", 32, 32, 1n],
    ["10.0.0.0/8", 32, 32, 2n ** 14n],
    ["2001:db8::/64", 32, 32, 2n ** 54n],
  ])("of %s has %i by %i squares", (network, columns, rows, cellSize) => {
    const prefix = prefixOf(network);
    expect(gridOf(prefix)).toMatchObject({ columns, rows, cellSize });
    expect(cellsOf(prefix, [])).toHaveLength(columns * rows);
  });

  it("shows each address, and the edges that nobody gets", () => {
    const marks = [mark("assigned", "10.0.0.1"), mark("reserved", "10.0.0.3"), mark("kept-free", "10.0.0.4-10.0.0.5")];
    expect(shown("10.0.0.0/29", marks)).toEqual([
      "0 edge full",
      "1 assigned full",
      "3 reserved full",
      "4 kept-free full",
      "5 kept-free full",
      "7 edge full",
    ]);
  });

  it("leaves the edges to what is nested there", () => {
    expect(shown("10.0.0.0/29", [mark("nested", "10.0.0.0-10.0.0.3")])).toEqual([
      ...["0 nested full", "1 nested full", "2 nested full", "3 nested full", "7 edge full"],
    ]);
  });

  it("of many addresses to a square says which of them are full", () => {
    const marks = [
      mark("assigned", "10.0.0.0-10.0.63.255", 3n),
      mark("quarantined", "10.0.0.0-10.0.63.255", 1n),
      mark("assigned", "10.0.64.0-10.0.127.255", 2n ** 14n),
      mark("nested", "10.0.128.0-10.1.63.255"),
      mark("kept-free", "10.1.64.0-10.1.64.9"),
    ];
    expect(shown("10.0.0.0/8", marks)).toEqual([
      ...["0 assigned part", "1 assigned full", "2 nested full", "3 nested full", "4 nested full", "5 kept-free part"],
    ]);
  });

  it("of an IPv6 network counts beyond what a number holds", () => {
    const half = mark("kept-free", "2001:db8::8000:0:0:0-2001:db8::ffff:ffff:ffff:ffff");
    const cells = cellsOf(prefixOf("2001:db8::/64"), [half, mark("assigned", "2001:db8::1")]);
    expect(cells[0]).toEqual({ kind: "assigned", isFull: false });
    expect(cells[511]).toEqual({ kind: undefined, isFull: false });
    expect(cells.slice(512).every(({ kind, isFull }) => kind === "kept-free" && isFull)).toBe(true);
  });
});
