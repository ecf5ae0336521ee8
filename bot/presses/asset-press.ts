import { z } from "zod";
import { assetKinds, assetStates } from "../../core/domain/inventory/asset.ts";
import { pressesOf } from "./presses-of.ts";

const paged = { page: z.int().nonnegative(), turns: z.literal(true).optional() };
const asset = { assetId: z.int() };
/** A button that changes something is good for the version it was made for. */
const versioned = { ...asset, version: z.int() };
const ticket = { ticketId: z.int() };

/** What the buttons of the inventory do. */
export const assetPresses = [
  z.object({ do: z.literal("inventory") }),
  z.object({
    do: z.literal("assets"),
    kind: z.enum(assetKinds).optional(),
    officeId: z.int().optional(),
    ...paged,
  }),
  z.object({ do: z.literal("asset-offices"), ...paged }),
  z.object({ do: z.literal("contracts"), ...paged }),
  z.object({ do: z.literal("asset"), ...asset, turns: z.literal(true).optional() }),
  z.object({ do: z.literal("asset-history"), ...asset, ...paged }),
  z.object({ do: z.literal("asset-tickets"), ...asset, ...paged }),
  z.object({ do: z.literal("find-asset") }),
  z.object({ do: z.literal("assets-found"), text: z.string(), ...paged }),
  z.object({ do: z.literal("add-asset") }),
  z.object({ do: z.literal("change-asset"), ...versioned }),
  z.object({ do: z.literal("transfer-asset"), ...versioned }),
  z.object({ do: z.literal("ask-retiring-asset"), ...versioned }),
  z.object({ do: z.literal("set-asset-state"), ...versioned, state: z.enum(assetStates) }),
  z.object({ do: z.literal("send-asset-file") }),
  z.object({ do: z.literal("import-assets"), importId: z.int() }),
  z.object({ do: z.literal("discard-asset-import"), importId: z.int() }),
  z.object({ do: z.literal("export-assets") }),
  /** What a ticket is tied to, and what it could be. */
  z.object({ do: z.literal("ticket-assets"), ...ticket, ...paged }),
  z.object({ do: z.literal("find-asset-to-link"), ...ticket }),
  z.object({ do: z.literal("assets-to-link"), ...ticket, text: z.string(), ...paged }),
  z.object({ do: z.literal("link-asset"), ...ticket, ...asset }),
  z.object({ do: z.literal("unlink-asset"), ...ticket, ...asset }),
] as const;

export type AssetPress = z.infer<(typeof assetPresses)[number]>;

export const isAssetPress = pressesOf(assetPresses);
