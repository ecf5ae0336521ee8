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
