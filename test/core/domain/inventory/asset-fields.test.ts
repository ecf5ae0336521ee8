import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAnswers } from "../../../../core/domain/form/field.ts";
import { assetKinds } from "../../../../core/domain/inventory/asset.ts";
import { changesBetween } from "../../../../core/domain/inventory/asset-changes.ts";
import { type AssetValues, answersOf, fieldsOf, valuesOf } from "../../../../core/domain/inventory/asset-fields.ts";
import { anAsset, context } from "./an-asset.ts";

const namesOf = (kind: (typeof assetKinds)[number]) => fieldsOf(kind).map(({ name }) => name);

describe("the questions", () => {
  it.each(assetKinds)("about a %s begin with its name, and ask who maintains it", (kind) => {
    expect(namesOf(kind)[0]).toBe("name");
    expect(namesOf(kind)).toContain("maintainer");
  });

  it("for ports are asked only where a cable goes in", () => {
    const without = assetKinds.filter((kind) => !namesOf(kind).includes("ports"));
    expect(without).toEqual(["backbone", "bandwidth", "office-lan", "pc", "printer"]);
  });

  it("of a contract are asked of links and contracts only", () => {
    for (const field of ["provider", "circuit-number", "bandwidth-mbps", "ends-on"]) {
      expect(assetKinds.filter((kind) => namesOf(kind).includes(field))).toEqual(["backbone", "bandwidth"]);
    }
  });
});

it("what is known of an asset is what its form would be answered with, and the other way round", () => {
  fc.assert(
    fc.property(anAsset, (asset) => {
      const answers = answersOf(asset);
      const parsed = parseAnswers(fieldsOf(asset.kind), answers, context);
      expect(parsed).toEqual({ ok: true, value: answers });
      expect(valuesOf(asset.kind, answers)).toEqual(valuesIn(asset));
    }),
  );
});

it("a change says of each thing that is different what it was and became, and nothing else", () => {
  fc.assert(
    fc.property(anAsset, anAsset, (one, other) => {
      const changes = changesBetween(one, other);
      expect(changesBetween(one, one)).toEqual([]);
      expect(changesBetween(other, one)).toEqual(
        changes.map(({ field, before, after }) => ({ field, before: after, after: before })),
      );
      expect(changes.some(({ field }) => field === "name")).toBe(one.name !== other.name);
      expect(changes.some(({ field }) => field === "ports")).toBe(one.ports !== other.ports);
    }),
  );
});

function valuesIn(asset: AssetValues): AssetValues {
  const { kind, name, model, serialNumber, assetTag, location, ports, provider } = asset;
  const { circuitNumber, bandwidthMbps, endsOn, maintainer } = asset;
  return {
    ...{ kind, name, model, serialNumber, assetTag, location, ports, provider },
    ...{ circuitNumber, bandwidthMbps, endsOn, maintainer },
  };
}
