import type { AssetKind } from "../../core/domain/inventory/asset.ts";

/** What is shown of the inventory, beside what its actions tell. */
export type AssetScreen =
  /** How much there is of each kind. */
  | { kind: "inventory" }
  | { kind: "assets"; of: { kind?: AssetKind; officeId?: number }; page: number }
  | { kind: "asset-offices"; page: number }
  | { kind: "contracts"; page: number }
  | { kind: "asset"; assetId: number }
  | { kind: "asset-history"; assetId: number; page: number }
  | { kind: "asset-tickets"; assetId: number; page: number }
  /** Asks once more before it is retired. */
  | { kind: "asset-retiring"; assetId: number }
  | { kind: "assets-found"; text: string; page: number }
  | { kind: "asset-export" }
  /** What a ticket is tied to; without words what its office has can be chosen. */
  | { kind: "ticket-assets"; ticketId: number; text?: string; page: number };
