import type { Slot } from "./place.ts";

/** Where something would begin in a rack; in half units above its bottom. */
export type SpotKey = { rackId: number } & Pick<Slot, "bottom">;

/** As a key of a register's offer: "3:38". */
export function spotKey({ rackId, bottom }: SpotKey): string {
  return `${rackId}:${bottom}`;
}

/** @returns undefined of what is no such key */
export function parseSpotKey(key: string): SpotKey | undefined {
  const [rackId, bottom] = numbersIn(key);
  return rackId === undefined || bottom === undefined ? undefined : { rackId, bottom };
}

/** A port of a device as such a key: "12:14". */
export function portKey({ assetId, port }: { assetId: number; port: number }): string {
  return `${assetId}:${port}`;
}

/** @returns undefined of what is no such key */
export function parsePortKey(key: string): { assetId: number; port: number } | undefined {
  const [assetId, port] = numbersIn(key);
  return assetId === undefined || port === undefined ? undefined : { assetId, port };
}

function numbersIn(key: string): number[] {
  return /^\d{1,15}:\d{1,6}$/.test(key) ? key.split(":").map(Number) : [];
}
