import fc from "fast-check";
import { isLikeFormula } from "../../../../core/domain/form/csv.ts";
import { cleanLine } from "../../../../core/domain/form/text.ts";
import { type Asset, assetKinds, assetStates } from "../../../../core/domain/inventory/asset.ts";
import { type AssetField, isAskedOf } from "../../../../core/domain/inventory/asset-fields.ts";
import { maintainerKinds } from "../../../../core/domain/maintenance/maintainer.ts";
import { sundayMorning } from "../../../support/domain.ts";

export const context = { now: sundayMorning, zone: "Asia/Jakarta" };

export const offices = [
  { id: 1, code: "Dinkes" },
  { id: 2, code: "Disdik" },
];

/** As a form or a list would take it. */
const line = fc
  .string({ minLength: 1, maxLength: 30, unit: "grapheme" })
  .map(cleanLine)
  .filter((text) => text !== "" && text.length <= 60 && !isLikeFormula(text));

const unknown = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

/** Something of the inventory that has only what its kind is asked. */
export const anAsset: fc.Arbitrary<Asset> = fc
  .record({
    ...{ kind: fc.constantFrom(...assetKinds), state: fc.constantFrom(...assetStates), name: line },
    ...{ model: unknown(line), serialNumber: unknown(line), assetTag: unknown(line), location: unknown(line) },
    ...{ provider: unknown(line), circuitNumber: unknown(line), ports: fc.integer({ min: 0, max: 1024 }) },
    bandwidthMbps: unknown(fc.integer({ min: 1, max: 100_000 })),
    endsOn: unknown(fc.constantFrom("2026-12-31", "2028-02-29", "2020-01-01")),
    maintainer: unknown(fc.constantFrom(...maintainerKinds)),
    office: fc.constantFrom(...offices),
  })
  .map(({ office, ...asset }) => {
    const { kind } = asset;
    const needed = kind === "bandwidth";
    const asked = <Value>(field: AssetField, value: Value | null, instead: Value): Value | null => {
      if (!isAskedOf(kind, field)) return null;
      return value ?? (needed ? instead : null);
    };
    return {
      ...asset,
      ...{ model: asked("model", asset.model, "X"), serialNumber: asked("serial-number", asset.serialNumber, "X") },
      ...{ assetTag: asked("asset-tag", asset.assetTag, "X"), location: asset.location },
      ...{
        ports: isAskedOf(kind, "ports") ? asset.ports : 0,
        provider: asked("provider", asset.provider, "PT Telkom"),
      },
      ...{ circuitNumber: asked("circuit-number", asset.circuitNumber, "1") },
      ...{ bandwidthMbps: asked("bandwidth-mbps", asset.bandwidthMbps, 10) },
      ...{ endsOn: asked("ends-on", asset.endsOn, "2026-12-31") },
      ...{ officeId: office.id, officeCode: office.code, officeName: office.code },
      ...{ id: 1, ticketId: null, addedBy: 1, addedAt: sundayMorning, changedAt: sundayMorning, version: 1 },
    };
  });
