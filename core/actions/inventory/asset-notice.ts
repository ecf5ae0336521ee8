export type AssetNotice =
  | { kind: "asset-import"; importId: number }
  /** All that is wrong in a list of assets, as a document. */
  | { kind: "asset-import-problems"; importId: number };
