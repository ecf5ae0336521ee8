import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvOf } from "../../../../core/domain/form/csv.ts";
import { assetColumns, cellsOf, checkAssetLines } from "../../../../core/domain/inventory/asset-file.ts";
import { parseCsv } from "../../../../worker/csv.ts";
import { anAsset, context, offices } from "./an-asset.ts";

const line = (number: number, ...cells: string[]) => ({
  line: number,
  cells: assetColumns.map((_, index) => cells[index] ?? ""),
});

it("what is exported is known line by line, whatever it is", () => {
  fc.assert(
    fc.property(fc.array(anAsset, { maxLength: 5 }), (assets) => {
      const parsed = parseCsv(Buffer.from(csvOf([[...assetColumns], ...assets.map(cellsOf)])));
      if (!parsed.ok) throw new Error(parsed.refusal.code);
      const checked = checkAssetLines(parsed.value.slice(1), { offices, assets }, context);
      expect(checked.problems).toEqual([]);
      expect(checked.known).toHaveLength(assets.length);
    }),
  );
});

it("what is exported can be had again where nothing is yet", () => {
  fc.assert(
    fc.property(anAsset, (asset) => {
      const checked = checkAssetLines([{ line: 2, cells: cellsOf(asset) }], { offices, assets: [] }, context);
      expect(checked.problems).toEqual([]);
      const { kind, name, serialNumber, endsOn, maintainer, ports } = asset;
      expect(checked.ready).toMatchObject([
        {
          ...{ line: 2, officeId: asset.officeId, state: asset.state },
          values: { kind, name, serialNumber, endsOn, maintainer, ports },
        },
      ]);
    }),
  );
});

describe("a line", () => {
  const check = (...lines: ReturnType<typeof line>[]) => checkAssetLines(lines, { offices, assets: [] }, context);

  it("is read whatever its letters are, with spaces around", () => {
    const checked = check(line(2, " Switch ", "  SW   1 ", "DINKES", "DIPAKAI"));
    expect(checked.ready).toMatchObject([{ officeId: 1, state: "in-use", values: { kind: "switch", name: "SW 1" } }]);
  });

  it("whose name an earlier line has is told, unless one of both is not used any more", () => {
    expect(check(line(2, "pc", "A"), line(3, "komputer", "A", "Dinkes", "dipakai")).problems).toHaveLength(1);
    const one = line(2, "switch", "A", "Dinkes", "dipakai");
    expect(check(one, line(3, "switch", "a", "Disdik", "rusak")).problems).toEqual([
      { line: 3, code: "asset-twice", values: { firstLine: 2, field: "name" } },
    ]);
    expect(check(one, line(3, "switch", "a", "Disdik", "tidak-dipakai")).problems).toEqual([]);
  });

  it.each<[string, string[], string]>([
    ["of no kind", ["", "A", "Dinkes", "dipakai"], "asset-kind-unknown"],
    ["of no state", ["switch", "A", "Dinkes", ""], "asset-state-unknown"],
    ["of no office", ["switch", "A", "", "dipakai"], "office-unknown"],
    ["without a name", ["switch", "", "Dinkes", "dipakai"], "cell-missing"],
    ["with a formula", ["switch", "@A", "Dinkes", "dipakai"], "cell-like-formula"],
    ["with a line end", ["switch", "A\nB", "Dinkes", "dipakai"], "cell-with-controls"],
    [
      "with a day that is none",
      ["backbone", "A", "Dinkes", "dipakai", ...Array(8).fill(""), "31-02-2027"],
      "date-unreadable",
    ],
    [
      "with a provider of a switch",
      ["switch", "A", "Dinkes", "dipakai", "", "", "", "", "", "PT"],
      "field-not-of-kind",
    ],
    ["of minus one port", ["switch", "A", "Dinkes", "dipakai", "", "", "", "", "-1"], "cell-like-formula"],
  ])("%s is told", (_, cells, code) => {
    expect(check(line(2, ...cells)).problems).toMatchObject([{ line: 2, code }]);
  });
});
