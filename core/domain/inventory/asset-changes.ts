import type { Asset } from "./asset.ts";
import { type AssetField, type AssetValues, assetFields, keyOfField } from "./asset-fields.ts";

/** What can become another thing of an asset. */
export type ChangedField = AssetField | "kind" | "office" | "state";

/** One thing of an asset that became another; null: nothing stood there. Kinds, states, codes of offices and days as they are stored. */
export type AssetChange = { field: ChangedField; before: string | null; after: string | null };

/** What is compared of an asset. */
export type Comparable = AssetValues & Pick<Asset, "officeCode" | "state">;

/** In the order of the questions. */
export function changesBetween(before: Comparable, after: Comparable): AssetChange[] {
  const all: [ChangedField, unknown, unknown][] = [
    ["kind", before.kind, after.kind],
    ...assetFields.map((field): [ChangedField, unknown, unknown] => {
      return [field, before[keyOfField[field]], after[keyOfField[field]]];
    }),
    ["office", before.officeCode, after.officeCode],
    ["state", before.state, after.state],
  ];
  return all
    .map(([field, from, to]) => ({ field, before: written(from), after: written(to) }))
    .filter((change) => change.before !== change.after);
}

function written(value: unknown): string | null {
  return value === null ? null : String(value);
}
