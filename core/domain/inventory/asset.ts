import type { maintainerKinds } from "../maintenance/maintainer.ts";

/** What the inventory holds (R19): devices, links, contracts, and what an office has as a whole, such as its LAN. */
export const assetKinds = [
  "router",
  "switch",
  "access-point",
  "server",
  "storage",
  "security",
  "patch-panel",
  "outlet",
  "ups",
  "backbone",
  "bandwidth",
  "office-lan",
  "pc",
  "printer",
  "other",
] as const;
export type AssetKind = (typeof assetKinds)[number];

export const assetStates = ["in-use", "spare", "broken", "retired"] as const;
export type AssetState = (typeof assetStates)[number];

/** Something of the inventory. What does not apply to its kind, or is not known, is null. */
export type Asset = {
  id: number;
  kind: AssetKind;
  /** By which people speak of it; unique among those that are not retired. */
  name: string;
  state: AssetState;
  /** Whose it is. */
  officeId: number;
  officeCode: string;
  officeName: string;
  assetTag: string | null;
  serialNumber: string | null;
  model: string | null;
  location: string | null;
  /** Numbered from 1. */
  ports: number;
  provider: string | null;
  circuitNumber: string | null;
  bandwidthMbps: number | null;
  /** 2026-12-31 */
  endsOn: string | null;
  /** null: as the register says of its kind (R65). */
  maintainer: (typeof maintainerKinds)[number] | null;
  /** With which it came. */
  ticketId: number | null;
  addedBy: number;
  addedAt: Date;
  changedAt: Date;
  /** Grows with each change; a button or a form that was made for an older one is refused. */
  version: number;
};
