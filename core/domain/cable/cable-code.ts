import type { Face } from "../rack/place.ts";

/** Where a device is mounted. */
export type Position = {
  roomCode: string;
  rackCode: string;
  /** In half units above the bottom of the rack. */
  bottom: number;
  face: Face;
};

/** A device, as far as its address on a label needs it. */
export type Node = { name: string; assetTag: string | null; position: Position | null };

/** An end of a cable: a port of a device. */
export type PortOfNode = { node: Node; port: number };

/**
 * The address of a device: its place in a rack, or else its asset tag, or else its name. What stands between the parts of a
 * code, `:` and `/`, is in none of them.
 *
 * @returns "DC.A2.20"; "DC.A2.20.5" begins in the middle of unit 20; "DC.A2.20B" takes only the back face
 */
export function nodeAddress({ name, assetTag, position }: Node): string {
  if (position !== null) return positionAddress(position);
  const words = (assetTag ?? name).toUpperCase().match(/[\p{L}\p{N}._-]+/gu);
  return words?.join("-") ?? "-";
}

function positionAddress({ roomCode, rackCode, bottom, face }: Position): string {
  const unit = Math.floor(bottom / 2) + 1;
  return `${roomCode}.${rackCode}.${unit}${bottom % 2 === 1 ? ".5" : ""}${face === "back" ? "B" : ""}`;
}

/** "DC.A2.20:1" */
export function portAddress({ node, port }: PortOfNode): string {
  return `${nodeAddress(node)}:${port}`;
}

/**
 * The address code between the two nodes of a cable (R16), the same from whichever end it is read.
 *
 * @returns "DC.A2.20:1/DC.A2.42:14"
 */
export function cableCode(one: PortOfNode, other: PortOfNode): string {
  return [portAddress(one), portAddress(other)].sort(naturally).join("/");
}

/**
 * As people count: unit 9 comes before unit 20. Written out, since the order that comes with a language changes with the
 * version of the machine, and a code that was printed must not.
 */
export function naturally(one: string, other: string): number {
  const [ones, others] = [partsOf(one), partsOf(other)];
  for (let index = 0; index < Math.min(ones.length, others.length); index += 1) {
    const order = compareParts(ones[index] ?? "", others[index] ?? "");
    if (order !== 0) return order;
  }
  return ones.length - others.length || compare(one, other);
}

function partsOf(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function compareParts(one: string, other: string): number {
  const areNumbers = /^\d/.test(one) && /^\d/.test(other);
  return areNumbers ? compare(BigInt(one), BigInt(other)) : compare(one, other);
}

function compare<Value extends string | bigint>(one: Value, other: Value): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
