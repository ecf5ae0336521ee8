import type { Asset } from "../inventory/asset.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";

/** Who lays cables (L IV.1: the teams that work on networks, rooms and computers). Source: office practice. */
const cablingRoles = ["it-support", "infrastructure", "data-center"] as const;

/** Whose work it is; administrators help out. */
export function mayManageCables(person: Person): boolean {
  return cablesAreTheirs(person) || hasRole(person, "administrator");
}

export function cablesAreTheirs(person: Person): boolean {
  return cablingRoles.some((role) => hasRole(person, role));
}

export function refusalOfCabling(person: Person): Outcome {
  return mayManageCables(person) ? accept() : refuse("cables-of-others");
}

/** A port of a device of the inventory, into which a cable is to go. */
export type WantedEnd = { asset: Pick<Asset, "id" | "name" | "state" | "ports">; port: number };

/** What takes a port now: another cable, or a place for whose device it is reserved. */
export type PortTaken =
  | { by: "cable"; cableId: number }
  /** `assetId`: what is mounted there; null while nothing is. */
  | { by: "place"; name: string; assetId: number | null };

/**
 * Whether a cable can have these two ends at all: two ports, each of which is one of a device in use.
 *
 * @returns refused with `end`, 0 or 1: which of them is in the way
 */
export function refusalOfEnds(ends: readonly [WantedEnd, WantedEnd]): Outcome {
  for (const [end, wanted] of ends.entries()) {
    const has = refusalOfPort(wanted);
    if (!has.ok) return refuse(has.refusal.code, { ...has.refusal.values, end });
  }
  const [one, other] = ends;
  const isSame = one.asset.id === other.asset.id && one.port === other.port;
  return isSame ? refuse("cable-to-itself", { name: one.asset.name, port: one.port, end: 1 }) : accept();
}

function refusalOfPort({ asset: { name, state, ports }, port }: WantedEnd): Outcome {
  if (state === "retired") return refuse("cable-device-retired", { name });
  if (ports === 0) return refuse("cable-device-without-ports", { name });
  const isOne = Number.isInteger(port) && port >= 1 && port <= ports;
  return isOne ? accept() : refuse("cable-port-outside", { name, port, ports });
}

/**
 * Whether what takes a port now leaves it to the cable: nothing does, or it is reserved for the place in which the device
 * at the other end is mounted.
 */
export function refusalOfTaking(
  { asset, port }: WantedEnd,
  taken: PortTaken | undefined,
  otherEnd: Pick<WantedEnd, "asset">,
): Outcome {
  if (taken === undefined) return accept();
  if (taken.by === "cable") return refuse("cable-port-taken", { name: asset.name, port, cableId: taken.cableId });
  if (taken.assetId === otherEnd.asset.id) return accept();
  return refuse("cable-port-reserved", { name: asset.name, port, reservedFor: taken.name });
}
